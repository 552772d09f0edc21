/** From configuration to modules: stores first, then what works on them. Tests build the same modules on their own stores. */
import type { RegistryEvent } from '@datamesh/contracts';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { openAudit } from './audit/module';
import { type AuditRoutes, createAuditRoutes } from './audit/routes';
import type { Clock } from './clock';
import type { Config } from './config';
import { openDeployments } from './deployments/module';
import type { DeploymentRoutes } from './deployments/routes';
import { type AnnouncerOptions, createAnnouncer, toTeams } from './events/announcer';
import { openEvents } from './events/module';
import type { EventRoutes } from './events/routes';
import type { Metrics } from './http/metrics';
import { createIdentity, type Identity } from './identity/module';
import { createBinSweep } from './layouts/bin/sweep';
import { departmentsOf } from './layouts/departments/routes';
import { type Layouts, openLayouts } from './layouts/module';
import { toEditors } from './layouts/presence/presence';
import { createPresenceSweep } from './layouts/presence/sweep';
import { layoutStores } from './layouts/stores';
import { layoutsVisibleTo } from './layouts/visible';
import { type OpenDashboardRoutes, openOpenDashboards } from './open-dashboards/module';
import { refuseUnknownModules } from './storage/sqlite/database';
import type { Storage } from './storage/storage';
import { checkLooksAfter } from './widgets/looking-after';
import { openWidgetStore, openWidgets } from './widgets/module';
import { widgetsOfTeams } from './widgets/of-teams';
import type { WidgetRoutes } from './widgets/routes';
import type { Threads } from './workers/threads';

export interface ModulesOptions {
  config: Config;
  storage: Storage;
  threads: Threads;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
}

export interface Modules {
  storage: Storage;
  /** Fills `req.caller`; credentials that are wrong or over are refused with 401. */
  authenticate: RequestHandler;
  widgets: WidgetRoutes;
  /** GET and HEAD of published files. */
  files: RequestHandler;
  events: EventRoutes;
  audit: AuditRoutes;
  identity: Identity;
  deployments: DeploymentRoutes;
  openDashboards: OpenDashboardRoutes;
  layouts: Layouts;
  /** Ends background work and open streams. */
  stop(): Promise<void>;
}

export async function createModules({ config, storage, threads, clock, logger, metrics }: ModulesOptions): Promise<Modules> {
  const audit = await openAudit({ storage, clock, logger, metrics, announce: (event) => events.announce(event) });
  const widgetStore = await openWidgetStore(storage);
  const layoutStore = await layoutStores(storage);
  const identity = await createIdentity({
    config,
    storage,
    clock,
    logger,
    metrics,
    wakeRelay: () => events.wakeRelay(),
    departmentsOf: (caller) => departmentsOf(layoutStore, caller),
    onSessionEnd: (sid) => events.routes.sessionEnded(sid),
    layoutsOf: (claims) => layoutsVisibleTo(layoutStore.layouts, claims),
    widgetsOf: (teams) => widgetsOfTeams(widgetStore, teams),
  });
  const events = await openEvents({
    storage,
    clock,
    logger,
    metrics,
    audit: audit.log,
    // Every module whose documents carry events or entries.
    sources: [widgetStore, layoutStore.layouts, layoutStore.departments, layoutStore.accessRequests, ...identity.sources],
    sessionAlive: identity.sessionAlive,
    streamsOfOne: config.streamsOfOne,
  });
  const announcer = (type: RegistryEvent['type'], eventsOf: AnnouncerOptions['eventsOf']) =>
    createAnnouncer({
      eventsOf,
      send: events.send,
      onError: (error) => {
        metrics.backgroundErrors.inc({ task: `announce ${type}` });
        logger.warn({ err: error, type }, 'what changed is told later');
      },
    });
  const teamOf = async (name: string) => (await widgetStore.find(name))?.owner ?? null;
  const deploymentNews = announcer('deployments.changed', toTeams('deployments.changed', teamOf, clock));
  const dashboardNews = announcer('open-dashboards.changed', toTeams('open-dashboards.changed', teamOf, clock));
  const presenceNews = announcer('presence.changed', toEditors(layoutStore.presence, clock));
  const deployments = await openDeployments({
    storage,
    widgets: widgetStore,
    channels: { follow: (...move) => widgets.following.follow(...move), sync: (...told) => widgets.following.sync(...told) },
    allowed: identity.allowed,
    audit: audit.store,
    settleAudit: events.settle,
    changed: deploymentNews.changed,
    clock,
    logger,
    metrics,
  });
  const openDashboards = await openOpenDashboards({
    storage,
    widgets: widgetStore,
    changed: dashboardNews.changed,
    clock,
    logger,
    metrics,
  });
  const widgets = await openWidgets({
    config,
    storage,
    threads,
    store: widgetStore,
    allowed: identity.allowed,
    deployments: deployments.deployments,
    openDashboards: openDashboards.count,
    clock,
    logger,
    metrics,
    wakeRelay: events.wakeRelay,
    fill: async (entry) => {
      await events.settle();
      if (!(await audit.store.has(entry.record.action, entry.record.subject))) await audit.log.append(entry);
    },
    layoutsUsing: (names) => layoutStore.layouts.using([...names]),
  });
  const layouts = openLayouts({
    ...layoutStore,
    people: identity.people,
    clock,
    sharing: config.sharing,
    wakeRelay: events.wakeRelay,
    presenceChanged: presenceNews.changed,
    resolve: widgets.resolver.resolve,
    settingsThreads: threads.settings,
    knownWidgets: async (names) => new Set((await widgetStore.revisions(names)).keys()),
    checkLooksAfter: (req, widget) => checkLooksAfter(req, widgetStore, widget),
  });
  const binSweep = createBinSweep({ stores: layoutStore, clock, logger, metrics, wakeRelay: events.wakeRelay });
  const presenceSweep = createPresenceSweep({ presence: layoutStore.presence, changed: presenceNews.changed, clock, logger, metrics });
  if (storage.kind === 'sqlite') refuseUnknownModules(storage.database);
  audit.watch();
  widgets.collector.watch();
  deployments.watch();
  openDashboards.watch();
  binSweep.watch();
  presenceSweep.watch();
  return {
    storage,
    authenticate: identity.authenticate,
    widgets: widgets.routes,
    files: widgets.files,
    events: events.routes,
    audit: createAuditRoutes({
      store: audit.store,
      verifier: audit.verifier,
      settle: events.settle,
      namesOf: (people) => identity.people.names(people),
    }),
    identity,
    deployments: deployments.routes,
    openDashboards: openDashboards.routes,
    layouts,
    stop: async () => {
      identity.stop();
      await widgets.collector.stop();
      await deployments.stop();
      await openDashboards.stop();
      await binSweep.stop();
      await presenceSweep.stop();
      await deploymentNews.stop();
      await dashboardNews.stop();
      await presenceNews.stop();
      await events.stop();
      await audit.stop();
    },
  };
}
