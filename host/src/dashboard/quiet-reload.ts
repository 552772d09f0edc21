import type { Clock } from '../layouts/ports';

/** Versions whose code is kept for nothing before the page is offered anew: at about 256 KB each, 5 MB, which nobody feels yet. */
const MANY = 20;
/** For how long nobody may have touched the page; milliseconds. */
const IDLE = 60_000;
/** Between two looks; milliseconds. */
const LOOK = 10_000;

export interface QuietReloadPorts {
  clock: Clock;
  /** How many versions were loaded and left for others. */
  leftBehind(): number;
  /** Nobody is in the middle of anything, and all that is unsaved would come back. */
  calm(): boolean;
  offer(): void;
}

/**
 * A browser never lets go of a module, so a page that follows many new versions grows. At a moment in which nobody uses it, it
 * is offered anew; once, until as many versions have come again.
 */
export class QuietReload {
  #touchedAt: number;
  #offeredAt = 0;
  #cancel: () => void = () => {};

  constructor(private readonly ports: QuietReloadPorts) {
    this.#touchedAt = ports.clock.now();
    this.#look();
  }

  /** Somebody uses the page. */
  touched(): void {
    this.#touchedAt = this.ports.clock.now();
  }

  /** No offer comes any more. */
  stop(): void {
    this.#cancel();
  }

  #look(): void {
    const { clock, leftBehind, calm, offer } = this.ports;
    const left = leftBehind();
    const idle = clock.now() - this.#touchedAt >= IDLE;
    if (left - this.#offeredAt >= MANY && idle && calm()) {
      this.#offeredAt = left;
      offer();
    }
    this.#cancel = clock.schedule(LOOK, () => this.#look());
  }
}
