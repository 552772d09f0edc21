import type { Overlay } from '@datamesh/contracts';
import { overlaid } from '@datamesh/layout';
import { ApiProblem } from '../api/problem';
import type { Clock, LayoutCalls } from './ports';

const DELAY = 800;
const RETRY = 5_000;
const always = (): boolean => true;

/**
 * A viewer's own settings over a layout that they only look at. What is sent is what was set here, and nothing else: another page of the same
 * person may set others at the same time.
 */
export class OverlayKeeper {
  #overlay: Overlay | null;
  /** Set here, and not with the server yet. */
  #unsent: Overlay | null = null;
  #cancel: (() => void) | undefined;
  #tail: Promise<void> = Promise.resolve();
  #underWay = 0;

  constructor(
    private readonly id: string,
    overlay: Overlay | null,
    private readonly calls: Pick<LayoutCalls, 'changeMine' | 'removeMine'>,
    private readonly clock: Clock,
    /** All of them, as the server has them now and with what is set here since. */
    private readonly onKept: (overlay: Overlay) => void,
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
    const all = new Set(panels);
    const known = (id: string): boolean => all.has(id);
    const change: Overlay = { panels: { [panel]: { settings: patch } } };
    this.#unsent = overlaid(this.#unsent, change, known);
    this.#overlay = overlaid(this.#overlay, change, known);
    this.#plan(DELAY);
    return this.#overlay;
  }

  async reset(): Promise<void> {
    this.#forget();
    await this.#tail;
    // What was under way may have come back to be sent again.
    this.#forget();
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

  #forget(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#unsent = null;
  }

  #plan(wait: number): void {
    this.#cancel?.();
    this.#cancel = this.clock.schedule(wait, () => {
      this.#cancel = undefined;
      this.#tail = this.#tail.then(() => this.#send(false));
    });
  }

  async #send(leaving: boolean): Promise<void> {
    const sent = this.#unsent;
    if (!sent) return;
    this.#unsent = null;
    this.#underWay += 1;
    try {
      const kept = await this.calls.changeMine(this.id, sent, leaving);
      this.#overlay = this.#unsent ? overlaid(kept, this.#unsent, always) : kept;
      this.onKept(this.#overlay);
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause;
      if (cause.isTemporary) {
        this.#unsent = this.#unsent ? overlaid(sent, this.#unsent, always) : sent;
        this.#plan(RETRY);
      } else this.onProblem(cause);
    } finally {
      this.#underWay -= 1;
    }
  }
}
