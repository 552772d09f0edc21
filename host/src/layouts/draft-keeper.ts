import type { Draft, LayoutContent } from '@datamesh/contracts';
import { contentOf } from '@datamesh/layout';
import { ApiProblem } from '../api/problem';
import type { Clock, Edited, LayoutCalls, LocalDraft, LocalDrafts, Unsaved } from './ports';

/** `kept`: the server has it. `local`: only this browser has, the server will get it when it can be reached. */
export type DraftState = 'none' | 'pending' | 'local' | 'kept';

const SERVER_DELAY = 1_500;
const RETRY = 5_000;

/** A state of the draft on the server that this page knows. */
interface Known {
  tag: string;
  /** Which draft it is a state of: each of these took in the one before. Null: of another one, to which nothing here goes back. */
  line: string | null;
  content: LayoutContent;
}

/** What the keeper asks of whoever edits. */
export interface DraftOwner {
  onState(state: DraftState): void;
  /**
   * Another page of this person has kept `theirs` since: what is edited here takes it in, and is kept anew. `ancestor`: the state that both go
   * back to; null: the revision that the older of the two began from.
   */
  takeIn(theirs: Draft, ancestor: LayoutContent | null): Promise<void>;
}

/**
 * Keeps unsaved edits where a crash cannot reach them: in this browser at once, on the server shortly after. There is one draft of a person on a
 * layout, and each page that edits it compares before it writes: none overwrites what another has kept.
 */
export class DraftKeeper {
  #draft: Draft | undefined;
  /** The server's, as this page saw it last; null: there was none. */
  #known: Known | null = null;
  /** The server's, as it was found. Until it is restored this page knows none: what is kept here collides with it, as with any of another page. */
  #found: Known | null = null;
  /** Copies of other pages that were found in this browser, and neither restored nor discarded: what is kept here takes them in before it goes to the server. */
  readonly #copies = new Map<string, LocalDraft>();
  /** Of what is edited here. */
  #line: string;
  readonly #page: string;
  #cancel: (() => void) | undefined;
  /** Calls happen one after the other: a removal must not be overtaken by the draft it removes. */
  #tail: Promise<void> = Promise.resolve();

  constructor(
    private readonly id: string,
    private readonly calls: Pick<LayoutCalls, 'putDraft' | 'removeDraft' | 'draft'>,
    private readonly local: LocalDrafts,
    private readonly clock: Clock,
    private readonly owner: DraftOwner,
    private readonly newId: () => string = () => crypto.randomUUID(),
  ) {
    this.#line = newId();
    this.#page = newId();
  }

  keep(edited: Edited): void {
    const draft = this.marked(edited);
    this.#draft = draft;
    this.local.write(this.id, draft);
    this.owner.onState('pending');
    this.#plan(SERVER_DELAY);
  }

  /** What is edited here now, with what it goes back to. */
  marked(edited: Edited): LocalDraft {
    const updatedAt = new Date(this.clock.now()).toISOString();
    return { ...edited, updatedAt, page: this.#page, line: this.#line, ...(this.#known ? { tag: this.#known.tag } : {}) };
  }

  /** This draft is in what is edited from now on. */
  resume({ tag, line, content, page, updatedAt }: Unsaved): void {
    if (page !== undefined) this.#drop(page, updatedAt);
    if (line !== undefined) this.#line = line;
    const seen = this.#found;
    if (tag === undefined) this.#known = null;
    else this.#known = seen?.tag === tag ? { ...seen, line: line ?? null } : { tag, line: null, content: contentOf(content) };
  }

  /** Saved, undone to the last, or given up. What another page has kept since stays. */
  discard(): void {
    this.#cancel?.();
    this.#draft = undefined;
    this.local.remove(this.id, this.#page);
    this.owner.onState('none');
    this.#tail = this.#tail.then(async () => {
      const known = this.#known;
      this.#known = null;
      this.#line = this.newId();
      if (known) await this.#remove(known);
    });
  }

  /** What was found is not wanted. What is edited here stays. */
  discardFound(): void {
    for (const { page, updatedAt } of this.#copies.values()) this.#drop(page, updatedAt);
    const found = this.#found;
    this.#found = null;
    if (found) this.#tail = this.#tail.then(() => this.#remove(found));
  }

  async #remove({ tag }: Known): Promise<void> {
    try {
      await this.calls.removeDraft(this.id, tag);
    } catch (cause) {
      // A draft equal to what is saved is never offered, so one that stays on the server does no harm.
      if (!(cause instanceof ApiProblem)) throw cause;
    }
  }

  /** The newest of what this browser and the server have. Throws ApiProblem only when this browser has none either. */
  async find(): Promise<Unsaved | null> {
    const here = this.local.read(this.id).filter(({ page }) => page !== this.#page);
    for (const copy of here) this.#copies.set(copy.page, copy);
    let there: Draft | null = null;
    try {
      there = await this.calls.draft(this.id);
    } catch (problem) {
      if (here.length === 0) throw problem;
    }
    this.#found = there && { tag: there.tag ?? '', line: null, content: contentOf(there.content) };
    const all: Unsaved[] = there ? [...here, there] : here;
    return all.sort((one, other) => Date.parse(other.updatedAt) - Date.parse(one.updatedAt))[0] ?? null;
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
    if (this.#draft && !(await this.#takeInCopies())) return;
    const draft = this.#draft;
    if (!draft) return;
    try {
      const tag = await this.calls.putDraft(this.id, { ...draft, line: this.#line }, this.#known?.tag ?? null);
      this.#known = { tag, line: this.#line, content: contentOf(draft.content) };
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause;
      if (cause.code === 'draft_stale') return this.#meet();
      if (this.#draft !== draft) return;
      this.owner.onState('local');
      if (cause.isTemporary) this.#plan(RETRY);
      return;
    }
    if (this.#draft === draft) {
      this.local.remove(this.id, this.#page);
      this.owner.onState('kept');
    }
  }

  /** False: not now, as nobody answers. */
  async #takeInCopies(): Promise<boolean> {
    for (const copy of this.#copies.values()) {
      try {
        await this.owner.takeIn(copy, null);
      } catch (cause) {
        if (!(cause instanceof ApiProblem)) throw cause;
        if (cause.isTemporary) {
          this.owner.onState('local');
          this.#plan(RETRY);
          return false;
        }
        // It stays where it is, and is offered anew.
        this.#copies.delete(copy.page);
        continue;
      }
      if (!this.#known && copy.tag !== undefined && copy.tag === this.#found?.tag) this.resume(copy);
      else this.#drop(copy.page, copy.updatedAt);
    }
    return true;
  }

  /** A page that has gone on since is open, and sees to its copy itself. */
  #drop(page: string, updatedAt: string): void {
    this.#copies.delete(page);
    if (this.local.read(this.id).some((copy) => copy.page === page && copy.updatedAt <= updatedAt)) this.local.remove(this.id, page);
  }

  /** Another page of this person has written since. */
  async #meet(): Promise<void> {
    const known = this.#known;
    try {
      const theirs = await this.calls.draft(this.id);
      if (theirs) {
        await this.owner.takeIn(theirs, known && known.line !== null && known.line === theirs.line ? known.content : null);
        this.#line = theirs.line ?? this.#line;
      }
      // Without one it was saved or given up there, and is unsaved here still.
      this.#known = theirs && { tag: theirs.tag ?? '', line: this.#line, content: contentOf(theirs.content) };
      this.#plan(0);
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause;
      this.owner.onState('local');
      if (cause.isTemporary) this.#plan(RETRY);
    }
  }
}
