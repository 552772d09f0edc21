import type { Overlay } from '@datamesh/contracts';
import { overlaid } from '@datamesh/layout';
import { ApiProblem } from '../api/problem';
import { without } from './local-mine';
import type { Clock, LayoutCalls, LocalMine } from './ports';

const DELAY = 800;
const RETRY = 5_000;
const always = (): boolean => true;
const joined = (first: Overlay | null, then: Overlay | null): Overlay | null =>
  first && then ? overlaid(first, then, always) : (first ?? then);

/**
 * A viewer's own settings over a layout that they only look at. What is sent is what was set here, and nothing else: another page of the same
 * person may set others at the same time.
 */
export class OverlayKeeper {
  #overlay: Overlay | null;
  /** Set here, and not with the server yet. */
  #unsent: Overlay | null = null;
  /** Not with the server either, and taken back by a reset that is not with it yet: sent after all where that is refused. */
  #takenBack: Overlay | null = null;
  /** Counts resets: what was set before one is taken back by it. */
  #era = 0;
  /** Of a page before, or of another one of this browser: sent as long as nobody has sent it or set it anew. */
  #adopted: Overlay | null = null;
  #cancel: (() => void) | undefined;
  #tail: Promise<void> = Promise.resolve();
  #underWay = 0;

  constructor(
    private readonly id: string,
    overlay: Overlay | null,
    private readonly calls: Pick<LayoutCalls, 'changeMine' | 'removeMine'>,
    private readonly local: LocalMine,
    private readonly clock: Clock,
    /** All of them, as the server has them now and with what is set here since. */
    private readonly onKept: (overlay: Overlay) => void,
    private readonly onProblem: (problem: ApiProblem) => void,
  ) {
    this.#overlay = overlay;
    const kept = local.unsent(id);
    if (!kept) return;
    this.#adopted = kept;
    this.#overlay = overlaid(overlay, kept, always);
    this.#plan(DELAY);
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
    if (known(panel)) this.local.add(this.id, change);
    this.#plan(DELAY);
    return this.#overlay;
  }

  /** What is set here from now on stays. Where the server refuses, everything does. */
  async reset(): Promise<void> {
    this.#era += 1;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#takenBack = joined(this.#takenBack, this.#whole(this.#unsent));
    this.#unsent = null;
    this.#adopted = null;
    const removing = this.#tail.then(() => this.#remove());
    this.#tail = removing.catch(() => undefined);
    await removing;
  }

  async #remove(): Promise<void> {
    this.#underWay += 1;
    try {
      await this.calls.removeMine(this.id);
      if (this.#takenBack) this.local.settle(this.id, this.#takenBack);
      this.#takenBack = null;
      this.#overlay = this.#unsent;
    } catch (cause) {
      this.#unsent = joined(this.#takenBack, this.#unsent);
      this.#takenBack = null;
      if (this.#unsent) this.#plan(DELAY);
      throw cause;
    } finally {
      this.#underWay -= 1;
    }
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
    const sent = this.#whole(this.#unsent);
    if (!sent) return;
    this.#unsent = null;
    this.#adopted = null;
    this.#underWay += 1;
    const era = this.#era;
    try {
      const kept = await this.calls.changeMine(this.id, sent, leaving);
      this.local.settle(this.id, sent);
      this.#overlay = this.#unsent ? overlaid(kept, this.#unsent, always) : kept;
      this.onKept(this.#overlay);
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause;
      if (cause.isTemporary && era !== this.#era) this.#takenBack = joined(sent, this.#takenBack);
      else if (cause.isTemporary) {
        this.#unsent = joined(sent, this.#unsent);
        this.#plan(RETRY);
      } else {
        // Refused: it would be again.
        this.local.settle(this.id, sent);
        this.onProblem(cause);
      }
    } finally {
      this.#underWay -= 1;
    }
  }

  /** With what was taken over, where it still waits as it was. */
  #whole(unsent: Overlay | null): Overlay | null {
    if (!this.#adopted) return unsent;
    const waits = this.local.unsent(this.id);
    const left = waits ? without(this.#adopted, without(this.#adopted, waits)) : { panels: {} };
    if (Object.keys(left.panels).length === 0) return unsent;
    return joined(left, unsent);
  }
}
