import type { Clock } from '../../layouts/ports';

export interface RotationPorts {
  clock: Clock;
  /** For how long each is shown; milliseconds. */
  interval: number;
  /** Whether anybody could see the page. */
  visible(): boolean;
  /** The next one is due; the time of what comes begins when it is done. */
  turn(): Promise<void>;
}

/** Layouts in their turn. While nobody could see the page no time passes. */
export class Rotation {
  #left: number;
  /** Since when time passes; null while it does not. */
  #since: number | null = null;
  #cancel = (): void => undefined;
  #stopped = false;

  constructor(private readonly ports: RotationPorts) {
    this.#left = ports.interval;
    this.follow();
  }

  /** The page may be seen again, or not any more. */
  follow(): void {
    const { clock, visible } = this.ports;
    if (this.#stopped || visible() === (this.#since !== null)) return;
    if (this.#since === null) this.#pass();
    else {
      this.#left = Math.max(0, this.#left - (clock.now() - this.#since));
      this.#hold();
    }
  }

  /** Something else is shown: it has all of its time. */
  restart(): void {
    this.#hold();
    this.#left = this.ports.interval;
    this.follow();
  }

  /** Does not wait for what is shown to have had its time. */
  now(): void {
    this.#hold();
    this.#left = 0;
    this.follow();
  }

  stop(): void {
    this.#stopped = true;
    this.#hold();
  }

  #hold(): void {
    this.#cancel();
    this.#since = null;
  }

  #pass(): void {
    const { clock, turn } = this.ports;
    this.#since = clock.now();
    this.#cancel = clock.schedule(this.#left, () => void turn().finally(() => this.restart()));
  }
}

/** Of those that are pinned, which ones to try after the one that is shown, in that order; none: it stays. */
export function comingAfter(pinned: readonly string[], shown: string | null): string[] {
  const at = shown === null ? -1 : pinned.indexOf(shown);
  return [...pinned.slice(at + 1), ...pinned.slice(0, Math.max(0, at))];
}
