/** Prometheus figures of this process; of one app. */
import { createRegistry } from '@datamesh/service/metrics';
import type { RequestHandler } from 'express';
import { Counter, Gauge, Histogram } from 'prom-client';

export function createMetrics() {
  const registry = createRegistry();
  const registers = [registry];
  return {
    registry,
    requestSeconds: new Histogram({
      name: 'registry_request_seconds',
      help: 'Time from request to end of answer, by route',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
      registers,
    }),
    publishes: new Counter({ name: 'registry_publishes_total', help: 'Publishes by outcome code', labelNames: ['code'], registers }),
    resolutions: new Counter({
      name: 'registry_resolutions_total',
      help: 'Resolved specs by outcome code',
      labelNames: ['code'],
      registers,
    }),
    streams: new Gauge({ name: 'registry_event_streams', help: 'Open event streams', registers }),
    streamsEnded: new Counter({
      name: 'registry_event_streams_ended_total',
      help: 'Ended event streams by reason',
      labelNames: ['reason'],
      registers,
    }),
    eventsRelayed: new Counter({ name: 'registry_events_relayed_total', help: 'Events written to the outbox', registers }),
    auditBroken: new Gauge({
      name: 'registry_audit_broken',
      help: '1 while the audit log is not what was written, as the last verification found',
      registers,
    }),
    auditEntries: new Gauge({
      name: 'registry_audit_entries',
      help: 'Whole entries of the audit log that the last verification read',
      registers,
    }),
    collected: new Counter({
      name: 'registry_collected_total',
      help: 'What publishes left that were cut off, removed, by kind: contents, blobs, leftovers',
      labelNames: ['kind'],
      registers,
    }),
    collectedBytes: new Counter({ name: 'registry_collected_bytes_total', help: 'Bytes of the blobs among it', registers }),
    backgroundErrors: new Counter({
      name: 'registry_background_errors_total',
      help: 'Errors of background work by task',
      labelNames: ['task'],
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;

/** The route of a request without its parameters' values, so that a label never grows with the data. */
function routeOf(req: { openapi?: { openApiRoute?: string }; route?: { path?: unknown }; baseUrl: string }): string {
  return req.openapi?.openApiRoute ?? (typeof req.route?.path === 'string' ? `${req.baseUrl}${req.route.path}` : 'none');
}

export function measureRequests(metrics: Metrics): RequestHandler {
  return (req, res, next) => {
    const stop = metrics.requestSeconds.startTimer();
    res.once('finish', () => stop({ method: req.method, route: routeOf(req), status: String(res.statusCode) }));
    next();
  };
}
