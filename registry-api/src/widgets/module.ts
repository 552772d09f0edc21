/** The widgets room, put together. */
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { PendingEntry } from '../audit/audit';
import type { Clock } from '../clock';
import type { Config } from '../config';
import type { Deployments } from '../deployments/deployments';
import type { Metrics } from '../http/metrics';
import type { Allowed } from '../identity/trusts/allowed';
import { openBlobs } from '../storage/blobs/open-blobs';
import type { Storage } from '../storage/storage';
import type { Threads } from '../workers/threads';
import { type Collector, createCollector } from './collection';
import { createFilesRoute } from './files-route';
import type { Following, FollowingOptions } from './following';
import { createWidgetLifecycle } from './lifecycle';
import { createPublish } from './publish/publish';
import { createResolver, type Resolver } from './resolver';
import { createWidgetRoutes, type WidgetRoutes } from './routes';
import type { WidgetStore } from './store';
import { createMongoWidgetStore } from './store.mongo';
import { createSqliteWidgetStore } from './store.sqlite';
import { createVersionContents } from './version-content';

export interface WidgetsOptions {
  config: Config;
  storage: Storage;
  threads: Threads;
  store: WidgetStore;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
  allowed: Allowed;
  deployments: Pick<Deployments, 'settle' | 'inUse'>;
  openDashboards: FollowingOptions['openDashboards'];
  /** Something waits to be relayed. */
  wakeRelay(): void;
  /** Appends to the audit log unless it has an entry of this action about this subject. */
  fill(entry: PendingEntry): Promise<void>;
  /** How many layouts use each widget. */
  layoutsUsing(names: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

export interface Widgets {
  routes: WidgetRoutes;
  files: RequestHandler;
  /** For whoever answers with layouts: what their panels run. */
  resolver: Resolver;
  /** For the deployments room: what runs moves channels. */
  following: Following;
  collector: Collector;
}

export const openWidgetStore = async (storage: Storage): Promise<WidgetStore> =>
  storage.kind === 'sqlite' ? createSqliteWidgetStore(storage.database) : createMongoWidgetStore(storage.connection);

export async function openWidgets(options: WidgetsOptions): Promise<Widgets> {
  const { config, storage, threads, store, allowed, deployments, openDashboards, clock, logger, metrics, wakeRelay, fill, layoutsUsing } =
    options;
  const blobs = await openBlobs(config, storage, (error) =>
    logger.warn({ err: error }, 'a published file could not be kept on this machine'),
  );
  const contents = createVersionContents(store);
  const resolver = createResolver({ store, contents, count: (code) => metrics.resolutions.inc({ code }) });
  const { lookalikesAllowed, sharedMismatch, uploadWithin } = config;
  const publish = createPublish({
    store,
    contents,
    blobs,
    allowed: config,
    lookalikesAllowed,
    sharedMismatch,
    pool: threads.publishing,
    clock,
    wakeRelay,
    fill,
  });
  const collector = createCollector({ store, blobs, logger, metrics });
  const changes = createWidgetLifecycle({ store, contents, clock, openDashboards, wakeRelay });
  return {
    routes: createWidgetRoutes({ store, contents, publish, changes, allowed, deployments, resolver, metrics, uploadWithin, layoutsUsing }),
    files: createFilesRoute({ store, contents, blobs, storage, logger }),
    resolver,
    following: changes,
    collector,
  };
}
