/** A few short facts that this browser remembers, by key; the ones set last stay. A browser that refuses remembers nothing. */
export class BrowserMemory {
  constructor(
    private readonly key: string,
    private readonly most = 200,
  ) {}

  get(name: string): string | undefined {
    return this.#read().find(([known]) => known === name)?.[1];
  }

  set(name: string, fact: string): void {
    const others = this.#read().filter(([known]) => known !== name);
    try {
      localStorage.setItem(this.key, JSON.stringify([[name, fact], ...others].slice(0, this.most)));
    } catch (cause) {
      console.warn(`This browser does not remember ${this.key}.`, cause);
    }
  }

  #read(): [string, string][] {
    try {
      const known: unknown = JSON.parse(localStorage.getItem(this.key) ?? '[]');
      return Array.isArray(known) ? known.filter(isFact) : [];
    } catch {
      // Written by something else, or storage is refused: as good as nothing.
      return [];
    }
  }
}

const isFact = (entry: unknown): entry is [string, string] =>
  Array.isArray(entry) && entry.length === 2 && entry.every((part) => typeof part === 'string');

/** Name of a widget -> the version that stood its first seconds last. */
export const goodVersions = new BrowserMemory('dm.good-versions');
/** `name@version` -> the words about its deprecation that somebody has read and put away. */
export const readDeprecations = new BrowserMemory('dm.read-deprecations');
