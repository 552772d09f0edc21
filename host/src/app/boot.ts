import { onSignedOut } from '../api/client';
import type { Outage } from '../api/keep-asking';
import { pause } from '../api/pause';
import { ApiProblem, asProblem } from '../api/problem';
import { DashboardController } from '../dashboard/dashboard-controller';
import { type OrSeen, orLastSeen } from '../dashboard/last-seen/or-last-seen';
import type { Seen } from '../dashboard/last-seen/seen';
import { loadFirst } from '../dashboard/loading';
import { missingSupport } from '../remotes/support';
import { fetchCode, later } from '../ui/later';
import { attachToPage } from './attach-to-page';
import { loadAhead } from './load-ahead';
import { keepOutageWorker } from './outage-worker';

export type Phase =
  | { kind: 'starting' }
  | { kind: 'waiting'; outage: Outage }
  | { kind: 'unsupported'; missing: string[] }
  | { kind: 'signed-out' }
  | { kind: 'failed'; problem: ApiProblem }
  | { kind: 'ready'; controller: DashboardController };

type Loaded = OrSeen<Awaited<ReturnType<typeof loadFirst>>, Seen>;

/** Milliseconds that what is not a widget's code waits for it, at most: browsers open few connections at once. */
const LATER = 3_000;
/** Milliseconds after which a page has come, nearly always. */
const AT_REST = 5_000;

/** From an empty page to the dashboard, step by step. Each step ends the way when it cannot go on. `language`: from then on it is spoken. */
export async function boot(path: string, language: Promise<void>, render: (phase: Phase) => void): Promise<void> {
  const showSkeleton = (): void => render({ kind: 'starting' });
  const checkSupport = async (): Promise<string[]> => missingSupport();
  const unsupported = new AbortController();
  const lastSeen = later(async () => {
    const { openLastSeen } = await fetchCode(() => import(/* webpackChunkName: "live" */ '../dashboard/last-seen/browser-last-seen'));
    return openLastSeen();
  });
  // Whoever comes next sees nothing of whoever was here.
  onSignedOut(() => void lastSeen.clear());
  const load = (): Promise<Loaded> =>
    orLastSeen(
      () => loadFirst(path),
      () => lastSeen.find(path),
      (outage) => unsupported.signal.aborted || render({ kind: 'waiting', outage }),
      { wait: pause, random: Math.random },
      unsupported.signal,
    );
  const open = ({ answer, seen }: Loaded, settled: Promise<void>): DashboardController => {
    const controller = new DashboardController(answer ?? seen, lastSeen);
    // A page has one dashboard, and ends with it.
    attachToPage(controller, settled, new AbortController().signal);
    return controller;
  };

  try {
    // The questions about the browser, the language and the one to the server travel together: nobody waits for all in turn.
    const loading = load();
    loading.catch(() => undefined);
    await language;
    showSkeleton();
    const missing = await checkSupport();
    if (missing.length > 0) {
      unsupported.abort();
      return render({ kind: 'unsupported', missing });
    }
    const loaded = await loading;
    const settled = Promise.race([loadAhead((loaded.answer ?? loaded.seen).place), pause(LATER, unsupported.signal)]);
    render({ kind: 'ready', controller: open(loaded, settled) });
    // The next page has something of it, and this one has its own to do first.
    if (loaded.answer) void pause(AT_REST, unsupported.signal).then(keepOutageWorker);
  } catch (cause) {
    if (!(cause instanceof ApiProblem)) console.error(cause);
    const problem = asProblem(cause);
    render(problem.status === 401 ? { kind: 'signed-out' } : { kind: 'failed', problem });
  }
}
