import { browserClock } from '../../layouts/ports';
import { lendTheme } from '../../ui/theme';
import { exactly } from '../../ui/times';
import { Sheets } from '../../workspace/paper/sheets';
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
    const { over, sheets } = this.#prepare(true);
    this.dashboard.store.patch({ printing: true });
    await sheets?.drawn(browserClock);
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

  #prepare(behind: boolean): { over: AbortController; sheets: Sheets | null } {
    const over = new AbortController();
    const { active, store } = this.dashboard;
    const sheets = active && new Sheets(active.workspace.printable);
    lendTheme('light');
    sheets?.layOut(behind);
    const head = headOf(active?.session.state.content.title ?? document.title, new Date().toISOString());
    document.body.prepend(head);
    over.signal.addEventListener('abort', () => {
      head.remove();
      sheets?.takeBack();
      lendTheme(null);
      store.patch({ printing: false });
    });
    this.#over = over;
    return { over, sheets };
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
