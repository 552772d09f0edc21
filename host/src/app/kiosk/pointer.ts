import type { Clock } from '../../layouts/ports';

/** For how long a pointer that rests is seen; milliseconds. */
const SEEN = 3_000;

/** Whether the pointer of a kiosk is to be seen: for a while after somebody moved it. */
export class Pointer {
  #at: { x: number; y: number } | undefined;
  #cancel = (): void => undefined;

  constructor(
    private readonly clock: Clock,
    private readonly show: (seen: boolean) => void,
  ) {}

  /** A browser says so as well when something moves below a pointer that rests: where it is tells. */
  at(x: number, y: number): void {
    const before = this.#at;
    this.#at = { x, y };
    if (before && (before.x !== x || before.y !== y)) this.seen();
  }

  /** Somebody is there: they moved it, or touched the screen. */
  seen(): void {
    this.#cancel();
    this.show(true);
    this.#cancel = this.clock.schedule(SEEN, () => this.show(false));
  }

  stop(): void {
    this.#cancel();
  }
}
