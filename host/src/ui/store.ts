/** A value that others watch; fits React's useSyncExternalStore. */
export class Store<T extends object> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  readonly getSnapshot = (): T => this.#value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Nobody is told when nothing changes. */
  patch(patch: Partial<T>): void {
    const keys = Object.keys(patch) as (keyof T)[];
    if (keys.every((key) => Object.is(this.#value[key], patch[key]))) return;
    this.#value = { ...this.#value, ...patch };
    for (const listener of [...this.#listeners]) listener();
  }
}
