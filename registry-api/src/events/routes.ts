import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { Gauge } from 'prom-client';
import { requireUser } from '../http/caller';
import type { Metrics } from '../http/metrics';
import { problem } from '../http/problem';
import type { Feed } from './feed';
import { type EventStream, openStream } from './stream';

export interface EventRoutesOptions {
  feed: Feed;
  sessionAlive(sid: string): Promise<boolean>;
  /** How many one person may have at the same time. */
  streamsOfOne: number;
  metrics: Metrics;
  logger: Logger;
  commentEveryMs?: number;
  sessionEveryMs?: number;
  timeoutMs?: number;
}

export interface EventRoutes {
  stream: RequestHandler;
  /** Ends the streams of a session at once, on this replica; others notice at their next look. */
  sessionEnded(sid: string): void;
  stop(): void;
}

export function createEventRoutes(options: EventRoutesOptions): EventRoutes {
  const {
    feed,
    sessionAlive,
    streamsOfOne,
    metrics,
    logger,
    commentEveryMs = 15_000,
    sessionEveryMs = 5_000,
    timeoutMs = 10_000,
  } = options;
  const streams = new Set<EventStream>();
  /** How many each person has. */
  const counts = new Map<string, number>();
  const count = (person: string, more: 1 | -1): void => {
    const now = (counts.get(person) ?? 0) + more;
    if (now === 0) counts.delete(person);
    else counts.set(person, now);
  };
  new Gauge({
    name: 'registry_event_streams_held_bytes',
    help: 'Bytes that wait in this process for readers of event streams',
    registers: [metrics.registry],
    collect() {
      this.set([...streams].reduce((sum, stream) => sum + stream.held(), 0));
    },
  });
  return {
    stream: (req, res) => {
      const claims = requireUser(req);
      const after = positionOf(req);
      if ((counts.get(claims.sub) ?? 0) >= streamsOfOne)
        throw problem(
          429,
          'too_many_streams',
          `You have ${streamsOfOne} event streams open; close some pages, or wait until they have ended`,
          {
            headers: { 'retry-after': '10' },
          },
        );
      res.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        connection: 'keep-alive',
      });
      res.flushHeaders();
      const stream = openStream({
        feed,
        claims,
        after,
        sessionAlive,
        commentEveryMs,
        sessionEveryMs,
        timeoutMs,
        sink: {
          write: (text) => res.write(text),
          held: () => res.writableLength,
          end: (now) => (now ? res.destroy() : res.end()),
          onDrain: (listener) => res.once('drain', listener),
          onClose: (listener) => res.once('close', listener),
        },
        onEnd: (reason, error) => {
          if (error) logger.error({ err: error, requestId: req.requestId }, 'event stream broke');
          streams.delete(stream);
          count(claims.sub, -1);
          metrics.streams.dec();
          metrics.streamsEnded.inc({ reason });
        },
      });
      streams.add(stream);
      count(claims.sub, 1);
      metrics.streams.inc();
    },
    sessionEnded: (sid) => {
      for (const stream of [...streams]) if (stream.sid === sid) stream.end('session_ended');
    },
    stop: () => {
      for (const stream of [...streams]) stream.end('stopping');
    },
  };
}

/** Last-Event-ID, which a browser sends on its own, is newer than the address that it once opened. */
function positionOf(req: Request): number | null {
  const header = req.get('last-event-id');
  if (header !== undefined && header !== '') {
    if (!/^\d{1,15}$/.test(header)) throw problem(400, 'event_id_invalid', 'Last-Event-ID must be a sequence number of this stream');
    return Number(header);
  }
  const after = req.query['after'];
  return after === undefined ? null : Number(after);
}
