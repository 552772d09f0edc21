import type { Overlay } from '@datamesh/contracts';
import { ApiProblem } from '../api/problem';
import type { Clock, LayoutCalls } from './ports';

const DELAY = 800;
const RETRY = 5_000;

/** A viewer's own settings over a layout that they only look at. */
export class OverlayKeeper {
  #overlay: Overlay | null;
  #cancel: (() => void) | undefined;
  #tail: Promise<void> = Promise.resolve();
  #underWay = 0;

  constructor(
    private readonly id: string,
    overlay: Overlay | null,
    private readonly calls: Pick<LayoutCalls, 'putMine' | 'removeMine'>,
    private readonly clock: Clock,
    private readonly onProblem: (problem: ApiProblem) => void,
  ) {
    this.#overlay = overlay;
  }

  get overlay(): Overlay | null {
    return this.#overlay;
  }

  /** The server has not got all of it yet. */
  get sending(): boolean {
    return this.#cancel !== undefined || this.#underWay > 0;
  }

  /** `panels` are those that the layout has: settings of others are dropped. */
  change(panel: string, patch: Record<string, unknown>, panels: Iterable<string>): Overlay {
    const known = new Set(panels);
    const before = Object.fromEntries(Object.entries(this.#overlay?.panels ?? {}).filter(([id]) => known.has(id)));
    const overlay: Overlay = { panels: { ...before, [panel]: { settings: { ...before[panel]?.settings, ...patch } } } };
    this.#overlay = overlay;
    this.#plan(DELAY);
    return overlay;
  }

  async reset(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    await this.#tail;
    await this.calls.removeMine(this.id);
    this.#overlay = null;
  }

  /** The page goes away: what waits is sent now. */
  leave(): void {
    if (!this.#cancel) return;
    this.#cancel();
    this.#cancel = undefined;
    void this.#send(true);
  }

  #plan(wait: number): void {
    this.#cancel?.();
    this.#cancel = this.clock.schedule(wait, () => {
      this.#cancel = undefined;
      this.#tail = this.#tail.then(() => this.#send(false));
    });
  }

  async #send(leaving: boolean): Promise<void> {
    if (!this.#overlay) return;
    this.#underWay += 1;
    try {
      await this.calls.putMine(this.id, this.#overlay, leaving);
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause;
      if (cause.isTemporary) this.#plan(RETRY);
      else this.onProblem(cause);
    } finally {
      this.#underWay -= 1;
    }
  }
}
