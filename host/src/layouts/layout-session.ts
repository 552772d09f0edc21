import type { Context, Draft, Layout, LayoutAnswer, LayoutContent, LayoutContentInput } from '@datamesh/contracts';
import { contentOf, equal, setFilter, setSettings } from '@datamesh/layout';
import { ApiProblem } from '../api/problem';
import { i18n } from '../language/i18n';
import { Store } from '../ui/store';
import { DraftKeeper } from './draft-keeper';
import { History, type Shown, type Steps } from './history';
import type { LayoutSessionPorts, LayoutState, SaveOutcome } from './layout-state';
import type { Choices, MergeProposal } from './merging';
import { OverlayKeeper } from './overlay-keeper';
import type { Edited, Unsaved } from './ports';
import { otherWhoSaved } from './who-saved';

/** Characters of undo and redo that a page hands to the next one for one layout: 200 steps of a usual one, and twenty layouts fit into a tab's storage. */
const CARRIED_STEPS = 200_000;

/** What a page hands to the one that takes its place. */
export interface CarriedSession {
  filters: LayoutContent['filters'] | null;
  unsaved: Unsaved | null;
  /** Missing where there was no room for it. `revision`: what is not unsaved is of this one. */
  steps?: Steps & { revision: number };
}

/** One open layout: what is shown, what of it is unsaved, and how both get to the server. Knows no framework. */
export class LayoutSession {
  readonly id: string;
  readonly store: Store<LayoutState>;
  readonly #history = new History();
  readonly #draft: DraftKeeper;
  readonly #mine: OverlayKeeper;
  #base: LayoutContent;
  /** Of a copy: the revision of its original that what is shown has taken in. */
  #taken: number | undefined;
  /** The newest revision heard of on the live stream. */
  #newestKnown = 0;
  /** A save; resolves once it is over, however it ended. */
  #underWay: Promise<void> | undefined;

  constructor(
    answer: LayoutAnswer,
    private readonly ports: LayoutSessionPorts,
    /** Whether it is only what was last seen, while nobody answers. */
    seen = false,
  ) {
    const { layout, mayEdit, mine, upstream } = answer;
    this.id = layout.id;
    this.#base = contentOf(layout);
    this.#taken = takenIn(layout);
    this.#draft = new DraftKeeper(layout.id, ports.calls, ports.drafts, ports.clock, {
      // What was offered is in it, or was saved or given up on its own page.
      onState: (draft) => this.store.patch({ draft, ...(draft === 'kept' ? { offered: null } : {}) }),
      takeIn: (theirs, ancestor) => this.#takeIn(theirs, ancestor),
    });
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
      content: this.#base,
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

  /** Edits with the same key that follow closely are one step of undo. `taken`: with a pull, of its original. */
  edit(next: LayoutContent, label: string, key?: string, taken = this.#taken): void {
    const { content, mayEdit, layout } = this.state;
    if (!mayEdit || (next === content && taken === this.#taken)) return;
    const edited = withSharing(next, layout);
    // Which tab is in front is shown, but nothing that anybody would want to undo or save.
    if (!equal(edited, content) || taken !== this.#taken) this.#history.record(this.#shown, label, this.ports.clock.now(), key);
    this.#show({ content: edited, taken });
  }

  get #shown(): Shown {
    return { content: this.state.content, taken: this.#taken };
  }

  changeSettings(panel: string, patch: Record<string, unknown>): void {
    this.edit(setSettings(this.state.content, panel, patch), i18n.t('Change settings'), `settings ${panel}`);
  }

  changeFilter(context: Context): void {
    this.edit(setFilter(this.state.content, context), i18n.t('Change filter'), `filter ${context.type}`);
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
    const { filters, dirty, layout } = this.state;
    return {
      filters,
      unsaved: dirty ? this.#draft.marked(this.#edited) : null,
      steps: { ...this.#history.carried(CARRIED_STEPS), revision: layout.revision },
    };
  }

  /** As it was on the page before, undo and redo included. At once, unless somebody saved in between; rejects when their revision cannot be read, and offers the draft. */
  async resume({ filters, unsaved, steps }: CarriedSession): Promise<void> {
    if (unsaved) {
      this.store.patch({ offered: unsaved });
      await this.restoreDraft();
    }
    // They lead from what was shown there. Where none of an unsaved layout's fit, what is saved is still one step away.
    const same = this.state.layout.revision === steps?.revision;
    if (steps && same && (steps.past.length > 0 || !unsaved)) this.#history.resume(steps);
    this.#look(filters);
    this.store.patch({ undo: this.#history.undoLabel, redo: this.#history.redoLabel });
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
    const { mine, content } = this.state;
    if (!mine) return;
    const folded = Object.entries(mine.panels).reduce((next, [panel, { settings }]) => setSettings(next, panel, settings), content);
    this.edit(folded, i18n.t('Use my own settings'));
    await this.resetMine();
  }

  undo(): void {
    this.#step(this.#history.undo(this.#shown));
  }

  redo(): void {
    this.#step(this.#history.redo(this.#shown));
  }

  #step(to: Shown | undefined): void {
    if (to) this.#show({ ...to, content: withSharing(to.content, this.state.layout) });
  }

  /** One edit, and nothing that came after it: by undo while it is the last one. `taken`: of a pull, before it. */
  async takeBack(label: string, before: LayoutContent, after: LayoutContent, taken = this.#taken): Promise<void> {
    const { undo, content } = this.state;
    if (undo === label && equal(content, after)) return this.undo();
    const { withBoth } = await import(/* webpackChunkName: "merging" */ './merging');
    this.edit(withBoth(after, this.state.content, before), i18n.t('Undo: {undo}', { undo: label }), undefined, taken);
  }

  /** Back to what is saved; can itself be undone. */
  revert(): void {
    this.edit(this.#base, i18n.t('Discard changes'), undefined, takenIn(this.state.layout));
  }

  /**
   * Throws ApiProblem when it cannot be saved for another reason than a save in between; the edits stay as a draft. One after the other: who saves
   * while a save is under way means what was edited since as well. `message`: what the history says of it, up to 500 characters.
   */
  async save(message?: string): Promise<SaveOutcome> {
    while (this.#underWay) await this.#underWay;
    const saving = this.#save(message);
    const over = (): void => {
      this.#underWay = undefined;
    };
    this.#underWay = saving.then(over, over);
    return saving;
  }

  async #save(message?: string): Promise<SaveOutcome> {
    const { content, layout, dirty } = this.state;
    if (!dirty) return { kind: 'unchanged' };
    this.store.patch({ saving: true });
    try {
      const saved = await this.#write(content, layout, message);
      this.#rebase(saved);
      // Whether there is more to pull.
      if (takenIn(saved) !== takenIn(layout)) await this.#catchUp();
      return { kind: 'saved', layout: saved };
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || problem.code !== 'revision_stale') throw problem;
      const theirs = problem.current ?? (await this.ports.calls.load(this.id)).layout;
      const { proposeMerge } = await import(/* webpackChunkName: "merging" */ './merging');
      return { kind: 'stale', proposal: proposeMerge(this.#base, content, theirs) };
    } finally {
      this.store.patch({ saving: false });
      if (this.#newestKnown > this.state.layout.revision) void this.#catchUp();
    }
  }

  /** Says with it what of the original it has taken in, where that is not as it was. */
  async #write(content: LayoutContent, layout: Layout, message?: string): Promise<Layout> {
    const { calls } = this.ports;
    const { revision } = layout;
    const taken = this.#taken;
    if (taken === undefined || taken === takenIn(layout)) return calls.save(this.id, content, revision, message);
    try {
      const pulled = await calls.pull(this.id, content, revision, taken, message);
      return pulled.title === content.title ? pulled : calls.save(this.id, content, pulled.revision, message);
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || problem.code !== 'upstream_unknown') throw problem;
      // Nobody can pull from it any more.
      this.#taken = takenIn(layout);
      return calls.save(this.id, content, revision, message);
    }
  }

  /** Takes theirs in, with the choices where both changed the same, and saves the result; `message` as in `save`. */
  async mergeAndSave(proposal: MergeProposal, choices: Choices, message?: string): Promise<SaveOutcome> {
    const { settle } = await import(/* webpackChunkName: "merging" */ './merging');
    const next = settle(proposal, choices);
    this.edit(next, i18n.t('Merge'));
    this.#rebase(proposal.theirs);
    const outcome = await this.save(message);
    // Everything of ours was in theirs already, or was given up for it.
    return outcome.kind === 'unchanged' ? { kind: 'saved', layout: proposal.theirs } : outcome;
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
    if (!mayEdit || dirty) return;
    const draft = await this.#draft.find();
    if (!draft || this.state.dirty) return;
    const content = contentOf(draft.content);
    const { layout } = this.state;
    const { taken = takenIn(layout) } = draft;
    if (this.#differs({ content, taken }, layout)) this.store.patch({ offered: { ...draft, content } });
    else this.#draft.resume(draft);
  }

  async restoreDraft(): Promise<void> {
    const draft = this.state.offered;
    if (!draft) return;
    const { layout, dirty } = this.state;
    if (dirty) {
      await this.#takeIn(draft, null);
      this.#draft.resume(draft);
      return;
    }
    if (draft.base < layout.revision) {
      // Somebody saved since: the draft's own base comes back, so that saving merges and overwrites nothing.
      const base = await this.ports.calls.revision(this.id, draft.base);
      const { revision } = layout;
      const by = otherWhoSaved(layout, this.ports.user);
      const quiet = by === null && !(await clash(base, draft.content, layout));
      this.#base = contentOf(base);
      this.store.patch({ layout: base, newer: { revision, by, quiet } });
    }
    this.store.patch({ offered: null });
    this.#draft.resume(draft);
    const { taken = takenIn(this.state.layout) } = draft;
    this.edit(contentOf(draft.content), i18n.t('Restore draft'), undefined, taken);
  }

  discardDraft(): void {
    this.store.patch({ offered: null });
    this.#draft.discardFound();
  }

  /** The page goes away. The draft is in this browser already. */
  leave(): void {
    this.#mine.leave();
  }

  dispose(): void {
    this.#mine.leave();
    this.#draft.dispose();
  }

  /** What another page of the same person has not saved, or an earlier visit: both pages' edits, as one of this page's. Where both changed the same, what was changed here. */
  async #takeIn(theirs: Draft, ancestor: LayoutContent | null): Promise<void> {
    const { withBoth } = await import(/* webpackChunkName: "merging" */ './merging');
    const older = theirs.base < this.state.layout.revision ? contentOf(await this.ports.calls.revision(this.id, theirs.base)) : null;
    const { content, layout } = this.state;
    const both = withBoth(ancestor ?? older ?? this.#base, content, withSharing(contentOf(theirs.content), layout));
    const taken = this.#taken === takenIn(layout) ? (theirs.taken ?? this.#taken) : this.#taken;
    if (!equal(both, content) || taken !== this.#taken) this.edit(both, i18n.t('Take in edits of another page'), undefined, taken);
    this.store.patch({ offered: null });
  }

  #show({ content, taken }: Shown): void {
    const was = this.state;
    const moved = taken !== this.#taken;
    this.#taken = taken;
    const dirty = this.#differs({ content, taken }, was.layout);
    this.store.patch({
      content,
      dirty,
      filters: content.filters === was.content.filters ? was.filters : null,
      undo: this.#history.undoLabel,
      redo: this.#history.redoLabel,
      ...(dirty ? {} : { newer: null }),
    });
    if (dirty && (moved || !equal(content, was.content))) {
      this.#draft.keep(this.#edited);
    } else if (!dirty && was.dirty) this.#draft.discard();
    if (!dirty && was.newer) void this.#catchUp();
  }

  /** What of it is unsaved. */
  get #edited(): Edited {
    const { layout, content } = this.state;
    const taken = this.#taken;
    return { base: layout.revision, content, ...(taken === undefined || taken === takenIn(layout) ? {} : { taken }) };
  }

  /** Whether it is anything else than what is saved: of a copy, also in what it has taken in. */
  #differs({ content, taken }: Shown, saved: Layout): boolean {
    return !equal(content, this.#base) || taken !== takenIn(saved);
  }

  /** A revision that was made elsewhere takes the place of what is shown, where nothing is unsaved. */
  #adopt(layout: Layout): void {
    this.#base = contentOf(layout);
    this.#taken = takenIn(layout);
    this.#history.clear();
    this.store.patch({ layout, content: this.#base, newer: null, undo: null, redo: null });
  }

  /** The server's layout is the new base; edits made since the request was sent stay unsaved. */
  #rebase(layout: Layout): void {
    // Who has pulled nothing has of the original what is saved.
    if (this.#taken === takenIn(this.state.layout)) this.#taken = takenIn(layout);
    this.#base = contentOf(layout);
    const content = withSharing(this.state.content, layout);
    const dirty = this.#differs({ content, taken: this.#taken }, layout);
    this.store.patch({ layout, content, dirty, newer: null });
    if (dirty) this.#draft.keep(this.#edited);
    else this.#draft.discard();
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
    const { dirty, layout: known, saving, mayEdit: couldEdit } = this.state;
    // Out of the bin, or shared again.
    this.store.patch({ mayEdit, upstream, gone: null });
    if (mayEdit !== couldEdit) this.ports.notice({ kind: 'rights', mayEdit });
    if (saving || layout.revision <= known.revision) return;
    // Who sees it is not what anybody edits here: nothing is to be merged.
    if (equal(withSharing(contentOf(layout), this.#base), this.#base)) return this.#rebase(layout);
    if (dirty) return this.#heardOf(layout);
    this.#adopt(layout);
    const by = otherWhoSaved(layout, this.ports.user);
    // What one has saved oneself on another page is no news.
    if (by !== null) this.ports.notice({ kind: 'reloaded', by });
  }

  /** It is taken in when what is unsaved here is saved. */
  async #heardOf(layout: Layout): Promise<void> {
    const { revision } = layout;
    const by = otherWhoSaved(layout, this.ports.user);
    this.store.patch({ newer: { revision, by, quiet: by === null } });
    if (by === null && !(await clash(this.#base, this.state.content, layout))) return;
    // Meanwhile it may have been saved, given up, or been followed by another one.
    if (this.state.newer?.revision !== revision) return;
    this.store.patch({ newer: { revision, by, quiet: false } });
    this.ports.notice({ kind: 'newer', by });
  }
}

const takenIn = ({ forkedFrom }: Layout): number | undefined => forkedFrom?.revision;

/** Whether both changed the same of what they had in common. */
async function clash(base: LayoutContentInput, mine: LayoutContentInput, theirs: Layout): Promise<boolean> {
  const { proposeMerge } = await import(/* webpackChunkName: "merging" */ './merging');
  return proposeMerge(contentOf(base), contentOf(mine), theirs).merged.conflicts.length > 0;
}

/** Sharing is said in its own dialog and holds at once: neither edits nor their undoing touch it. */
const withSharing = (
  content: LayoutContent,
  { department, visibility, grants }: Pick<LayoutContent, 'department' | 'visibility' | 'grants'>,
) => ({
  ...content,
  department,
  visibility,
  grants,
});
