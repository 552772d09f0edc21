import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
  /** Counts, times and logs every request; first in line. */
  observe: RequestHandler;
}

/** For Prometheus. */
export const serveMetrics =
  ({ registry }: Metrics) =>
  async (_request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('content-type', registry.contentType).end(await registry.metrics());
  };

/** The first segments that this server knows: labels must stay few, whatever is asked for. */
const ROUTES = ['api', 'remotes', 'oidc', 't', 'assets', 'data', 'd', 'l', 'healthz', 'readyz', 'metrics'];

export function createMetrics(log: Logger, now: () => number): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'edge_request_seconds',
    help: 'Time to the end of the answer, by route and status class; streams are left out',
    labelNames: ['route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const open = new Set<Response>();
  new Gauge({
    name: 'edge_open_streams',
    help: 'Event streams being passed on',
    registers: [registry],
    collect() {
      this.set([...open].filter((response) => response.locals['streaming'] === true).length);
    },
  });

  const observe: RequestHandler = (request, response, next) => {
    const { method } = request;
    const path = request.path;
    const first = path.split('/')[1] ?? '';
    const route = first === '' ? 'page' : ROUTES.includes(first) ? first : 'other';
    const began = now();
    open.add(response);
    response.on('close', () => {
      const seconds = (now() - began) / 1000;
      open.delete(response);
      if (response.locals['streaming'] !== true) duration.labels(route, `${Math.floor(response.statusCode / 100)}xx`).observe(seconds);
      const { requestId, upstreamError } = response.locals as { requestId?: string; upstreamError?: string };
      const line = {
        requestId,
        method,
        path,
        status: response.statusCode,
        ms: Math.round(seconds * 1000),
        aborted: !response.writableFinished || undefined,
      };
      if (upstreamError) log.warn({ ...line, upstreamError }, 'upstream failed');
      else if (response.statusCode >= 500) log.error(line, 'request');
      else if (route === 'assets' || route === 'healthz' || route === 'readyz' || route === 'metrics') log.debug(line, 'request');
      else log.info(line, 'request');
    });
    next();
  };
  return { registry, observe };
}
