import { emptyLayout } from '@datamesh/layout';
import { api, ask } from '../api/client';
import { layoutCalls } from '../layouts/layoutCalls';
import type { SaveOutcome } from '../layouts/layoutState';
import type { Choices, MergeProposal } from '../layouts/merging';
import type { Mode } from '../workspace/types';
import type { Desk } from './desk';
import type { OpenLayout } from './openLayout';
import { layoutPath } from './route';

/** What a person can do with the layout that is shown. None rejects: problems are told, with a way on. */
export class LayoutActions {
  constructor(private readonly desk: Desk) {}

  async setMode(mode: Mode): Promise<void> {
    const { active, toasts } = this.desk;
    if (!active) return;
    try {
      await active.setMode(mode);
    } catch (cause) {
      console.error(cause);
      const again = { label: 'Try again', run: () => void this.setMode(mode) };
      toasts.show('bad', 'The editor could not be loaded. Check the connection and try again.', again);
      return;
    }
    if (mode === 'view') this.desk.openDrawer(null);
    else if (active.session.state.mine)
      toasts.show('info', 'You are editing what everybody sees; your own settings are set aside.', {
        label: 'Use mine for everybody',
        run: () => void this.desk.attempt(active.session.foldMineIn()),
      });
  }

  async save(): Promise<void> {
    const { active } = this.desk;
    if (!active?.session.state.mayEdit || this.desk.store.getSnapshot().dialog) return;
    await this.desk.attempt(
      active.session.save().then((outcome) => this.#saved(active, outcome)),
      { label: 'Try again', run: () => void this.save() },
    );
  }

  async mergeAndSave(proposal: MergeProposal, choices: Choices): Promise<void> {
    const { active } = this.desk;
    if (!active) return;
    this.desk.openDialog(null);
    await this.desk.attempt(active.session.mergeAndSave(proposal, choices).then((outcome) => this.#saved(active, outcome)));
  }

  /** A layout of one's own with everything that is on the screen. */
  async makeCopy(): Promise<void> {
    const { active, toasts } = this.desk;
    if (!active) return;
    this.desk.openDialog(null);
    const title = `${active.session.state.content.title} (my copy)`.slice(-120);
    await this.desk.attempt(
      active.session.saveAsMine(title).then(async (copy) => {
        await this.desk.go(layoutPath(copy.id));
        toasts.show('good', 'This copy is your own. Change it as you like.');
      }),
    );
  }

  async newLayout(): Promise<void> {
    await this.desk.attempt(
      layoutCalls.create(emptyLayout('Untitled layout')).then(async ({ id }) => {
        await this.desk.go(layoutPath(id));
        await this.addFirst();
      }),
    );
  }

  /** Ready to put something into an empty layout. */
  async addFirst(): Promise<void> {
    await this.setMode('edit');
    if (this.desk.active?.mode.getSnapshot().mode === 'edit') this.desk.openDrawer({ kind: 'marketplace' });
  }

  rename(title: string): void {
    const { active } = this.desk;
    this.desk.openDialog(null);
    const named = title.trim().slice(0, 120);
    if (!active || !named) return;
    active.session.edit({ ...active.session.state.content, title: named }, 'Rename');
    this.desk.remember(active);
  }

  async remove(): Promise<void> {
    const { active, toasts } = this.desk;
    this.desk.openDialog(null);
    if (!active) return;
    const { title } = active.session.state.layout;
    await this.desk.attempt(
      layoutCalls.remove(active.id).then(async () => {
        await this.desk.close(active.id);
        toasts.show('good', `“${title}” was deleted.`);
      }),
    );
  }

  async resetMine(): Promise<void> {
    const { active, toasts } = this.desk;
    if (!active) return;
    await this.desk.attempt(active.session.resetMine().then(() => toasts.show('good', 'Back to the settings of the layout.')));
  }

  async restoreDraft(): Promise<void> {
    const { active } = this.desk;
    if (active) await this.desk.attempt(active.session.restoreDraft().then(() => this.setMode('edit')));
  }

  async signOut(): Promise<void> {
    await this.desk.attempt(ask(api.POST('/session/sign-out')).then(() => location.assign('/')));
  }

  #saved(open: OpenLayout, outcome: SaveOutcome): void {
    if (outcome.kind === 'stale') this.desk.openDialog({ kind: 'merge', proposal: outcome.proposal });
    if (outcome.kind !== 'saved') return;
    this.desk.toasts.show('good', 'Saved.');
    this.desk.remember(open);
  }
}
