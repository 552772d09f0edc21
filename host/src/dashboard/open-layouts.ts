import type { Tracking } from '../api/tracking';
import { listOf } from '../language/formats';
import { i18n } from '../language/i18n';
import { layoutCalls } from '../layouts/layout-calls';
import { noteOpened } from '../layouts/library-marks';
import { localDrafts } from '../layouts/local-drafts';
import { localMine } from '../layouts/local-mine';
import { browserClock } from '../layouts/ports';
import { pathOf } from './address';
import { type CarriedLayout, takeCarried } from './carried';
import type { Place } from './loading';
import { VersionNews } from './notifications/version-news';
import type { OpenDashboard } from './open-dashboard';
import { OpenLayout, type OpenLayoutPorts } from './open-layout';
import { noteLastShown } from './start-page';

/** Milliseconds in which a layout that is looked at again is not noted again. */
const NOTED_FOR = 300_000;

/** Every layout that is loaded, shown or not. */
export class OpenLayouts {
  /** Workspaces hang in here, outside React: it must never touch them. */
  readonly stage = document.createElement('div');
  readonly #versions: VersionNews;
  readonly #open = new Map<string, OpenLayout>();
  readonly #carried: Map<string, CarriedLayout>;
  /** When it was last noted that a layout was opened, by its id. */
  readonly #notedAt = new Map<string, number>();

  constructor(
    private readonly dashboard: OpenDashboard,
    private readonly user: string,
    private readonly tracking: Tracking,
    private readonly copy: OpenLayoutPorts['copy'],
  ) {
    this.stage.className = 'stage';
    this.#versions = new VersionNews(dashboard);
    this.#carried = takeCarried(user, () => sessionStorage);
  }

  [Symbol.iterator](): Iterator<OpenLayout> {
    return this.#open.values();
  }

  get(id: string): OpenLayout | undefined {
    return this.#open.get(id);
  }

  at(path: string): OpenLayout | undefined {
    return [...this].find((open) => pathOf(open) === path);
  }

  /** As the page before had them, which nobody has opened on this one. */
  get untouched(): ReadonlyMap<string, CarriedLayout> {
    return this.#carried;
  }

  create({ answer, pin }: Place & { kind: 'layout' }): OpenLayout {
    const { dashboard } = this;
    const { id } = answer.layout;
    const ports: OpenLayoutPorts = {
      session: {
        user: this.user,
        calls: layoutCalls,
        drafts: localDrafts(this.user, localStorage),
        mine: localMine(this.user, localStorage, sessionStorage, browserClock.now),
        clock: browserClock,
        notice: (notice) => dashboard.showNotice(id, notice),
      },
      resolutions: dashboard.resolutions,
      tracking: this.tracking,
      openSettings: (panel) => dashboard.openDrawer({ kind: 'settings', panel }),
      copy: this.copy,
      chooseWidget: (at, from) => dashboard.openDrawer({ kind: 'marketplace', at, from }),
      closed: (title, unwired, putBack) =>
        dashboard.toasts.show('info', closedText(title, unwired), {
          label: i18n.t('Undo'),
          run: () => void dashboard.attempt(putBack()),
        }),
      notify: dashboard.toasts.show,
      report: (event) => this.#versions.onPanelReport(event),
    };
    const open = new OpenLayout(answer, pin, ports, dashboard.store.getSnapshot().asOf !== null, this.#carried.get(id));
    this.#carried.delete(id);
    this.#open.set(id, open);
    this.stage.append(open.element);
    return open;
  }

  drop(id: string): void {
    this.#open.get(id)?.dispose();
    this.#open.delete(id);
    this.#carried.delete(id);
  }

  /** null: something else than a layout is shown. */
  showOnly(shown: OpenLayout | null): void {
    for (const other of this) if (other !== shown) other.setVisible(false);
    shown?.setVisible(true);
  }

  /** Somebody has come to look at it. Going to and fro between tabs is one look. */
  noteLook(open: OpenLayout): void {
    this.tracking.page(open.id);
    // Power users have their tabs to come back by.
    if (!this.dashboard.powerUser) noteLastShown(this.user, pathOf(open), localStorage);
    const now = browserClock.now();
    if (open.session.state.gone || now - (this.#notedAt.get(open.id) ?? 0) < NOTED_FOR) return;
    this.#notedAt.set(open.id, now);
    void this.dashboard.attempt(noteOpened(open.id), undefined, 'silent');
  }
}

const closedText = (title: string, unwired: readonly string[]): string =>
  unwired.length === 0
    ? i18n.t('{title} was closed.', { title })
    : i18n.t('{title} was closed, and with it the {count, plural, one {wire} other {wires}} to {panels}.', {
        title,
        count: unwired.length,
        panels: listOf(unwired),
      });
