import { api, ask, onSignedOut } from '../api/client';
import { nameIn } from '../remotes/resolution';
import { RunningReport, type RunningWidget } from './running-report';

/** Milliseconds. Only a look at what this page holds anyway; something is sent when it has changed, or once a minute. */
const LOOK = 2_000;

/** Tells the registry which versions run in this page, until the signal, and no longer than the page and its session are there. */
export function reportOpenDashboard(panels: () => readonly { widget: string; version: string | null }[], signal: AbortSignal): void {
  const page = crypto.randomUUID();
  const report = new RunningReport({
    running: () => panels().flatMap(runningIn),
    send: async (widgets) => {
      await ask(api.PUT('/open-dashboards/{page}', { params: { path: { page } }, body: { widgets } }));
    },
    now: () => performance.now(),
  });
  const timer = setInterval(() => void report.look(), LOOK);
  const stop = (): void => clearInterval(timer);
  signal.addEventListener('abort', stop);
  signal.addEventListener('abort', onSignedOut(stop));
  addEventListener(
    'pagehide',
    () => {
      report.forget();
      // What answers a page that is left reaches nobody.
      void fetch(`/api/v1/open-dashboards/${page}`, { method: 'DELETE', keepalive: true }).catch(() => undefined);
    },
    { signal },
  );
}

function runningIn({ widget, version }: { widget: string; version: string | null }): RunningWidget[] {
  return version === null ? [] : [{ name: nameIn(widget), version }];
}
