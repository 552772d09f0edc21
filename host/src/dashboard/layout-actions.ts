import type { Layout, LayoutContent } from '@datamesh/contracts';
import { contentOf, emptyLayout } from '@datamesh/layout';
import { api, ask } from '../api/client';
import { i18n } from '../language/i18n';
import { layoutCalls } from '../layouts/layout-calls';
import type { SaveOutcome } from '../layouts/layout-state';
import { restoreLayout } from '../layouts/library-marks';
import { titlesLike } from '../layouts/listing';
import type { Choices, MergeProposal } from '../layouts/merging';
import { copyTitle, isUntitled, untitled, untitledStem } from '../layouts/titles';
import { otherWhoSaved } from '../layouts/who-saved';
import type { Mode } from '../workspace/types';
import type { LayoutList, OpenDashboard } from './open-dashboard';
import type { OpenLayout } from './open-layout';
import { layoutPath } from './route';

/** What a person can do with the layout that is shown. None rejects: problems are told, with a way on. */
export class LayoutActions {
  constructor(private readonly dashboard: OpenDashboard) {}

  async setMode(mode: Mode): Promise<void> {
    const { active, toasts } = this.dashboard;
    if (!active) return;
    try {
      await active.setMode(mode);
    } catch (cause) {
      console.error(cause);
      const again = { label: i18n.t('Try again'), run: () => void this.setMode(mode) };
      toasts.show('bad', i18n.t('The editor could not be loaded. Check the connection and try again.'), again);
      return;
    }
    // Another one was asked for meanwhile.
    if (active.mode.getSnapshot().mode !== mode) return;
    if (mode === 'view') this.dashboard.openDrawer(null);
    else if (active.session.state.mine)
      toasts.show('info', i18n.t('You are editing what everybody sees; your own settings are set aside.'), {
        label: i18n.t('Use mine for everybody'),
        run: () => void this.dashboard.attempt(active.session.foldMineIn()),
      });
  }

  /** What nobody has named yet asks for its name first. */
  async save(): Promise<void> {
    const { active } = this.dashboard;
    if (!this.#mayAsk(active)) return;
    if (isUnnamed(active)) this.dashboard.openDialog({ kind: 'name' });
    else await this.#save(active);
  }

  /** Asks what its history is to say of it; what nobody has named yet needs a name more. */
  askForMessage(): void {
    const { active } = this.dashboard;
    if (!this.#mayAsk(active) || !active.session.state.dirty) return;
    this.dashboard.openDialog({ kind: isUnnamed(active) ? 'name' : 'save' });
  }

  #mayAsk(active: OpenLayout | null): active is OpenLayout {
    return active?.session.state.mayEdit === true && this.dashboard.store.getSnapshot().dialog === null;
  }

  /** `message`: for its history, up to 500 characters; what is blank is none. */
  async saveWith(message: string): Promise<void> {
    const { active } = this.dashboard;
    this.dashboard.openDialog(null);
    if (active) await this.#save(active, message.trim() || undefined);
  }

  /** With the name that was asked for. */
  async saveAs(title: string): Promise<void> {
    const { active } = this.dashboard;
    if (!active) return;
    await this.rename(title);
    await this.#save(active);
  }

  async #save(active: OpenLayout, message?: string): Promise<void> {
    await this.dashboard.attempt(
      active.session.save(message).then((outcome) => this.#saved(active, outcome, message)),
      { label: i18n.t('Try again'), run: () => void this.#save(active, message) },
    );
  }

  async mergeAndSave(proposal: MergeProposal, choices: Choices, message?: string): Promise<void> {
    const { active } = this.dashboard;
    if (!active) return;
    this.dashboard.openDialog(null);
    await this.dashboard.attempt(this.#mergeAndSave(active, proposal, choices, message));
  }

  async #mergeAndSave(open: OpenLayout, proposal: MergeProposal, choices: Choices, message?: string): Promise<void> {
    await this.#saved(open, await open.session.mergeAndSave(proposal, choices, message), message);
  }

  /** A layout of one's own with everything that is on the screen. */
  async makeCopy(): Promise<void> {
    const { active } = this.dashboard;
    if (!active) return;
    this.dashboard.openDialog(null);
    const { session } = active;
    await this.dashboard.attempt(
      this.#copy(
        session.state.content.title,
        (title) => session.saveAsMine(title),
        () => (session.state.dirty ? ` ${i18n.t('What is unsaved in the other one stays there.')}` : ''),
      ),
    );
  }

  /** A layout of one's own as that one is saved, which need not be open. */
  async makeCopyOf({ id, title }: Pick<Layout, 'id' | 'title'>): Promise<void> {
    await this.dashboard.attempt(this.#copy(title, (own) => layoutCalls.clone(id, { title: own })));
  }

  /** Under a title of its own, and onto the screen; `more`: what else is said of it, once it is there. */
  async #copy(of: string, make: (title: string) => Promise<Layout>, more = () => ''): Promise<void> {
    const copy = await make(copyTitle(of, await titlesLike(of)));
    await this.dashboard.go(layoutPath(copy.id));
    this.dashboard.toasts.show('good', `${i18n.t('This copy is your own. Change it as you like.')}${more()}`);
  }

  /** As it stands on the screen, what is unsaved as well; a person's own settings are not part of it. */
  async exportJson(): Promise<void> {
    const { active } = this.dashboard;
    if (!active) return;
    const exporting = import(/* webpackChunkName: "exchange" */ '../layouts/exchange/layout-file');
    await this.dashboard.attempt(exporting.then(({ downloadLayout }) => downloadLayout(active.session.state.content)));
  }

  /** As it stands on the screen, light. Right after a click or a key. */
  async savePicture(): Promise<void> {
    const coming = import(/* webpackChunkName: "picture" */ './picture/save-picture');
    await this.dashboard.attempt(coming.then(({ savePicture }) => savePicture(this.dashboard)));
  }

  async newLayout(): Promise<void> {
    const making = async (): Promise<void> => {
      const { id } = await layoutCalls.create(emptyLayout(untitled(await titlesLike(untitledStem()))));
      await this.dashboard.go(layoutPath(id));
      await this.addFirst();
    };
    await this.dashboard.attempt(making());
  }

  /** Ready to put something into an empty layout. */
  async addFirst(): Promise<void> {
    await this.setMode('edit');
    if (this.dashboard.active?.mode.getSnapshot().mode === 'edit') this.dashboard.openDrawer({ kind: 'marketplace' });
  }

  /** Closes a tab; what is unsaved in it stays a draft. */
  async close(id: string): Promise<void> {
    const { toasts } = this.dashboard;
    const tab = this.dashboard.store.getSnapshot().tabs.find((open) => open.id === id);
    const dirty = this.dashboard.layout(id)?.session.state.dirty;
    await this.dashboard.close(id);
    if (tab && dirty)
      toasts.show('info', i18n.t('Your changes to “{title}” are kept as a draft.', { title: tab.title }), {
        label: i18n.t('Open again'),
        run: () => void this.dashboard.go(tab.path),
      });
  }

  /**
   * As it was, but for whom it is shared with: a new revision, which Undo takes back as any edit. Of a copy, what it has taken in of its original
   * since is offered again.
   */
  async restoreRevision(open: OpenLayout, revision: number): Promise<void> {
    this.dashboard.openDialog(null);
    const restoring = async (): Promise<void> => {
      await open.session.startEditing();
      const former = await layoutCalls.revision(open.id, revision);
      const label = i18n.t('Restore revision {revision}', { revision });
      open.session.edit(contentOf(former), label, undefined, former.forkedFrom?.revision);
      const message = i18n.t('Restored revision {revision}', { revision });
      await this.#saved(open, await open.session.save(message), message);
    };
    await this.dashboard.attempt(restoring());
  }

  /** Takes into a copy what came out of the merge with its original: one edit, saved. */
  async pull(open: OpenLayout, original: Layout, content: LayoutContent): Promise<void> {
    this.dashboard.openDialog(null);
    await this.dashboard.attempt(this.#pull(open, original, content));
  }

  async #pull(open: OpenLayout, original: Layout, content: LayoutContent): Promise<void> {
    const { session } = open;
    await session.startEditing();
    const { content: before, layout } = session.state;
    const label = i18n.t('Pull from “{title}”', { title: original.title });
    session.edit(content, label, undefined, original.revision);
    const { content: after } = session.state;
    const takeBack = (): void => session.takeBack(label, before, after, layout.forkedFrom?.revision);
    const undo = async (): Promise<void> => {
      const { dirty } = session.state;
      takeBack();
      // What was edited since is not saved with it.
      if (!dirty) await this.#saved(open, await session.save());
      this.dashboard.toasts.show('info', i18n.t('The pull is undone.'));
    };
    const outcome = await session.save().catch((problem) => {
      takeBack();
      throw problem;
    });
    if (outcome.kind !== 'saved') return this.#saved(open, outcome);
    this.dashboard.toasts.show('good', i18n.t('Pulled from “{title}”.', { title: original.title }), {
      label: i18n.t('Undo'),
      run: () => void this.dashboard.attempt(undo()),
    });
  }

  async rename(title: string): Promise<void> {
    const { active } = this.dashboard;
    this.dashboard.openDialog(null);
    const named = title.trim().slice(0, 120);
    if (!active || !named) return;
    const renaming = active.session.startEditing().then(() => {
      active.session.edit({ ...active.session.state.content, title: named }, i18n.t('Rename'));
      this.dashboard.remember(active);
    });
    await this.dashboard.attempt(renaming);
  }

  /** Into the bin; `list`: where it was one of many, rather than on the screen. */
  async remove(layout: Pick<Layout, 'id' | 'title'>, list?: LayoutList): Promise<void> {
    const { toasts } = this.dashboard;
    this.dashboard.openDialog(null);
    await this.dashboard.attempt(
      layoutCalls.remove(layout.id).then(async () => {
        await this.dashboard.close(layout.id);
        list?.gone();
        toasts.show('good', i18n.t('“{title}” was deleted.', { title: layout.title }), {
          label: i18n.t('Undo'),
          run: () => void this.restore(layout, list),
        });
      }),
    );
  }

  /** Out of the bin, onto the screen, or into its list. */
  async restore({ id, title }: Pick<Layout, 'id' | 'title'>, list?: LayoutList): Promise<void> {
    await this.dashboard.attempt(
      restoreLayout(id).then(async () => {
        const open = this.dashboard.layout(id);
        if (list) list.back();
        else await (open ? open.session.refresh() : this.dashboard.go(layoutPath(id)));
        this.dashboard.toasts.show('good', i18n.t('“{title}” is back.', { title }));
      }),
    );
  }

  async resetMine(): Promise<void> {
    const { active, toasts } = this.dashboard;
    if (!active) return;
    await this.dashboard.attempt(active.session.resetMine().then(() => toasts.show('good', i18n.t('Back to the settings of the layout.'))));
  }

  async restoreDraft(): Promise<void> {
    const { active } = this.dashboard;
    if (active) await this.dashboard.attempt(active.session.restoreDraft().then(() => this.setMode('edit')));
  }

  async signOut(): Promise<void> {
    const signOut = async (): Promise<void> => {
      const more = await ask(api.POST('/session/sign-out'));
      await this.dashboard.forgetSeen();
      location.assign(more?.endSessionUrl ?? '/');
    };
    await this.dashboard.attempt(signOut());
  }

  /** `message`: what was given with it, which a merge keeps. */
  async #saved(open: OpenLayout, outcome: SaveOutcome, message?: string): Promise<void> {
    if (outcome.kind === 'stale') {
      const { theirs, merged } = outcome.proposal;
      const isOwn = otherWhoSaved(theirs, this.dashboard.store.getSnapshot().session.user.id) === null;
      // What one saved oneself on another page, and does not touch this, is nothing to be asked about.
      if (isOwn && merged.conflicts.length === 0) return this.#mergeAndSave(open, outcome.proposal, {}, message);
      this.dashboard.openDialog({ kind: 'merge', proposal: outcome.proposal, message });
    }
    if (outcome.kind !== 'saved') return;
    this.dashboard.toasts.show('good', i18n.t('Saved.'));
    this.dashboard.remember(open);
  }
}

/** Never saved by hand, and under the name that it was given for want of another. */
const isUnnamed = ({ session: { state } }: OpenLayout): boolean =>
  state.dirty && state.layout.revision === 1 && isUntitled(state.content.title);
