/** All that a dashboard asks for, tells and listens to by itself, for as long as its page lives. */
import { onSignedOut } from '../api/client';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { followKioskQuery } from '../dashboard/kiosk/kiosk';
import { fetchSpeech } from '../workspace/panel-voice';
import { fetchBanners } from './Banners';

/** Ends with the signal. `settled`: until then nothing is asked for that the first picture does not need. */
export function attachToPage(dashboard: DashboardController, settled: Promise<void>, signal: AbortSignal): void {
  dashboard.tracking.start(signal);
  signal.addEventListener(
    'abort',
    onSignedOut(() => dashboard.store.patch({ signedOut: true })),
  );
  void settled.then(() => {
    if (signal.aborted) return;
    void dashboard.live.start(signal);
    // Whatever has to be said then may be that nothing can be fetched any more.
    void fetchSpeech();
    void fetchBanners();
    void dashboard.printing.start(signal);
    void dashboard.clipboard.start(signal);
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
}
