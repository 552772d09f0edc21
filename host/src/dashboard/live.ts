import { openEventStream } from '../api/events';
import type { Notice } from '../layouts/layout-state';
import { verifyAudit } from './audit-watch';
import { browserAhead } from './last-seen/browser-ahead';
import type { KeptSeen } from './last-seen/last-seen';
import { PinsAhead } from './last-seen/pins-ahead';
import { SeenPlaces } from './last-seen/seen-places';
import { onRegistryEvent, resync, showNotice } from './live-updates';
import { browserKeeper, Notifications } from './notifications/keeper';
import type { OpenDashboard } from './open-dashboard';
import { reportOpenDashboard } from './open-dashboard-report';
import { offerReloads, reloadPage } from './page-reload';
import { createPresence, type Presence } from './presence/presence';

/** What a dashboard hears, tells and keeps by itself. None of it is part of the first picture: its code comes after that. */
export class Live {
  readonly notifications: Notifications;
  readonly presence: Presence;
  readonly seen: SeenPlaces;
  readonly pinsAhead: PinsAhead;

  constructor(
    private readonly dashboard: OpenDashboard,
    lastSeen: KeptSeen,
  ) {
    const { store } = dashboard;
    this.notifications = new Notifications(store.getSnapshot().session.user.id, browserKeeper);
    const showTold = (): void => store.patch({ notifications: this.notifications.store.getSnapshot().entries });
    this.notifications.store.subscribe(showTold);
    showTold();
    this.presence = createPresence(dashboard);
    this.seen = new SeenPlaces(dashboard, lastSeen);
    this.pinsAhead = new PinsAhead(dashboard, this.seen, browserAhead);
  }

  /** Ends with the signal. */
  start(signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#listen(signal);
    this.pinsAhead.start(signal);
    this.presence.start(signal);
    this.notifications.start(signal);
    offerReloads(this.dashboard, signal);
    reportOpenDashboard(() => [...this.dashboard.layouts()].flatMap((open) => open.workspace.panels()), signal);
  }

  /** What a layout has to tell. */
  showNotice(layout: string, notice: Notice): void {
    showNotice(this.dashboard, layout, notice);
  }

  /** With all that is open, or what keeps it here is said. */
  reload(): Promise<void> {
    return reloadPage(this.dashboard);
  }

  verifyAudit(): Promise<void> {
    return verifyAudit(this.dashboard);
  }

  /** Whatever happened since the first answers is asked for as soon as the stream is there. */
  #listen(signal: AbortSignal): void {
    const { dashboard } = this;
    const stream = openEventStream(dashboard.store.getSnapshot().session.user.id, {
      event: (event) => onRegistryEvent(dashboard, event),
      state: (connection) => dashboard.store.patch({ connection, ...(connection === 'signed-out' ? { signedOut: true } : {}) }),
      resync: () => resync(dashboard),
    });
    signal.addEventListener('abort', () => stream.dispose());
  }
}
