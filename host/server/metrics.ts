import { createRegistry } from '@datamesh/service/metrics';
import type { RequestHandler, Response } from 'express';
import { Gauge, Histogram, type Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
  /** Counts and times every request; first in line. */
  observe: RequestHandler;
}

/** The first segments that this server knows: labels must stay few, whatever is asked for. */
const ROUTES = ['api', 'remotes', 'oidc', 't', 'assets', 'data', 'd', 'l', 'healthz', 'readyz', 'metrics'];

export function createMetrics(now: () => number): Metrics {
  const registry = createRegistry();
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
    const first = request.path.split('/')[1] ?? '';
    const route = first === '' ? 'page' : ROUTES.includes(first) ? first : 'other';
    const began = now();
    open.add(response);
    response.on('close', () => {
      open.delete(response);
      if (response.locals['streaming'] === true) return;
      duration.labels(route, `${Math.floor(response.statusCode / 100)}xx`).observe((now() - began) / 1000);
    });
    next();
  };
  return { registry, observe };
}
