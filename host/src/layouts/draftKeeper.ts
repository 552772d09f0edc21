import type { Draft, LayoutContent } from '@datamesh/contracts';
import { contentOf } from '@datamesh/layout';
import { ApiProblem } from '../api/problem';
import type { Clock, LayoutCalls, LocalDrafts } from './ports';

/** `kept`: the server has it. `local`: only this browser has, the server will get it when it can be reached. */
export type DraftState = 'none' | 'pending' | 'local' | 'kept';

const SERVER_DELAY = 1_500;
const RETRY = 5_000;

/** Keeps unsaved edits where a crash cannot reach them: in this browser at once, on the server shortly after. */
export class DraftKeeper {
  #draft: Draft | undefined;
  #cancel: (() => void) | undefined;
  /** Calls happen one after the other: a removal must not be overtaken by the draft it removes. */
  #tail: Promise<void> = Promise.resolve();

  constructor(
    private readonly id: string,
    private readonly calls: Pick<LayoutCalls, 'putDraft' | 'removeDraft' | 'draft'>,
    private readonly local: LocalDrafts,
    private readonly clock: Clock,
    private readonly onState: (state: DraftState) => void,
  ) {}

  keep(base: number, content: LayoutContent): void {
    const draft: Draft = { base, content, updatedAt: new Date(this.clock.now()).toISOString() };
    this.#draft = draft;
    this.local.write(this.id, draft);
    this.onState('pending');
    this.#plan(SERVER_DELAY);
  }

  /** Saved, undone to the last, or given up. */
  discard(): void {
    this.#cancel?.();
    this.#draft = undefined;
    this.local.remove(this.id);
    this.onState('none');
    this.#tail = this.#tail.then(async () => {
      try {
        await this.calls.removeDraft(this.id);
      } catch (cause) {
        // A draft equal to what is saved is never offered, so one that stays on the server does no harm.
        if (!(cause instanceof ApiProblem)) throw cause;
      }
    });
  }

  /** The newer of what this browser and the server have. Throws ApiProblem only when this browser has none either. */
  async find(): Promise<Draft | null> {
    const here = this.local.read(this.id);
    let there: Draft | null = null;
    try {
      there = await this.calls.draft(this.id);
    } catch (problem) {
      if (!here) throw problem;
    }
    if (!here || !there) return here ?? there;
    return Date.parse(here.updatedAt) >= Date.parse(there.updatedAt) ? here : there;
  }

  dispose(): void {
    this.#cancel?.();
  }

  #plan(wait: number): void {
    this.#cancel?.();
    this.#cancel = this.clock.schedule(wait, () => {
      this.#tail = this.#tail.then(() => this.#send());
    });
  }

  async #send(): Promise<void> {
    const draft = this.#draft;
    if (!draft) return;
    try {
      await this.calls.putDraft(this.id, draft.base, contentOf(draft.content));
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause;
      if (this.#draft !== draft) return;
      this.onState('local');
      if (cause.isTemporary) this.#plan(RETRY);
      return;
    }
    if (this.#draft === draft) {
      this.local.remove(this.id);
      this.onState('kept');
    }
  }
}
