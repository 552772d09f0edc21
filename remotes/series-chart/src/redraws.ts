/** Of each frame, for all charts of the page together; milliseconds. */
const SHARE = 3;

export interface Redraw {
  /** As large as it is by now. */
  draw(): void;
  /** Shows what is drawn already in its size of now, which costs next to nothing. */
  stretch(): void;
}

/**
 * Redraws of charts whose size changes. While somebody drags a splitter a dozen of them do in every frame, which is more than a frame
 * has time for: some are drawn anew in each, in turn, and the others are stretched until it is theirs.
 */
export class Redraws {
  readonly #waiting = new Set<Redraw>();
  #spent = 0;
  #due = false;

  constructor(
    private readonly nextFrame: (run: () => void) => void,
    private readonly now: () => number,
  ) {}

  /** Draws now where this frame still has time for it, else as soon as one has. */
  ask(chart: Redraw): void {
    if (!this.#due) this.#expect();
    // Whoever has waited longer comes first.
    if (this.#spent < SHARE && this.#waiting.size === 0) this.#take(chart);
    else {
      chart.stretch();
      this.#waiting.add(chart);
    }
  }

  /** It is drawn otherwise, or is gone. */
  forget(chart: Redraw): void {
    this.#waiting.delete(chart);
  }

  #expect(): void {
    this.#due = true;
    this.nextFrame(() => {
      this.#due = false;
      this.#spent = 0;
      for (const chart of this.#waiting) {
        if (this.#spent >= SHARE) break;
        this.#take(chart);
      }
      // What was drawn in this frame counts for all that is still asked in it.
      if (this.#spent > 0 || this.#waiting.size > 0) this.#expect();
    });
  }

  #take(chart: Redraw): void {
    this.#waiting.delete(chart);
    const start = this.now();
    chart.draw();
    this.#spent += this.now() - start;
  }
}

/** Of all charts of this version on the page. */
export const redraws = new Redraws(
  (run) => void requestAnimationFrame(run),
  () => performance.now(),
);
