/** The room of dashboards that are open now: what they run, by their own word. */
import { createHash } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Clock } from '../clock';
import { requireUser } from '../http/caller';
import type { Metrics } from '../http/metrics';
import { createRecurring } from '../recurring';
import type { Storage } from '../storage/storage';
import { checkLooksAfter } from '../widgets/looking-after';
import type { WidgetStore } from '../widgets/store';
import { openDashboardStore } from './open-store';
import type { RunningWidget } from './store';

export interface OpenDashboardsOptions {
  storage: Storage;
  widgets: Pick<WidgetStore, 'find'>;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
  /** The figures of a widget may have changed. */
  changed(widget: string): void;
}

export interface OpenDashboardRoutes {
  report: RequestHandler<{ page: string }>;
  close: RequestHandler<{ page: string }>;
  count: RequestHandler<{ name: string }>;
}

export interface OpenDashboards {
  routes: OpenDashboardRoutes;
  /** How many have each version of a widget open. */
  count(widget: string): Promise<{ version: string; dashboards: number }[]>;
  /** Begins to forget those that fell silent. */
  watch(): void;
  stop(): Promise<void>;
}

/** A page tells again after so many seconds; browsers let hidden ones do so once a minute. */
const againSeconds = 60;
/** Milliseconds of silence: a page that was closed without a word, or whose machine sleeps. */
const closedAfter = 3 * againSeconds * 1000;
const forgetEvery = 10_000;

export async function openOpenDashboards(options: OpenDashboardsOptions): Promise<OpenDashboards> {
  const { storage, widgets, clock, logger, metrics, changed } = options;
  const store = await openDashboardStore(storage);
  const forgetting = createRecurring({
    task: 'forget open dashboards',
    failed: 'open dashboards that fell silent are forgotten later',
    every: forgetEvery,
    work: async () => {
      for (const name of await store.forget(clock() - closedAfter)) changed(name);
    },
    logger,
    metrics,
  });

  const count = (name: string) => store.count(name, clock() - closedAfter);
  return {
    routes: {
      report: async (req, res) => {
        const running = distinct((req.body as { widgets: RunningWidget[] }).widgets);
        const before = await store.report({ id: idOf(req), widgets: running, at: clock() });
        for (const name of differing(before, running)) changed(name);
        res.json({ againSeconds });
      },
      close: async (req, res) => {
        for (const name of differing(await store.close(idOf(req)), [])) changed(name);
        res.status(204).end();
      },
      count: async (req, res) => {
        const { name } = req.params;
        await checkLooksAfter(req, widgets, name);
        res.json({ items: await count(name), next: null });
      },
    },
    count,
    watch: forgetting.watch,
    stop: forgetting.stop,
  };
}

/** Of the session and the page together: nobody reports or closes somebody else's, and neither can be read from it. */
const idOf = (req: Request<{ page: string }>): string =>
  createHash('sha256')
    .update(`${requireUser(req as Request).sid} ${req.params.page.toLowerCase()}`)
    .digest('base64url');

const keyOf = ({ name, version }: RunningWidget): string => `${name}@${version}`;

const distinct = (widgets: readonly RunningWidget[]): RunningWidget[] => [
  ...new Map(widgets.map((widget) => [keyOf(widget), widget])).values(),
];

/** Names of widgets of which another version runs now. */
function differing(before: readonly RunningWidget[], after: readonly RunningWidget[]): Set<string> {
  const [old, now] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
  const changed = [...before.filter((widget) => !now.has(keyOf(widget))), ...after.filter((widget) => !old.has(keyOf(widget)))];
  return new Set(changed.map(({ name }) => name));
}
