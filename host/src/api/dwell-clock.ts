export type DwellKind = 'page' | 'widget';

interface Running<Fields> {
  kind: DwellKind;
  fields: Fields;
  /** Milliseconds already looked at and not yet reported. */
  spent: number;
  since: number | null;
}

/** Counts only the time that something was really in view: it stands still while the page is hidden. */
export class DwellClock<Fields> {
  readonly #running = new Map<string, Running<Fields>>();
  #paused = false;

  constructor(
    private readonly now: () => number,
    private readonly report: (kind: DwellKind, fields: Fields, milliseconds: number) => void,
  ) {}

  start(kind: DwellKind, key: string, fields: Fields): void {
    this.stop(key);
    this.#running.set(key, { kind, fields, spent: 0, since: this.#paused ? null : this.now() });
  }

  stop(key: string): void {
    const running = this.#running.get(key);
    if (!running) return;
    this.#running.delete(key);
    this.#report(running);
  }

  pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    for (const running of this.#running.values()) {
      this.#report(running);
      running.since = null;
    }
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    for (const running of this.#running.values()) running.since = this.now();
  }

  /** Reports what has gathered so far and goes on counting. */
  cut(): void {
    for (const running of this.#running.values()) this.#report(running);
  }

  #report(running: Running<Fields>): void {
    const now = this.now();
    const spent = Math.round(running.spent + (running.since === null ? 0 : now - running.since));
    running.spent = 0;
    if (running.since !== null) running.since = now;
    if (spent > 0) this.report(running.kind, running.fields, spent);
  }
}
