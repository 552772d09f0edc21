/** All that a dashboard asks for, tells and listens to by itself, for as long as its page lives. */
import { onSignedOut } from '../api/client';
import { openEventStream } from '../api/events';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { followKioskQuery } from '../dashboard/kiosk/kiosk';
import { onRegistryEvent, resync } from '../dashboard/live-updates';
import { reportOpenDashboard } from '../dashboard/open-dashboard-report';
import { offerReloads } from '../dashboard/page-reload';

/** Ends with the signal. `settled`: until then nothing is asked for that the first picture does not need. */
export function attachToPage(dashboard: DashboardController, settled: Promise<void>, signal: AbortSignal): void {
  dashboard.tracking.start(signal);
  signal.addEventListener(
    'abort',
    onSignedOut(() => dashboard.store.patch({ signedOut: true })),
  );
  void settled.then(() => {
    listen(dashboard, signal);
    dashboard.pinsAhead.start(signal);
  });
  addEventListener(
    'popstate',
    () => {
      followKioskQuery(dashboard);
      void dashboard.go(location.pathname, 'stay');
    },
    { signal },
  );
  addEventListener(
    'pagehide',
    () => {
      for (const open of dashboard.layouts()) open.session.leave();
    },
    { signal },
  );
  dashboard.presence.start(signal);
  dashboard.notifications.start(signal);
  dashboard.printing.start(signal);
  dashboard.clipboard.start(signal);
  offerReloads(dashboard, signal);
  reportOpenDashboard(() => [...dashboard.layouts()].flatMap((open) => open.workspace.panels()), signal);
}

/** Whatever happened since the first answers is asked for as soon as the stream is there. */
function listen(dashboard: DashboardController, signal: AbortSignal): void {
  if (signal.aborted) return;
  const stream = openEventStream(dashboard.store.getSnapshot().session.user.id, {
    event: (event) => onRegistryEvent(dashboard, event),
    state: (connection) => dashboard.store.patch({ connection, ...(connection === 'signed-out' ? { signedOut: true } : {}) }),
    resync: () => resync(dashboard),
  });
  signal.addEventListener('abort', () => stream.dispose());
}
