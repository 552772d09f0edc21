import type { Context, Layout, LayoutAnswer, LayoutContent } from '@datamesh/contracts';
import { contentOf, setFilter } from '@datamesh/layout';
import { ApiProblem } from '../api/problem';
import { fetchOnce, once } from '../ui/later';
import { Store } from '../ui/store';
import type { CarriedEdits, LayoutEdits } from './layout-edits';
import type { LayoutSessionPorts, LayoutState, SaveOutcome } from './layout-state';
import type { Choices, MergeProposal } from './merging';
import { OverlayKeeper } from './overlay-keeper';

/** What a page hands to the one that takes its place. */
export interface CarriedSession extends CarriedEdits {
  filters: LayoutContent['filters'] | null;
}

/** One open layout: what is shown, and what of it is a viewer's own; what changes it comes when it is needed. Knows no framework. */
export class LayoutSession {
  readonly id: string;
  readonly store: Store<LayoutState>;
  readonly #mine: OverlayKeeper;
  /** The newest revision heard of on the live stream. */
  #newestKnown = 0;
  #edits: LayoutEdits | undefined;

  constructor(
    answer: LayoutAnswer,
    private readonly ports: LayoutSessionPorts,
    /** Whether it is only what was last seen, while nobody answers. */
    seen = false,
  ) {
    const { layout, mayEdit, mine, upstream } = answer;
    this.id = layout.id;
    this.#mine = new OverlayKeeper(
      layout.id,
      mine,
      ports.calls,
      ports.mine,
      ports.clock,
      (kept) => this.store.patch({ mine: kept }),
      (problem) => ports.notice({ kind: 'refused', problem }),
    );
    this.store = new Store<LayoutState>({
      layout,
      content: contentOf(layout),
      mayEdit,
      mine: this.#mine.overlay,
      upstream,
      filters: null,
      dirty: false,
      undo: null,
      redo: null,
      saving: false,
      newer: null,
      offered: null,
      draft: 'none',
      gone: null,
    });
    // A reload begins with the layout's own filters, but not one that somebody makes because nothing answers.
    if (seen) this.store.patch({ filters: ports.mine.look(this.id) });
    else ports.mine.keepLook(this.id, null);
  }

  get state(): LayoutState {
    return this.store.getSnapshot();
  }

  /** Fetches what changes a layout. Rejects with ApiProblem where it does not come; it is asked for again then by whoever needs it next. */
  readonly startEditing = once(async (): Promise<LayoutEdits> => {
    const { LayoutEdits } = await fetchOnce(() => import(/* webpackChunkName: "edits" */ './layout-edits'));
    this.#edits = new LayoutEdits({
      id: this.id,
      store: this.store,
      ports: this.ports,
      isBehind: () => this.#newestKnown > this.state.layout.revision,
      catchUp: () => this.#catchUp(),
    });
    return this.#edits;
  });

  /** Of whoever has begun to edit. */
  get #begun(): LayoutEdits {
    if (!this.#edits) throw new Error('nobody has begun to edit this layout');
    return this.#edits;
  }

  /** Edits with the same key that follow closely are one step of undo. `taken`: with a pull, of its original. */
  edit(...how: Parameters<LayoutEdits['edit']>): void {
    this.#begun.edit(...how);
  }

  changeSettings(panel: string, patch: Record<string, unknown>): void {
    this.#begun.changeSettings(panel, patch);
  }

  changeFilter(context: Context): void {
    this.#begun.changeFilter(context);
  }

  /** Of somebody who only looks. */
  setLocalFilter(context: Context): void {
    const { content, filters } = this.state;
    this.#look(setFilter({ ...content, filters: filters ?? content.filters }, context).filters);
  }

  #look(filters: LayoutContent['filters'] | null): void {
    this.store.patch({ filters });
    this.ports.mine.keepLook(this.id, filters);
  }

  /** For `resume`, on the page that takes the place of this one. */
  get carried(): CarriedSession {
    const { filters } = this.state;
    return { filters, ...(this.#edits?.carried ?? { unsaved: null }) };
  }

  /** As it was on the page before, undo and redo included, unless somebody saved in between; rejects when their revision cannot be read, and offers the draft. */
  async resume({ filters, ...edits }: CarriedSession): Promise<void> {
    if (edits.unsaved || edits.steps) await (await this.startEditing()).resume(edits);
    this.#look(filters);
  }

  /** A person's own settings are still on their way. */
  get sending(): boolean {
    return this.#mine.sending;
  }

  changeMine(panel: string, patch: Record<string, unknown>): void {
    this.store.patch({ mine: this.#mine.change(panel, patch, Object.keys(this.state.content.panels)) });
  }

  async resetMine(): Promise<void> {
    await this.#mine.reset();
    // What was set while that was on its way stays.
    this.store.patch({ mine: this.#mine.overlay });
    this.#look(null);
  }

  /** Makes a person's own settings part of the layout: one edit. */
  async foldMineIn(): Promise<void> {
    const { mine } = this.state;
    if (!mine) return;
    (await this.startEditing()).foldIn(mine);
    await this.resetMine();
  }

  undo(): void {
    this.#edits?.undo();
  }

  redo(): void {
    this.#edits?.redo();
  }

  /** One edit, and nothing that came after it: by undo while it is the last one. `taken`: of a pull, before it. */
  takeBack(...edit: Parameters<LayoutEdits['takeBack']>): void {
    this.#begun.takeBack(...edit);
  }

  /** Back to what is saved; can itself be undone. */
  revert(): void {
    this.#edits?.revert();
  }

  /** As in LayoutEdits. */
  async save(message?: string): Promise<SaveOutcome> {
    return this.#edits ? this.#edits.save(message) : { kind: 'unchanged' };
  }

  /** Takes theirs in, with the choices where both changed the same, and saves the result; `message` as in `save`. */
  mergeAndSave(proposal: MergeProposal, choices: Choices, message?: string): Promise<SaveOutcome> {
    return this.#begun.mergeAndSave(proposal, choices, message);
  }

  /** A layout of one's own with everything that is on the screen. What is unsaved here stays: it may be wanted in both. */
  async saveAsMine(title?: string): Promise<Layout> {
    const { content, filters, dirty, gone } = this.state;
    const named = { ...content, ...(title ? { title } : {}), ...(filters ? { filters } : {}) };
    return gone
      ? await this.ports.calls.create({ ...named, visibility: 'private', grants: [] })
      : await this.ports.calls.clone(this.id, { ...(title ? { title } : {}), ...(dirty || filters ? { content: named } : {}) });
  }

  /** `layouts.changed` on the live stream. */
  async changed(revision: number, deleted: boolean): Promise<void> {
    if (deleted) {
      if (!this.state.gone) this.ports.notice({ kind: 'deleted' });
      this.store.patch({ gone: 'deleted' });
      return;
    }
    this.#newestKnown = Math.max(this.#newestKnown, revision);
    // It may be our own save, whose answer is still on its way.
    if (!this.state.saving && (this.state.gone || this.#newestKnown > this.state.layout.revision)) await this.#catchUp();
  }

  /** Something may have been missed: looks at the layout again. */
  async refresh(): Promise<void> {
    if (!this.state.saving) await this.#catchUp();
  }

  /** Offers the unsaved changes of an earlier visit, when there are any that differ from what is saved. */
  async offerDraft(): Promise<void> {
    const { mayEdit, dirty } = this.state;
    if (mayEdit && !dirty) await (await this.startEditing()).offerDraft();
  }

  async restoreDraft(): Promise<void> {
    await (await this.startEditing()).restoreDraft();
  }

  discardDraft(): void {
    this.#edits?.discardDraft();
  }

  /** The page goes away. The draft is in this browser already. */
  leave(): void {
    this.#mine.leave();
  }

  dispose(): void {
    this.#mine.leave();
    this.#edits?.dispose();
  }

  async #catchUp(): Promise<void> {
    let answer: LayoutAnswer;
    try {
      answer = await this.ports.calls.load(this.id);
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause;
      // Out of reach for now: the next event, or the save itself, finds out. Gone for good is said.
      const gone = cause.binned ? 'deleted' : cause.status === 404 ? 'withdrawn' : null;
      if (gone && !this.state.gone) {
        this.store.patch({ gone });
        this.ports.notice({ kind: gone });
      }
      return;
    }
    const { layout, mayEdit, upstream } = answer;
    const { layout: known, saving, mayEdit: couldEdit } = this.state;
    // Out of the bin, or shared again.
    this.store.patch({ mayEdit, upstream, gone: null });
    if (mayEdit !== couldEdit) this.ports.notice({ kind: 'rights', mayEdit });
    if (!saving && layout.revision > known.revision) await (await this.startEditing()).takeOver(layout);
  }
}
