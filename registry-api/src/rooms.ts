/** From configuration to rooms: stores first, then what works on them. Tests build the same rooms on their own stores. */
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { createAudit } from './audit/log';
import { openAuditStore } from './audit/open-store';
import { type AuditRoutes, createAuditRoutes } from './audit/routes';
import type { Clock } from './clock';
import type { Config } from './config';
import { openEvents } from './events/events';
import type { EventRoutes } from './events/routes';
import type { Metrics } from './http/metrics';
import type { Storage } from './storage/storage';
import { openWidgetStore, openWidgets } from './widgets/open-widgets';
import type { WidgetRoutes } from './widgets/routes';

export interface RoomsOptions {
  config: Config;
  storage: Storage;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
}

export interface Rooms {
  storage: Storage;
  /** Fills `req.caller`; never refuses. */
  authenticate: RequestHandler;
  widgets: WidgetRoutes;
  /** GET and HEAD of published files. */
  files: RequestHandler;
  events: EventRoutes;
  audit: AuditRoutes;
  /** Ends background work and open streams. */
  stop(): Promise<void>;
}

export async function createRooms({ config, storage, clock, logger, metrics }: RoomsOptions): Promise<Rooms> {
  const auditStore = await openAuditStore(storage);
  const audit = createAudit(auditStore, clock);
  const widgetStore = await openWidgetStore(storage);
  const events = await openEvents({
    storage,
    clock,
    logger,
    metrics,
    // Every room whose documents carry events.
    sources: [widgetStore],
    sessionAlive: async () => true,
  });
  const widgets = await openWidgets({
    config,
    storage,
    store: widgetStore,
    clock,
    logger,
    metrics,
    audit,
    nudge: events.nudge,
    layoutsUsing: async () => new Map(),
  });
  return {
    storage,
    authenticate: (_req, _res, next) => next(),
    widgets: widgets.routes,
    files: widgets.files,
    events: events.routes,
    audit: createAuditRoutes({ store: auditStore }),
    stop: async () => {
      await events.stop();
    },
  };
}
