import type { LayoutContent, RegistryEvent, ResolutionItem, Session } from '@datamesh/contracts';
import { emptyLayout } from '@datamesh/layout';
import { api, ask, onSignedOut } from '../api/client';
import type { StreamState } from '../api/eventStream';
import { openEventStream } from '../api/events';
import { ApiProblem, asProblem } from '../api/problem';
import { Tracking } from '../api/tracking';
import { layoutCalls } from '../layouts/layoutCalls';
import type { Notice } from '../layouts/layoutSession';
import { localDrafts } from '../layouts/localDrafts';
import type { Choices, MergeProposal } from '../layouts/merging';
import { readTabs, type SavedTab, writeTabs } from '../layouts/openTabs';
import { browserClock } from '../layouts/ports';
import { Store } from '../layouts/store';
import { Resolutions } from '../remotes/resolutions';
import type { Mode } from '../workspace/types';
import { isPowerUser, loadPlace, type Place } from './loading';
import { OpenLayout } from './openLayout';
import { departmentPath, layoutPath } from './route';
import { Toasts } from './toasts';

export type Drawer = { kind: 'marketplace' } | { kind: 'settings'; panel: string };
export type Dialog = { kind: 'merge'; proposal: MergeProposal } | { kind: 'layouts' } | { kind: 'rename' } | { kind: 'delete' };

export interface DeskState {
  session: Session;
  tabs: SavedTab[];
  /** What the stage shows; `loading` while a layout is fetched. */
  place: Exclude<Place, { kind: 'layout' }> | { kind: 'layout'; path: string; open: OpenLayout } | { kind: 'loading'; path: string };
  drawer: Drawer | null;
  dialog: Dialog | null;
  connection: StreamState;
  signedOut: boolean;
}

/** The open dashboard: which layouts are open, which one is shown, and everything a person can do with it. */
export class Desk {
  readonly store: Store<DeskState>;
  readonly toasts = new Toasts();
  readonly powerUser: boolean;
  /** Workspaces hang in here, outside React: it must never touch them. */
  readonly stage = document.createElement('div');
  readonly #resolutions = new Resolutions({
    ask: async (widgets): Promise<ResolutionItem[]> => (await ask(api.POST('/resolve', { body: { widgets } }))).items,
  });
  readonly #tracking = new Tracking();
  readonly #open = new Map<string, OpenLayout>();
  readonly #stream: { dispose(): void };

  constructor(
    private readonly session: Session,
    first: Place,
  ) {
    this.stage.className = 'stage';
    this.powerUser = isPowerUser(session);
    const tabs = this.powerUser ? readTabs(session.user.id, localStorage).tabs : [];
    this.store = new Store<DeskState>({
      session,
      tabs,
      place: { kind: 'loading', path: first.path },
      drawer: null,
      dialog: null,
      connection: 'connecting',
      signedOut: false,
    });
    onSignedOut(() => this.store.patch({ signedOut: true }));
    this.#stream = openEventStream(session.user.id, {
      event: (event) => this.#hear(event),
      state: (connection) => this.store.patch({ connection, ...(connection === 'signed-out' ? { signedOut: true } : {}) }),
      resync: () => this.#resync(),
    });
    addEventListener('popstate', () => void this.go(location.pathname, 'stay'));
    addEventListener('pagehide', () => this.active?.session.leave());
    this.#arrive(first, 'replace');
  }

  get active(): OpenLayout | null {
    const { place } = this.store.getSnapshot();
    return place.kind === 'layout' ? place.open : null;
  }

  /** The layout, when it is loaded. */
  layout(id: string): OpenLayout | undefined {
    return this.#open.get(id);
  }

  /** Shows a path: at once when its layout is open. */
  async go(path: string, history: 'push' | 'replace' | 'stay' = 'push'): Promise<void> {
    const open = [...this.#open.values()].find((layout) => this.#pathOf(layout) === path);
    if (open) return this.#showLayout(open, path, history);
    this.store.patch({ place: { kind: 'loading', path }, drawer: null });
    this.#hideAll();
    let place: Place;
    try {
      place = await loadPlace(path);
    } catch (cause) {
      place = { kind: 'problem', path, problem: asProblem(cause) };
    }
    // Somebody may have gone elsewhere meanwhile.
    if (this.store.getSnapshot().place.path === path) this.#arrive(place, history);
  }

  async close(id: string): Promise<void> {
    const { tabs } = this.store.getSnapshot();
    const at = tabs.findIndex((tab) => tab.id === id);
    const left = tabs.filter((tab) => tab.id !== id);
    const wasActive = this.active?.id === id;
    this.#open.get(id)?.dispose();
    this.#open.delete(id);
    this.#setTabs(left);
    if (!wasActive) return;
    const next = left[Math.min(at, left.length - 1)];
    if (next) return this.go(next.path);
    const department = this.session.departments[0];
    await this.go(department ? departmentPath(department.id) : '/');
  }

  async setMode(mode: Mode): Promise<void> {
    const { active } = this;
    if (!active) return;
    try {
      await active.setMode(mode);
    } catch {
      this.toasts.show('bad', 'The editor could not be loaded. Check the connection and try again.', {
        label: 'Try again',
        run: () => void this.setMode(mode),
      });
      return;
    }
    if (mode === 'view') this.store.patch({ drawer: null });
    else if (active.session.state.mine)
      this.toasts.show('info', 'You are editing what everybody sees; your own settings are set aside.', {
        label: 'Use mine for everybody',
        run: () => void this.#attempt(active.session.foldMineIn()),
      });
  }

  async save(): Promise<void> {
    const { active } = this;
    if (!active?.session.state.mayEdit || this.store.getSnapshot().dialog) return;
    await this.#attempt(
      active.session.save().then((outcome) => this.#saved(active, outcome)),
      { label: 'Try again', run: () => void this.save() },
    );
  }

  /** From the merge dialog. */
  async mergeAndSave(proposal: MergeProposal, choices: Choices): Promise<void> {
    const { active } = this;
    if (!active) return;
    this.store.patch({ dialog: null });
    await this.#attempt(active.session.mergeAndSave(proposal, choices).then((outcome) => this.#saved(active, outcome)));
  }

  /** Clones what is on the screen and goes there, ready to edit. */
  async makeCopy(): Promise<void> {
    const { active } = this;
    if (!active) return;
    const { content } = active.session.state;
    this.store.patch({ dialog: null });
    await this.#attempt(
      active.session.saveAsMine(`${content.title} (my copy)`.slice(0, 120)).then(async (copy) => {
        await this.go(layoutPath(copy.id));
        this.toasts.show('good', 'This copy is your own. Change it as you like.');
      }),
    );
  }

  async newLayout(): Promise<void> {
    await this.#attempt(
      layoutCalls.create(emptyLayout('Untitled layout')).then(async ({ id }) => {
        await this.go(layoutPath(id));
        await this.setMode('edit');
        this.openDrawer({ kind: 'marketplace' });
      }),
    );
  }

  rename(title: string): void {
    const { active } = this;
    this.store.patch({ dialog: null });
    const named = title.trim().slice(0, 120);
    if (active && named) this.#edit(active, (content) => ({ ...content, title: named }), 'Rename');
  }

  async remove(): Promise<void> {
    const { active } = this;
    this.store.patch({ dialog: null });
    if (!active) return;
    await this.#attempt(
      layoutCalls.remove(active.id).then(async () => {
        await this.close(active.id);
        this.toasts.show('good', `“${active.session.state.layout.title}” was deleted.`);
      }),
    );
  }

  async resetMine(): Promise<void> {
    const { active } = this;
    if (active) await this.#attempt(active.session.resetMine().then(() => this.toasts.show('good', 'Back to the settings of the layout.')));
  }

  async restoreDraft(): Promise<void> {
    const { active } = this;
    if (active) await this.#attempt(active.session.restoreDraft().then(() => this.setMode('edit')));
  }

  async signOut(): Promise<void> {
    await this.#attempt(ask(api.POST('/session/sign-out')).then(() => location.assign('/')));
  }

  openDrawer(drawer: Drawer | null): void {
    this.store.patch({ drawer });
  }

  openDialog(dialog: Dialog | null): void {
    this.store.patch({ dialog });
  }

  get resolutions(): Resolutions {
    return this.#resolutions;
  }

  #edit(open: OpenLayout, change: (content: LayoutContent) => LayoutContent, label: string): void {
    open.session.edit(change(open.session.state.content), label);
    this.#remember(open);
  }

  #saved(open: OpenLayout, outcome: Awaited<ReturnType<OpenLayout['session']['save']>>): void {
    if (outcome.kind === 'stale') this.store.patch({ dialog: { kind: 'merge', proposal: outcome.proposal } });
    if (outcome.kind === 'saved') {
      this.toasts.show('good', 'Saved.');
      this.#remember(open);
    }
  }

  #arrive(place: Place, history: 'push' | 'replace' | 'stay'): void {
    if (place.kind !== 'layout') {
      this.#hideAll();
      this.#navigate(place.path, history);
      document.title = 'Data Mesh';
      this.store.patch({ place, drawer: null });
      return;
    }
    const { id } = place.answer.layout;
    const known = this.#open.get(id);
    // Somebody who only looks has one layout at a time and no tabs to come back by.
    if (!this.powerUser) for (const [other, layout] of [...this.#open]) if (other !== id && !layout.session.state.dirty) this.#drop(other);
    const open = known ?? this.#create(place);
    if (place.pin) open.pin = place.pin;
    this.#showLayout(open, place.path, history);
    if (!known) void this.#attempt(open.session.offerDraft(), undefined, 'silent');
  }

  #create(place: Place & { kind: 'layout' }): OpenLayout {
    const { id } = place.answer.layout;
    const open = new OpenLayout(place.answer, place.pin, {
      session: {
        calls: layoutCalls,
        drafts: localDrafts(this.session.user.id, localStorage),
        clock: browserClock,
        notice: (notice) => this.#notice(id, notice),
      },
      resolutions: this.#resolutions,
      tracking: this.#tracking,
      openSettings: (panel) => this.openDrawer({ kind: 'settings', panel }),
      notify: this.toasts.show,
    });
    this.#open.set(id, open);
    this.stage.append(open.element);
    return open;
  }

  #drop(id: string): void {
    this.#open.get(id)?.dispose();
    this.#open.delete(id);
  }

  #showLayout(open: OpenLayout, path: string, history: 'push' | 'replace' | 'stay'): void {
    for (const other of this.#open.values()) if (other !== open) other.setVisible(false);
    this.#navigate(path, history);
    open.setVisible(true);
    this.store.patch({ place: { kind: 'layout', path, open }, drawer: null });
    this.#remember(open);
    this.#tracking.page(open.id);
  }

  #hideAll(): void {
    for (const open of this.#open.values()) open.setVisible(false);
  }

  #navigate(path: string, history: 'push' | 'replace' | 'stay'): void {
    if (history === 'stay' || location.pathname === path) return;
    if (history === 'push') window.history.pushState(null, '', path);
    else window.history.replaceState(null, '', path);
  }

  #pathOf(open: OpenLayout): string {
    return open.pin ? departmentPath(open.pin.department.id) : layoutPath(open.id);
  }

  /** The tab's name and the page's title follow the layout. */
  #remember(open: OpenLayout): void {
    const { title } = open.session.state.content;
    if (this.active === open) document.title = `${title} · Data Mesh`;
    const tab: SavedTab = { id: open.id, title, path: this.#pathOf(open) };
    const { tabs } = this.store.getSnapshot();
    const known = tabs.some(({ id }) => id === open.id);
    this.#setTabs(known ? tabs.map((other) => (other.id === open.id ? tab : other)) : [...tabs, tab]);
  }

  #setTabs(tabs: SavedTab[]): void {
    this.store.patch({ tabs });
    if (this.powerUser) writeTabs(this.session.user.id, { tabs, active: this.active?.id ?? null }, localStorage);
  }

  #notice(id: string, notice: Notice): void {
    const open = this.#open.get(id);
    if (!open) return;
    const title = `“${open.session.state.content.title}”`;
    if (notice.kind === 'reloaded') {
      this.toasts.show('info', `${notice.by} changed ${title}. You see the newest version.`);
      this.#remember(open);
    } else if (notice.kind === 'newer') this.toasts.show('warn', `${notice.by} saved ${title} in between. Both are merged when you save.`);
    else if (notice.kind === 'gone')
      this.toasts.show('bad', `${title} was deleted.`, { label: 'Keep as a copy of my own', run: () => void this.makeCopy() });
    else this.toasts.show('bad', notice.problem.message);
  }

  #hear(event: RegistryEvent): void {
    const data = event.data as { layout?: string; revision?: number; deleted?: boolean; department?: string };
    if (event.type === 'layouts.changed') {
      const open = this.#open.get(data.layout ?? '');
      if (open) void this.#attempt(open.session.changed(data.revision ?? 0, data.deleted === true), undefined, 'silent');
    } else if (event.type === 'pins.changed') this.#pinChanged(data.department ?? '', data.layout ?? '');
    else this.#resolutions.apply(event);
  }

  #pinChanged(department: string, layout: string): void {
    const { place, session } = this.store.getSnapshot();
    const path = departmentPath(department);
    const before = [...this.#open.values()].find(({ pin }) => pin?.department.id === department);
    if (before?.id === layout) return;
    // What was pinned is from now on at its own address, so that the department's leads to the new one.
    if (before) {
      before.pin = null;
      this.#remember(before);
    }
    if (place.path !== path) return;
    if (place.kind !== 'layout') return void this.go(path, 'replace');
    if (this.active) this.#navigate(this.#pathOf(this.active), 'replace');
    const title = session.departments.find(({ id }) => id === department)?.title ?? department;
    this.toasts.show('info', `${title} pinned another layout.`, { label: 'Show it', run: () => void this.go(path) });
  }

  /** After a gap in the event stream. */
  #resync(): void {
    this.#resolutions.refresh();
    for (const open of this.#open.values()) void this.#attempt(open.session.refresh(), undefined, 'silent');
  }

  /** Problems become a toast with what can be done about them; anything else is a defect and goes to the console. */
  async #attempt(work: Promise<unknown>, again?: { label: string; run(): void }, how: 'told' | 'silent' = 'told'): Promise<void> {
    try {
      await work;
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) console.error(cause);
      if (how === 'silent') return;
      const problem = asProblem(cause);
      if (problem.status === 401) return;
      const kept = this.active?.session.state.dirty ? ' Your changes are kept as a draft.' : '';
      this.toasts.show('bad', `${problem.message}${kept}`, problem.isTemporary ? again : undefined);
    }
  }

  dispose(): void {
    this.#stream.dispose();
    this.#tracking.dispose();
    this.#resolutions.dispose();
    for (const id of [...this.#open.keys()]) this.#drop(id);
  }
}
