import { browserClock } from '../../layouts/ports';
import { Store } from '../../ui/store';
import { type Entry, markedRead, type News, noted, readBook, together } from './book';

export interface KeeperPorts {
  storage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** `key`: of what another tab wrote; null: it took out everything. Until the signal. */
  onOtherTab(listener: (key: string | null) => void, signal: AbortSignal): void;
  now(): number;
}

export const browserKeeper: KeeperPorts = {
  storage: () => localStorage,
  onOtherTab: (listener, signal) => addEventListener('storage', ({ key }) => listener(key), { signal }),
  now: browserClock.now,
};

/** One person's notifications, in this browser: over a reload, and in all of its tabs. Nobody else's page reads them; they go with signing out. */
export class Notifications {
  readonly store: Store<{ entries: readonly Entry[] }>;
  readonly #key: string;

  constructor(
    user: string,
    private readonly ports: KeeperPorts,
  ) {
    this.#key = `dm.notifications.${user}`;
    this.store = new Store({ entries: readBook(this.#kept()) });
  }

  /** What other tabs of this browser write, until the signal. */
  start(signal: AbortSignal): void {
    this.ports.onOtherTab((key) => {
      if (key === this.#key || key === null) this.#follow();
    }, signal);
  }

  /** Answers whether it is news. */
  note(news: News): boolean {
    const before = this.#entries();
    const after = noted(before, news, new Date(this.ports.now()).toISOString());
    if (after === before) return false;
    this.#keep(after);
    return true;
  }

  /** `id`: of one; else all. */
  markRead(id?: string): void {
    this.#keep(markedRead(this.#entries(), id));
  }

  /** Whoever comes next finds nothing. */
  forget(): void {
    this.ports.storage().removeItem(this.#key);
    this.store.patch({ entries: [] });
  }

  /** What another tab wrote a moment ago may not have been told to this one yet. */
  #entries(): readonly Entry[] {
    const { entries } = this.store.getSnapshot();
    const kept = readBook(this.#kept());
    return kept.every(({ id, read }) => entries.some((entry) => entry.id === id && entry.read === read))
      ? entries
      : together(entries, kept);
  }

  /** Two tabs that wrote at once: each has what the other did not know, and both have the same afterwards. */
  #follow(): void {
    const kept = this.#kept();
    if (kept === null) {
      this.store.patch({ entries: [] });
      return;
    }
    const entries = together(this.store.getSnapshot().entries, readBook(kept));
    if (JSON.stringify(entries) === kept) this.store.patch({ entries });
    else this.#keep(entries);
  }

  #keep(entries: readonly Entry[]): void {
    this.store.patch({ entries });
    try {
      this.ports.storage().setItem(this.#key, JSON.stringify(entries));
    } catch (cause) {
      console.warn('This browser does not keep notifications over a reload.', cause);
    }
  }

  #kept(): string | null {
    return this.ports.storage().getItem(this.#key);
  }
}
