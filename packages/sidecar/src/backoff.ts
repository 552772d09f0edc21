/** Waiting longer after each failure, and never in step with a thousand other pods. */
export interface BackoffOptions {
  /** Milliseconds. */
  first: number;
  most: number;
  /** From 0 up to, but not including, 1. */
  random(): number;
}

export class Backoff {
  #failures = 0;
  constructor(private readonly options: BackoffOptions) {}

  /** Milliseconds until the next try: between half and the whole of a time that doubles. */
  next(): number {
    const whole = Math.min(this.options.most, this.options.first * 2 ** this.#failures);
    this.#failures += 1;
    return Math.round(whole * (0.5 + this.options.random() / 2));
  }

  reset(): void {
    this.#failures = 0;
  }
}
