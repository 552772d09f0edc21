/** Figures for Prometheus. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { collectDefaultMetrics, Registry } from 'prom-client';

/** With the figures of the process. One for each service: several run in one process of tests, and must not share their counts. */
export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** Answers all of them; for Express and for plain requests. */
export const serveMetrics =
  (registry: Registry) =>
  async (_request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await registry.metrics();
    response.setHeader('content-type', registry.contentType).end(text);
  };
