/** The whole API on one page: every route, in order. */
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import { closedToNobody, contractOf, jsonBody } from './http/contract';
import { type Metrics, measureRequests, metricsRoute } from './http/metrics';
import { pathUnknown, problem, problemHandler } from './http/problem';
import { requestId } from './http/request-id';
import { logRequests } from './http/request-log';
import type { Rooms } from './rooms';

export interface AppOptions {
  rooms: Rooms;
  metrics: Metrics;
  logger: Logger;
  responseContract: 'strict' | 'log';
}

export function createApp({ rooms, metrics, logger, responseContract }: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by').set('etag', false).set('case sensitive routing', true);
  // Only the edge speaks to this service; the client's address is the one that it sets.
  app.set('trust proxy', 'loopback, linklocal, uniquelocal');
  app.use(requestId, measureRequests(metrics), logRequests(logger));

  app.get('/healthz', (_req, res) => void res.json({ status: 'alive' }));
  app.get('/readyz', async (_req, res) => {
    await rooms.storage.ping().catch((error: unknown) => {
      logger.warn({ err: error }, 'the store does not answer');
      throw problem(503, 'store_unavailable', 'The store does not answer; try again in a moment');
    });
    res.json({ status: 'ready' });
  });
  app.get('/metrics', metricsRoute(metrics));

  const api = express.Router({ caseSensitive: true });
  app.use('/api/v1', rooms.authenticate, closedToNobody, jsonBody);
  app.use(contractOf({ responses: responseContract, logger }));
  app.use('/api/v1', api);

  app.use(pathUnknown, problemHandler(logger));
  return app;
}
