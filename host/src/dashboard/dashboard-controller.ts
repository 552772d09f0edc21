import type { Layout, ResolutionItem, Session } from '@datamesh/contracts';
import { api, ask } from '../api/client';
import type { Outage } from '../api/keep-asking';
import { pause } from '../api/pause';
import { ApiProblem, asProblem } from '../api/problem';
import { Tracking } from '../api/tracking';
import { i18n } from '../language/i18n';
import type { Notice } from '../layouts/layout-state';
import { forgetMine } from '../layouts/local-mine';
import { readTabs, type SavedTab, writeTabs } from '../layouts/open-tabs';
import { Resolutions } from '../remotes/resolutions';
import { fetchCode, type Later, later, once } from '../ui/later';
import { Store } from '../ui/store';
import { type ToastAction, Toasts } from '../ui/toasts';
import { navigate, pathOf, titleOf } from './address';
import type { CarriedLayout } from './carried';
import { kioskQuery } from './kiosk/interval';
import { followKioskQuery } from './kiosk/kiosk';
import type { KeptSeen } from './last-seen/last-seen';
import { type OrSeen, orLastSeen } from './last-seen/or-last-seen';
import type { PinsAhead } from './last-seen/pins-ahead';
import type { Seen } from './last-seen/seen';
import type { SeenPlaces } from './last-seen/seen-places';
import type { LayoutActions } from './layout-actions';
import type { Live } from './live';
import { isPowerUser, loadPlace, loadPlaceFor, type Place } from './loading';
import type { Notifications } from './notifications/keeper';
import type { DashboardState, Dialog, Drawer, History, OpenDashboard } from './open-dashboard';
import type { OpenLayout } from './open-layout';
import { OpenLayouts } from './open-layouts';
import type { PanelClipboard } from './panel-clipboard';
import { ALONE } from './presence/company';
import type { Presence } from './presence/presence';
import type { Printing } from './print/printing';
import { departmentPath, layoutPath, pinPath } from './route';
import { WidgetNews } from './widget-news';

/** The open dashboard: which layouts are open, and which one is shown. */
export class DashboardController implements OpenDashboard {
  readonly store: Store<DashboardState>;
  readonly toasts = new Toasts();
  readonly news = new WidgetNews();
  readonly tracking = new Tracking();
  readonly powerUser: boolean;
  readonly actions: Later<LayoutActions>;
  readonly clipboard: Later<PanelClipboard>;
  readonly printing: Later<Printing>;
  readonly live: Later<Live>;
  readonly notifications: Later<Notifications>;
  readonly presence: Later<Presence>;
  readonly pinsAhead: Later<PinsAhead>;
  readonly resolutions = new Resolutions({
    ask: async (widgets): Promise<ResolutionItem[]> => (await ask(api.POST('/resolve', { body: { widgets } }))).items,
  });
  readonly #layouts: OpenLayouts;
  /** Aborted once somebody goes elsewhere than where `go` is still asking for. */
  #leaving = new AbortController();

  readonly #seen: Later<SeenPlaces>;
  private readonly session: Session;

  /** `first`: as the server says, or as it was last seen. Nothing is listened to, nor told, before attachToPage of host/src/app. */
  constructor(first: { session: Session; place: Place } | Seen, lastSeen: KeptSeen) {
    const { session, place } = first;
    this.session = session;
    this.powerUser = isPowerUser(session);
    const actions = once(async () => {
      const { createActions } = await fetchCode(() => import(/* webpackChunkName: "actions" */ './actions'));
      return createActions(this);
    });
    this.actions = later(async () => (await actions()).layout);
    this.clipboard = later(async () => (await actions()).clipboard);
    this.printing = later(async () => (await actions()).printing);
    const live = once(async () => {
      const { Live } = await fetchCode(() => import(/* webpackChunkName: "live" */ './live'));
      return new Live(this, lastSeen);
    });
    this.live = later(live);
    this.notifications = later(async () => (await live()).notifications);
    this.presence = later(async () => (await live()).presence);
    this.pinsAhead = later(async () => (await live()).pinsAhead);
    this.#seen = later(async () => (await live()).seen);
    this.#layouts = new OpenLayouts(this, session.user.id, this.tracking, (from, panels) => void this.clipboard.copy(from, panels));
    this.store = new Store<DashboardState>({
      session,
      tabs: this.powerUser ? readTabs(session.user.id, localStorage).tabs : [],
      place: { kind: 'loading', path: place.path },
      coming: null,
      drawer: null,
      dialog: null,
      connection: 'connecting',
      signedOut: false,
      asOf: null,
      auditBroken: null,
      accessRequests: [],
      company: ALONE,
      notifications: [],
      reload: false,
      kiosk: null,
      printing: false,
    });
    followKioskQuery(this);
    if ('at' in first) this.#arriveAsSeen(first, 'replace');
    else this.#arrive(place, 'replace');
  }

  get active(): OpenLayout | null {
    const { place } = this.store.getSnapshot();
    return place.kind === 'layout' ? place.open : null;
  }

  /** Whether one may share, delete and restore it. */
  looksAfter({ owner }: Pick<Layout, 'owner'>): boolean {
    const { user } = this.session;
    return owner === `user:${user.id}` || user.roles.includes('admin');
  }

  /** What the layouts are shown in. */
  get stage(): HTMLElement {
    return this.#layouts.stage;
  }

  layouts(): Iterable<OpenLayout> {
    return this.#layouts;
  }

  get untouched(): ReadonlyMap<string, CarriedLayout> {
    return this.#layouts.untouched;
  }

  layout(id: string): OpenLayout | undefined {
    return this.#layouts.get(id);
  }

  async go(path: string, history: History = 'push'): Promise<void> {
    const open = this.#layouts.at(path);
    if (open) return this.#show(open, path, history);
    // Where the address leads there already, what is shown has no place any more.
    const pinned = history === 'stay' ? undefined : this.#pinnedBeside(path);
    if (pinned !== undefined) return this.#goBeside(path, pinned, history);
    const { signal } = this.#leave();
    this.store.patch({ place: { kind: 'loading', path }, drawer: null });
    this.#layouts.showOnly(null);
    const loaded = await this.#load(path, (outage) => this.store.patch({ place: { kind: 'loading', path, outage } }), signal);
    if (loaded) this.#arriveLoaded(loaded, history);
  }

  /** What was asked for and has not come is not wanted any more. */
  stay(): void {
    this.#leave();
  }

  async prepare(path: string): Promise<boolean> {
    if (this.#layouts.at(path)) return true;
    let place: Place;
    try {
      place = await loadPlace(path);
    } catch (cause) {
      if (asProblem(cause).isOffline && (await this.#seen.find(path))) return true;
      throw cause;
    }
    if (place.kind !== 'layout' || place.path !== path) return false;
    const known = this.#layouts.get(place.answer.layout.id);
    if (known) known.pin = place.pin;
    else this.#settleSilently(this.#layouts.create(place));
    return true;
  }

  async close(id: string): Promise<void> {
    const { tabs, place } = this.store.getSnapshot();
    const at = tabs.findIndex((tab) => tab.id === id);
    const left = tabs.filter((tab) => tab.id !== id);
    const shown = tabs[at]?.path === place.path;
    this.#layouts.drop(id);
    this.#setTabs(left);
    if (!shown) return;
    const next = left[Math.min(at, left.length - 1)];
    const department = this.session.departments[0];
    await this.go(next?.path ?? (department ? departmentPath(department.id) : '/'));
  }

  leave(id: string): void {
    const { active } = this;
    this.#layouts.drop(id);
    if (active?.id === id) void this.go(layoutPath(id), 'replace');
  }

  openDrawer(drawer: Drawer | null): void {
    this.store.patch({ drawer });
  }

  openDialog(dialog: Dialog | null): void {
    this.store.patch({ dialog });
  }

  remember(open: OpenLayout): void {
    const { title } = open.session.state.content;
    if (this.active === open) document.title = `${title} · Data Mesh`;
    const tab: SavedTab = { id: open.id, title, path: pathOf(open) };
    const { tabs } = this.store.getSnapshot();
    const known = tabs.some(({ id }) => id === open.id);
    this.#setTabs(known ? tabs.map((other) => (other.id === open.id ? tab : other)) : [...tabs, tab]);
  }

  /** The shown layout is no longer what its department pins. */
  showOwnPath(): void {
    const { active } = this;
    if (!active) return;
    const path = pathOf(active);
    this.#navigate(path, 'replace');
    this.store.patch({ place: { kind: 'layout', path, open: active } });
  }

  async forgetSeen(): Promise<void> {
    forgetMine(localStorage, sessionStorage);
    await this.notifications.forget();
    await this.#seen.forget();
  }

  async withdrawSeen(version: string): Promise<void> {
    await this.#seen.withdraw(version);
    await this.pinsAhead.forgotten();
  }

  showNotice(layout: string, notice: Notice): void {
    void this.live.showNotice(layout, notice);
  }

  /** Problems become a toast with what can be done about them; anything else is a defect and goes to the console. */
  async attempt(work: Promise<unknown>, again?: ToastAction, how: 'told' | 'silent' = 'told'): Promise<void> {
    try {
      await work;
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) console.error(cause);
      const problem = asProblem(cause);
      // That one is no longer signed in is said by a banner, once.
      if (how === 'silent' || problem.status === 401) return;
      const end = /[.!?]$/.test(problem.message) ? '' : '.';
      const kept = this.active?.session.state.dirty ? ` ${i18n.t('Your changes are kept as a draft.')}` : '';
      this.toasts.show('bad', `${problem.message}${end}${kept}`, ...(problem.isTemporary && again ? [again] : []));
    }
  }

  /** What is asked for elsewhere is asked for no longer. */
  #leave(): AbortController {
    this.#leaving.abort();
    this.#leaving = new AbortController();
    if (this.store.getSnapshot().coming) this.store.patch({ coming: null });
    return this.#leaving;
  }

  /** The title of one that the shown layout's department pins as well. */
  #pinnedBeside(path: string): string | undefined {
    const { active } = this;
    const { department, pinned } = active?.pin ?? {};
    return department && pinned?.find(({ layout }) => pinPath(department, layout) === path)?.title;
  }

  /** The layout that is shown stays until the other one is there: in an outage nobody is left without either. */
  async #goBeside(path: string, title: string, history: History): Promise<void> {
    const { coming } = this.store.getSnapshot();
    if (coming?.path === path) return coming.outage?.askNow();
    const { signal } = this.#leave();
    this.store.patch({ coming: { path, title, outage: null } });
    let goesOn = false;
    const use = (): void => {
      goesOn = this.store.getSnapshot().coming?.outage != null;
    };
    for (const type of ['pointerdown', 'keydown']) this.stage.addEventListener(type, use, { capture: true, signal });
    const loaded = await this.#load(path, (outage) => this.store.patch({ coming: { path, title, outage } }), signal);
    if (!loaded) return;
    if (!goesOn) return this.#arriveLoaded(loaded, history);
    // What somebody has gone on with is not taken from them by what they asked for back then.
    this.#leave();
    this.toasts.show('info', i18n.t('“{title}” can be shown again.', { title }), {
      label: i18n.t('Show it'),
      run: () => void this.go(path),
    });
  }

  /** Undefined where somebody went elsewhere meanwhile. */
  async #load(path: string, onOutage: (outage: Outage) => void, leaving: AbortSignal): Promise<OrSeen<Place, Seen> | undefined> {
    let loaded: OrSeen<Place, Seen>;
    try {
      loaded = await orLastSeen(
        () => loadPlaceFor(this.session, path),
        () => this.#seen.find(path),
        (outage) => leaving.aborted || onOutage(outage),
        { wait: pause, random: Math.random },
        leaving,
      );
    } catch (cause) {
      loaded = { answer: { kind: 'problem', path, problem: asProblem(cause) } };
    }
    return leaving.aborted ? undefined : loaded;
  }

  #arriveLoaded({ answer, seen }: OrSeen<Place, Seen>, history: History): void {
    if (seen) this.#arriveAsSeen(seen, history);
    else this.#arrive(answer, history);
  }

  /** What was last seen there, until it is known what is so now. */
  #arriveAsSeen({ at, place }: Seen, history: History): void {
    this.store.patch({ asOf: at });
    this.#arrive(place, history);
    void this.#seen.catchUp(place.path);
  }

  #arrive(place: Place, history: History): void {
    this.#leave();
    if (place.kind !== 'layout') {
      this.#layouts.showOnly(null);
      this.#navigate(place.path, history);
      document.title = titleOf(place);
      this.store.patch({ place, drawer: null });
      return;
    }
    const { id } = place.answer.layout;
    const known = this.#layouts.get(id);
    // Somebody who only looks has no tabs to come back by: only what their department pins beside it stays, for a key's press.
    if (!this.powerUser)
      for (const other of [...this.#layouts]) {
        const beside = place.pin?.pinned.some(({ layout }) => layout === other.id);
        if (other.id !== id && !beside && !other.session.state.dirty) this.#layouts.drop(other.id);
      }
    const open = known ?? this.#layouts.create(place);
    if (place.pin) open.pin = place.pin;
    this.#show(open, place.path, history);
    if (!known) this.#settleSilently(open);
  }

  #settleSilently(open: OpenLayout): void {
    void this.attempt(this.#settle(open), undefined, 'silent');
  }

  /** Unsaved changes of the page before may have another title. */
  async #settle(open: OpenLayout): Promise<void> {
    await open.arrive();
    if (this.#layouts.get(open.id) === open) this.remember(open);
  }

  #show(open: OpenLayout, path: string, history: History): void {
    const again = this.active === open;
    this.#leave();
    this.#navigate(path, history);
    this.#layouts.showOnly(open);
    this.store.patch({ place: { kind: 'layout', path, open }, ...(again ? {} : { drawer: null }) });
    this.remember(open);
    if (!again) this.#layouts.noteLook(open);
  }

  #navigate(path: string, history: History): void {
    const { kiosk } = this.store.getSnapshot();
    // Nobody goes back and forth in a kiosk, and its history would grow for weeks.
    navigate(path, kiosk && history === 'push' ? 'replace' : history, kiosk ? kioskQuery(kiosk.interval) : '');
  }

  #setTabs(tabs: SavedTab[]): void {
    this.store.patch({ tabs });
    if (this.powerUser) writeTabs(this.session.user.id, { tabs, active: this.active?.id ?? null }, localStorage);
  }
}
