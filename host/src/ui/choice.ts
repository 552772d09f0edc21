import { Store } from './store';

export interface ChoicePorts {
  storage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  setCookie(cookie: string): void;
  /** `key`: of what another tab wrote; null: it took out everything. */
  onOtherTab(listener: (key: string | null) => void): void;
}

const browser: ChoicePorts = {
  storage: () => localStorage,
  setCookie: (cookie) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet
    document.cookie = cookie;
  },
  onOtherTab: (listener) => addEventListener('storage', ({ key }) => listener(key)),
};

/** Seconds. */
const YEAR = 31_536_000;

/** What a person chose on this browser, one of a few: kept, known to every tab at once, and to the edge, so that the next page begins with it. */
export class Choice<T extends string> {
  readonly store: Store<{ choice: T }>;
  readonly #key: string;

  /** The first of `values` is what there is without a choice, and leaves no trace. */
  constructor(
    private readonly name: string,
    private readonly values: readonly [T, ...T[]],
    private readonly ports: ChoicePorts = browser,
  ) {
    this.#key = `dm.${name}`;
    this.store = new Store({ choice: this.#kept() });
  }

  get now(): T {
    return this.store.getSnapshot().choice;
  }

  choose(choice: T): void {
    const none = choice === this.values[0];
    if (none) this.ports.storage().removeItem(this.#key);
    else this.ports.storage().setItem(this.#key, choice);
    // For the edge (host/server/appearance.ts). It says nothing else.
    this.ports.setCookie(`dm_${this.name}=${choice}; Path=/; SameSite=Lax; Max-Age=${none ? 0 : YEAR}`);
    this.store.patch({ choice });
  }

  /** Runs `apply` now and with each change, whichever tab it comes from. */
  start(apply: (choice: T) => void): void {
    apply(this.now);
    this.store.subscribe(() => apply(this.now));
    this.ports.onOtherTab((key) => {
      if (key === this.#key || key === null) this.store.patch({ choice: this.#kept() });
    });
  }

  #kept(): T {
    const kept = this.ports.storage().getItem(this.#key);
    return this.values.find((one) => one === kept) ?? this.values[0];
  }
}
