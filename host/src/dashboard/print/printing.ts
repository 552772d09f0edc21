import { browserClock } from '../../layouts/ports';
import { lendTheme } from '../../ui/theme';
import { exactly } from '../../ui/times';
import type { OpenDashboard } from '../open-dashboard';

/** What is shown, on paper or as a PDF: light, panels one after another. */
export class Printing {
  /** While the page is made ready for paper, and printed. */
  #over: AbortController | undefined;

  constructor(private readonly dashboard: OpenDashboard) {}

  /** The browser's own menu, until the signal: by it, all is laid out for paper as well, but nobody waits until widgets have drawn anew. */
  start(signal: AbortSignal): void {
    const prepare = (): void => {
      if (!this.#over) this.#prepare(false);
    };
    addEventListener('beforeprint', prepare, { signal });
    addEventListener('afterprint', () => this.end(), { signal });
  }

  /** With everything, tabs that are behind others included; asks for the printer once all of it is drawn. */
  async print(): Promise<void> {
    if (this.#over) return;
    const { active, store } = this.dashboard;
    const over = this.#prepare(true);
    store.patch({ printing: true });
    await active?.workspace.sheets.drawn(browserClock);
    if (over.signal.aborted) return;
    let begun = false;
    addEventListener('beforeprint', () => (begun = true), { once: true, signal: over.signal });
    window.print();
    // One that prints says so at once, and says when it is done.
    if (!begun) this.end();
  }

  /** Everything is as it was. */
  end(): void {
    this.#over?.abort();
    this.#over = undefined;
  }

  #prepare(behind: boolean): AbortController {
    const over = new AbortController();
    const { active, store } = this.dashboard;
    lendTheme('light');
    active?.workspace.sheets.layOut(behind);
    const head = headOf(active?.session.state.content.title ?? document.title, new Date().toISOString());
    document.body.prepend(head);
    over.signal.addEventListener('abort', () => {
      head.remove();
      active?.workspace.sheets.takeBack();
      lendTheme(null);
      store.patch({ printing: false });
    });
    this.#over = over;
    return over;
  }
}

/** What stands at the top of the first page. */
function headOf(title: string, now: string): HTMLElement {
  const head = document.createElement('header');
  head.className = 'print-head';
  const [name, time] = [document.createElement('h1'), document.createElement('time')];
  name.textContent = title;
  time.dateTime = now;
  time.textContent = exactly(now);
  head.append(name, time);
  return head;
}
