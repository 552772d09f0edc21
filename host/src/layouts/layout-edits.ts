import type { Context, Draft, Layout, LayoutContent, LayoutContentInput, Overlay } from '@datamesh/contracts';
import { contentOf, equal, setFilter, setSettings } from '@datamesh/layout';
import { ApiProblem } from '../api/problem';
import { i18n } from '../language/i18n';
import type { Store } from '../ui/store';
import { DraftKeeper } from './draft-keeper';
import { History, type Shown, type Steps } from './history';
import type { LayoutSessionPorts, LayoutState, SaveOutcome } from './layout-state';
import { type Choices, type MergeProposal, proposeMerge, settle, withBoth } from './merging';
import type { Edited, Unsaved } from './ports';
import { otherWhoSaved } from './who-saved';

/** Characters of undo and redo that a page hands to the next one for one layout: 200 steps of a usual one, and twenty layouts fit into a tab's storage. */
const CARRIED_STEPS = 200_000;

/** What a page hands to the one that takes its place. */
export interface CarriedEdits {
  unsaved: Unsaved | null;
  /** Missing where there was no room for it. `revision`: what is not unsaved is of this one. */
  steps?: Steps & { revision: number };
}

/** What edits have of their session. */
export interface EditedSession {
  readonly id: string;
  readonly store: Store<LayoutState>;
  readonly ports: LayoutSessionPorts;
  /** A newer revision than the known one was heard of. */
  isBehind(): boolean;
  /** Looks at the layout as the server has it. */
  catchUp(): Promise<void>;
}

/** What changes an open layout: edits with their undo, the draft of them, saving them, and what others save meanwhile. */
export class LayoutEdits {
  readonly #history = new History();
  readonly #draft: DraftKeeper;
  #base: LayoutContent;
  /** Of a copy: the revision of its original that what is shown has taken in. */
  #taken: number | undefined;
  /** A save; resolves once it is over, however it ended. */
  #underWay: Promise<void> | undefined;

  constructor(private readonly session: EditedSession) {
    const { id, ports } = session;
    const { layout } = this.state;
    this.#base = contentOf(layout);
    this.#taken = takenIn(layout);
    this.#draft = new DraftKeeper(id, ports.calls, ports.drafts, ports.clock, {
      // What was offered is in it, or was saved or given up on its own page.
      onState: (draft) => this.#store.patch({ draft, ...(draft === 'kept' ? { offered: null } : {}) }),
      takeIn: (theirs, ancestor) => this.#takeIn(theirs, ancestor),
    });
  }

  private get state(): LayoutState {
    return this.#store.getSnapshot();
  }

  get #store(): Store<LayoutState> {
    return this.session.store;
  }

  get #ports(): LayoutSessionPorts {
    return this.session.ports;
  }

  /** Edits with the same key that follow closely are one step of undo. `taken`: with a pull, of its original. */
  edit(next: LayoutContent, label: string, key?: string, taken = this.#taken): void {
    const { content, mayEdit, layout } = this.state;
    if (!mayEdit || (next === content && taken === this.#taken)) return;
    const edited = withSharing(next, layout);
    // Which tab is in front is shown, but nothing that anybody would want to undo or save.
    if (!equal(edited, content) || taken !== this.#taken) this.#history.record(this.#shown, label, this.#ports.clock.now(), key);
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

  /** For `resume`, on the page that takes the place of this one. */
  get carried(): CarriedEdits {
    const { dirty, layout } = this.state;
    return {
      unsaved: dirty ? this.#draft.marked(this.#edited) : null,
      steps: { ...this.#history.carried(CARRIED_STEPS), revision: layout.revision },
    };
  }

  /** As it was on the page before. Rejects when the revision of somebody who saved in between cannot be read, and offers the draft. */
  async resume({ unsaved, steps }: CarriedEdits): Promise<void> {
    if (unsaved) {
      this.#store.patch({ offered: unsaved });
      await this.restoreDraft();
    }
    // They lead from what was shown there. Where none of an unsaved layout's fit, what is saved is still one step away.
    const same = this.state.layout.revision === steps?.revision;
    if (steps && same && (steps.past.length > 0 || !unsaved)) this.#history.resume(steps);
    this.#store.patch({ undo: this.#history.undoLabel, redo: this.#history.redoLabel });
  }

  /** A person's own settings become part of the layout: one edit. */
  foldIn(mine: Overlay): void {
    const { content } = this.state;
    const folded = Object.entries(mine.panels).reduce((next, [panel, { settings }]) => setSettings(next, panel, settings), content);
    this.edit(folded, i18n.t('Use my own settings'));
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
  takeBack(label: string, before: LayoutContent, after: LayoutContent, taken = this.#taken): void {
    const { undo, content } = this.state;
    if (undo === label && equal(content, after)) this.undo();
    else this.edit(withBoth(after, this.state.content, before), i18n.t('Undo: {undo}', { undo: label }), undefined, taken);
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
    this.#store.patch({ saving: true });
    try {
      const saved = await this.#write(content, layout, message);
      this.#rebase(saved);
      // Whether there is more to pull.
      if (takenIn(saved) !== takenIn(layout)) await this.session.catchUp();
      return { kind: 'saved', layout: saved };
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || problem.code !== 'revision_stale') throw problem;
      const theirs = problem.current ?? (await this.#ports.calls.load(this.session.id)).layout;
      return { kind: 'stale', proposal: proposeMerge(this.#base, content, theirs) };
    } finally {
      this.#store.patch({ saving: false });
      if (this.session.isBehind()) void this.session.catchUp();
    }
  }

  /** Says with it what of the original it has taken in, where that is not as it was. */
  async #write(content: LayoutContent, layout: Layout, message?: string): Promise<Layout> {
    const { calls } = this.#ports;
    const { revision } = layout;
    const taken = this.#taken;
    if (taken === undefined || taken === takenIn(layout)) return calls.save(this.session.id, content, revision, message);
    try {
      const pulled = await calls.pull(this.session.id, content, revision, taken, message);
      return pulled.title === content.title ? pulled : calls.save(this.session.id, content, pulled.revision, message);
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || problem.code !== 'upstream_unknown') throw problem;
      // Nobody can pull from it any more.
      this.#taken = takenIn(layout);
      return calls.save(this.session.id, content, revision, message);
    }
  }

  /** Takes theirs in, with the choices where both changed the same, and saves the result; `message` as in `save`. */
  async mergeAndSave(proposal: MergeProposal, choices: Choices, message?: string): Promise<SaveOutcome> {
    const next = settle(proposal, choices);
    this.edit(next, i18n.t('Merge'));
    this.#rebase(proposal.theirs);
    const outcome = await this.save(message);
    // Everything of ours was in theirs already, or was given up for it.
    return outcome.kind === 'unchanged' ? { kind: 'saved', layout: proposal.theirs } : outcome;
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
    if (this.#differs({ content, taken }, layout)) this.#store.patch({ offered: { ...draft, content } });
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
      const base = await this.#ports.calls.revision(this.session.id, draft.base);
      const { revision } = layout;
      const by = otherWhoSaved(layout, this.#ports.user);
      const quiet = by === null && !clash(base, draft.content, layout);
      this.#base = contentOf(base);
      this.#store.patch({ layout: base, newer: { revision, by, quiet } });
    }
    this.#store.patch({ offered: null });
    this.#draft.resume(draft);
    const { taken = takenIn(this.state.layout) } = draft;
    this.edit(contentOf(draft.content), i18n.t('Restore draft'), undefined, taken);
  }

  discardDraft(): void {
    this.#store.patch({ offered: null });
    this.#draft.discardFound();
  }

  dispose(): void {
    this.#draft.dispose();
  }

  /** A newer revision, as somebody saved it. */
  takeOver(layout: Layout): void {
    const { dirty, layout: known, saving } = this.state;
    if (saving || layout.revision <= known.revision) return;
    // Who sees it is not what anybody edits here: nothing is to be merged.
    if (equal(withSharing(contentOf(layout), this.#base), this.#base)) this.#rebase(layout);
    else if (dirty) this.#heardOf(layout);
    else this.#adopt(layout);
  }

  /** What another page of the same person has not saved, or an earlier visit: both pages' edits, as one of this page's. Where both changed the same, what was changed here. */
  async #takeIn(theirs: Draft, ancestor: LayoutContent | null): Promise<void> {
    const older =
      theirs.base < this.state.layout.revision ? contentOf(await this.#ports.calls.revision(this.session.id, theirs.base)) : null;
    const { content, layout } = this.state;
    const both = withBoth(ancestor ?? older ?? this.#base, content, withSharing(contentOf(theirs.content), layout));
    const taken = this.#taken === takenIn(layout) ? (theirs.taken ?? this.#taken) : this.#taken;
    if (!equal(both, content) || taken !== this.#taken) this.edit(both, i18n.t('Take in edits of another page'), undefined, taken);
    this.#store.patch({ offered: null });
  }

  #show({ content, taken }: Shown): void {
    const was = this.state;
    const moved = taken !== this.#taken;
    this.#taken = taken;
    const dirty = this.#differs({ content, taken }, was.layout);
    this.#store.patch({
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
    if (!dirty && was.newer) void this.session.catchUp();
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
    this.#store.patch({ layout, content: this.#base, newer: null, undo: null, redo: null });
    const by = otherWhoSaved(layout, this.#ports.user);
    // What one has saved oneself on another page is no news.
    if (by !== null) this.#ports.notice({ kind: 'reloaded', by });
  }

  /** The server's layout is the new base; edits made since the request was sent stay unsaved. */
  #rebase(layout: Layout): void {
    // Who has pulled nothing has of the original what is saved.
    if (this.#taken === takenIn(this.state.layout)) this.#taken = takenIn(layout);
    this.#base = contentOf(layout);
    const content = withSharing(this.state.content, layout);
    const dirty = this.#differs({ content, taken: this.#taken }, layout);
    this.#store.patch({ layout, content, dirty, newer: null });
    if (dirty) this.#draft.keep(this.#edited);
    else this.#draft.discard();
  }

  /** It is taken in when what is unsaved here is saved. */
  #heardOf(layout: Layout): void {
    const { revision } = layout;
    const by = otherWhoSaved(layout, this.#ports.user);
    const quiet = by === null && !clash(this.#base, this.state.content, layout);
    this.#store.patch({ newer: { revision, by, quiet } });
    if (!quiet) this.#ports.notice({ kind: 'newer', by });
  }
}

const takenIn = ({ forkedFrom }: Layout): number | undefined => forkedFrom?.revision;

/** Whether both changed the same of what they had in common. */
function clash(base: LayoutContentInput, mine: LayoutContentInput, theirs: Layout): boolean {
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
