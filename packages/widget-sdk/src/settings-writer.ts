/** Collects changes a person makes in quick succession (dragging, ticking boxes) into one change of settings. */
export class SettingsWriter {
  #patch: Record<string, unknown> = {};
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly write: (patch: Record<string, unknown>) => void,
    private readonly waitMs = 400,
  ) {}

  get pending(): boolean {
    return this.#timer !== undefined;
  }

  change(patch: Record<string, unknown>): void {
    Object.assign(this.#patch, patch);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), this.waitMs);
  }

  /** Writes at once what waits: before the element goes. */
  flush(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const patch = this.#patch;
    this.#patch = {};
    this.write(patch);
  }
}
