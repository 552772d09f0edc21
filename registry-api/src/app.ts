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

  // GET answers HEAD as well.
  app.get('/remotes/:name/:version/*path', rooms.files);

  const api = express.Router({ caseSensitive: true });
  app.use('/api/v1', rooms.authenticate, closedToNobody, jsonBody);
  app.use(contractOf({ responses: responseContract, logger }));
  app.use('/api/v1', api);

  api.get('/widgets', rooms.widgets.list);
  api.get('/widgets/:name', rooms.widgets.detail);
  api.get('/widgets/:name/versions/:version', rooms.widgets.version);
  api.put('/widgets/:name/versions/:version', rooms.widgets.publish);
  api.post('/widgets/:name/versions/:version/deprecate', rooms.widgets.deprecate);
  api.post('/widgets/:name/versions/:version/yank', rooms.widgets.yank);
  api.put('/widgets/:name/channels/:channel', rooms.widgets.promote);
  api.post('/resolve', rooms.widgets.resolve);

  api.get('/audit', rooms.audit.list);
  api.get('/events', rooms.events.stream);

  app.use(pathUnknown, problemHandler(logger));
  return app;
}
