import { Store } from '../ui/store';
import type { Mode } from '../workspace/types';

/**
 * Between looking and editing, which takes a download the first time. Whoever asks while that is under way is not passed over: what was asked for
 * last is what comes about, and everybody who asked waits for it.
 */
export class ModeSwitch {
  readonly store = new Store<{ mode: Mode; switching: boolean }>({ mode: 'view', switching: false });
  #wanted: Mode = 'view';
  #underWay: Promise<void> | undefined;

  constructor(
    private readonly apply: (mode: Mode) => Promise<void>,
    /** The mode is another one. */
    private readonly changed: () => void,
  ) {}

  get mode(): Mode {
    return this.store.getSnapshot().mode;
  }

  /** What it is, or is about to be. */
  get wanted(): Mode {
    return this.#wanted;
  }

  /** Rejects when it cannot be, and is still wanted; the mode then stays as it was. */
  async set(mode: Mode): Promise<void> {
    this.#wanted = mode;
    if (!this.#underWay && this.mode !== mode) this.#underWay = this.#run();
    await this.#underWay;
  }

  async #run(): Promise<void> {
    this.store.patch({ switching: true });
    try {
      while (this.mode !== this.#wanted) await this.#step(this.#wanted);
    } finally {
      // First: whoever hears that it is done may ask for the next.
      this.#underWay = undefined;
      this.store.patch({ switching: false });
    }
  }

  async #step(mode: Mode): Promise<void> {
    try {
      await this.apply(mode);
    } catch (cause) {
      if (this.#wanted !== mode) return;
      this.#wanted = this.mode;
      throw cause;
    }
    this.store.patch({ mode });
    this.changed();
  }
}
