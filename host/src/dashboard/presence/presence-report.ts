import type { Presence } from '@datamesh/contracts';
import { ALONE, type Company } from './company';

/** Where this page is. */
export interface Whereabouts {
  layout: string;
  editing: boolean;
  /** What is worked on right now, while editing. */
  panel: string | null;
}

export interface PresenceReportPorts {
  /** null: no layout is shown. */
  here(): Whereabouts | null;
  report(where: Whereabouts): Promise<Presence>;
  end(layout: string): Promise<void>;
  /** Called when it is not what it was. */
  company(company: Company): void;
  /** Milliseconds. */
  now(): number;
}

/** Milliseconds before a failure is tried again. */
const PAUSE = 15_000;

/**
 * Tells the registry which layout this page shows, and learns who else has it open: when that changes, when the event stream says
 * that somebody came or left, and as often as the registry asks for.
 */
export class PresenceReport {
  #reported: Whereabouts | null = null;
  #company = ALONE;
  #againAt = Number.NEGATIVE_INFINITY;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #sending = false;

  constructor(private readonly ports: PresenceReportPorts) {}

  /** Somebody came to that layout or left it, or does something else there; without one: nobody knows what was missed. */
  onPresenceChanged(layout?: string): void {
    if (layout === undefined || this.#reported?.layout === layout) this.#againAt = Number.NEGATIVE_INFINITY;
  }

  /** The page is left: what it told last holds no more, and the next look tells it anew. Answers with where it was. */
  leave(): string | null {
    const layout = this.#reported?.layout ?? null;
    this.#reported = null;
    this.#show(ALONE);
    return layout;
  }

  async look(): Promise<void> {
    const here = this.ports.here();
    // Who was in the layout before is nobody's company in this one.
    if (here?.layout !== this.#reported?.layout) this.#show(ALONE);
    if (this.#sending || this.ports.now() < this.#pausedUntil || !this.#isDue(here)) return;
    this.#sending = true;
    try {
      if (here) await this.#report(here);
      else await this.#end();
    } catch {
      // The page says in its own words what is away or taken from this person.
      this.#pausedUntil = this.ports.now() + PAUSE;
      this.#reported = null;
      this.#show(ALONE);
    } finally {
      this.#sending = false;
    }
  }

  #isDue(here: Whereabouts | null): boolean {
    const reported = this.#reported;
    if (!here || !reported) return here !== reported;
    if (here.layout !== reported.layout || here.editing !== reported.editing || this.ports.now() >= this.#againAt) return true;
    // Which panel it is concerns nobody while nobody else is there: whoever comes asks for it.
    return here.panel !== reported.panel && this.#company.people.length > 0;
  }

  async #report(here: Whereabouts): Promise<void> {
    this.#reported = here;
    this.#againAt = Number.POSITIVE_INFINITY;
    const { againSeconds, people, more } = await this.ports.report(here);
    this.#againAt = Math.min(this.#againAt, this.ports.now() + 1000 * againSeconds);
    if (this.ports.here()?.layout === here.layout && this.#reported === here) this.#show({ people, more });
  }

  async #end(): Promise<void> {
    const layout = this.leave();
    if (layout !== null) await this.ports.end(layout);
  }

  #show(company: Company): void {
    if (JSON.stringify(company) === JSON.stringify(this.#company)) return;
    this.#company = company;
    this.ports.company(company);
  }
}
