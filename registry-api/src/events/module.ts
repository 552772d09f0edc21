/** The events room, put together: outbox, relay, feed, streams, retention. */
import type { Logger } from 'pino';
import type { AuditLog } from '../audit/log';
import type { Clock } from '../clock';
import type { Metrics } from '../http/metrics';
import type { Storage } from '../storage/storage';
import { startFeed } from './feed';
import type { OutboxStore } from './outbox';
import { createMongoOutbox } from './outbox.mongo';
import { createSqliteOutbox } from './outbox.sqlite';
import type { PendingEvent, PendingSource } from './pending';
import { startRelay } from './relay';
import { trimOutbox } from './retention';
import { createEventRoutes, type EventRoutes } from './routes';

export interface EventsOptions {
  storage: Storage;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
  audit: AuditLog;
  sources: readonly PendingSource[];
  /** Whether a session still lives; asked now and then for each open stream. */
  sessionAlive(sid: string): Promise<boolean>;
  /** Of one person at the same time. */
  streamsOfOne: number;
}

export interface Events {
  routes: EventRoutes;
  /** A document with an event or an entry was written. */
  wakeRelay(): void;
  /** An event of no document: lost where the process dies before it returns. */
  send(event: PendingEvent): Promise<void>;
  /** Everything that was written before is in the outbox and in the audit log when this returns. */
  settle(): Promise<void>;
  /** Tells of what no document says. At most lost in a crash: whoever must not miss it asks as well. */
  announce(event: PendingEvent): Promise<void>;
  stop(): Promise<void>;
}

export const openOutbox = async (storage: Storage): Promise<OutboxStore> =>
  storage.kind === 'sqlite' ? createSqliteOutbox(storage.database) : createMongoOutbox(storage.connection);

/** How often old events are forgotten, milliseconds. */
const trimEveryMs = 10 * 60 * 1000;

export async function openEvents({
  storage,
  clock,
  logger,
  metrics,
  audit,
  sources,
  sessionAlive,
  streamsOfOne,
}: EventsOptions): Promise<Events> {
  const outbox = await openOutbox(storage);
  const failed = (task: string) => (error: unknown) => {
    metrics.backgroundErrors.inc({ task });
    logger.error({ err: error, task }, 'background work failed; it will be tried again');
  };
  const feed = await startFeed({ outbox, onError: failed('feed') });
  const relay = startRelay({
    outbox,
    audit,
    sources,
    onWritten: (count) => {
      metrics.eventsRelayed.inc(count);
      void feed.refresh();
    },
    onError: failed('relay'),
  });
  const routes = createEventRoutes({ feed, sessionAlive, streamsOfOne, metrics, logger });
  const trimming = setInterval(() => void trimOutbox(outbox, clock).catch(failed('trim')), trimEveryMs);
  return {
    routes,
    wakeRelay: relay.wakeRelay,
    send: async (event) => {
      await outbox.append(event);
      metrics.eventsRelayed.inc();
      void feed.refresh();
    },
    settle: relay.settle,
    announce: async (event) => {
      await outbox.append(event);
      await feed.refresh();
    },
    stop: async () => {
      clearInterval(trimming);
      // What was written last still goes out to whoever listens.
      await relay.stop();
      routes.stop();
      await feed.stop();
    },
  };
}
