/** The whole API on one page: every route, in order. */
import { bodyWithin } from '@datamesh/service';
import { serveMetrics } from '@datamesh/service/metrics';
import { logRequests } from '@datamesh/service/request-log';
import express, { type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Config } from './config';
import { clientAddress } from './http/client-address';
import { closedToNobody, contractOf, formBody, jsonBody, plainQuery } from './http/contract';
import { type Metrics, measureRequests } from './http/metrics';
import { refuseDeepBody } from './http/nesting';
import { operations } from './http/operations';
import { ownHost } from './http/own-host';
import { lateBody, pathUnknown, problemHandler } from './http/problem-answers';
import { limitCalls, limitPeopleSearches, limitSignIns } from './http/rate-limits';
import { requestId } from './http/request-id';
import { settingsRoute } from './http/settings-route';
import type { Modules } from './modules';
import type { Storage } from './storage/storage';
import { refuseAway, storeUnavailable } from './storage/store-problem';

/** Answers are about a person; the few that are not say so themselves. */
const unkept: RequestHandler = (_req, res, next) => {
  res.set('cache-control', 'no-store');
  next();
};

/** Before anything is asked of a store that is known to be away. */
const storeThere =
  (storage: Storage): RequestHandler =>
  (_req, _res, next) => {
    refuseAway(storage);
    next();
  };

export interface AppOptions {
  modules: Modules;
  metrics: Metrics;
  logger: Logger;
  config: Pick<Config, 'publicUrl' | 'allowedHosts' | 'trustedProxies' | 'rateLimits' | 'bodyWithin' | 'responseContract' | 'settings'>;
}

export function createApp({ modules, metrics, logger, config }: AppOptions): Express {
  const json = jsonBody(config.bodyWithin);
  const app = express();
  app.disable('x-powered-by').set('etag', false).set('case sensitive routing', true);
  app.use(clientAddress(config.trustedProxies), requestId, measureRequests(metrics), logRequests({ logger }));
  app.use(ownHost(config.publicUrl, config.allowedHosts));

  app.get('/healthz', (_req, res) => void res.json({ status: 'alive' }));
  app.get('/readyz', async (_req, res) => {
    refuseAway(modules.storage);
    await modules.storage.ping().catch((error: unknown) => {
      logger.warn({ err: error }, 'the store does not answer');
      throw storeUnavailable();
    });
    res.json({ status: 'ready' });
  });
  app.get('/metrics', serveMetrics(metrics.registry));

  // GET answers HEAD as well.
  app.get('/remotes/:name/:version/*path', modules.files);

  app.get('/.well-known/jwks.json', modules.identity.jwks);
  // For the edge and the tracker alone: the edge never proxies /internal.
  app.use('/internal', storeThere(modules.storage));
  app.post('/internal/v1/service-token', modules.authenticate, json, modules.identity.serviceToken);
  app.get('/internal/v1/viewer', modules.identity.viewer);
  app.get('/internal/v1/session', modules.identity.livingSession);
  if (modules.identity.devIssuer) {
    app.get('/oidc/auth', limitSignIns(config.rateLimits));
    app.use('/oidc', bodyWithin(config.bodyWithin, lateBody), modules.identity.devIssuer);
  }

  const api = operations('/api/v1');
  app.use(
    '/api/v1',
    unkept,
    storeThere(modules.storage),
    modules.authenticate,
    closedToNobody,
    limitCalls(config.rateLimits),
    plainQuery,
    json,
    formBody(config.bodyWithin),
    refuseDeepBody,
  );
  app.use(contractOf({ responses: config.responseContract, logger }));
  app.use('/api/v1', api);

  const { session, backChannelLogout, tokens, trusts } = modules.identity;
  api.get('/session', session.read);
  const signIns = limitSignIns(config.rateLimits);
  api.get('/session/sign-in', signIns, session.signIn);
  // Each may have the issuer asked once more, whoever began it.
  api.get('/session/callback', limitSignIns(config.rateLimits), session.callback);
  api.post('/session/sign-out', session.signOut);
  api.post('/session/back-channel-logout', backChannelLogout);
  api.get('/session/tokens/new', signIns, session.newToken);
  api.get('/session/tokens', signIns, session.tokens);
  api.post('/session/tokens', session.revokeToken);
  api.get('/session/erasure', signIns, session.erasure);
  api.post('/session/erasure', session.confirmErasure);
  api.get('/tokens', tokens.list);
  api.post('/tokens', tokens.create);
  api.delete('/tokens/:id', tokens.revoke);

  api.get('/trusts', trusts.list);
  api.post('/trusts', trusts.add);
  api.delete('/trusts/:id', trusts.remove);

  api.get('/deployments', modules.deployments.list);
  api.get('/widgets/:name/history', modules.deployments.history);
  api.post('/syncs', modules.deployments.sync);
  api.put('/deployments/:lease', modules.deployments.heartbeat);
  api.delete('/deployments/:lease', modules.deployments.end);

  api.put('/open-dashboards/:page', modules.openDashboards.report);
  api.delete('/open-dashboards/:page', modules.openDashboards.close);
  api.get('/widgets/:name/open-dashboards', modules.openDashboards.count);

  const { bin, departments, pins, holding, layouts, marks, revisions, sharing, accessRequests, upstream, presence, personal, titles } =
    modules.layouts;
  api.get('/departments', departments.list);
  api.put('/departments/:department', departments.put);
  api.get('/pins/:department', departments.readPin);
  api.put('/pins/:department', pins.put);
  api.put('/pins/:department/:layout', pins.pin);
  api.delete('/pins/:department/:layout', pins.unpin);

  api.get('/widgets', modules.widgets.list);
  api.get('/widgets/:name', modules.widgets.detail);
  api.get('/widgets/:name/versions/:version', modules.widgets.version);
  api.put('/widgets/:name/versions/:version', modules.widgets.publish);
  api.post('/widgets/:name/versions/:version/deprecate', modules.widgets.deprecate);
  api.post('/widgets/:name/versions/:version/yank', modules.widgets.yank);
  api.put('/widgets/:name/channels/:channel', modules.widgets.promote);
  api.put('/widgets/:name/channels/:channel/hold', modules.widgets.hold);
  api.delete('/widgets/:name/channels/:channel/hold', modules.widgets.lift);
  api.delete('/widgets/:name/channels/:channel/owner', modules.widgets.release);
  api.post('/resolve', modules.widgets.resolve);

  api.get('/people', limitPeopleSearches(config.rateLimits), sharing.people);
  api.get('/accounts', modules.identity.accounts);
  api.get('/access-requests', accessRequests.list);
  api.put('/access-requests/:request', accessRequests.answer);

  api.get('/layout-titles', titles);
  api.get('/holding-layouts', holding);
  api.get('/layouts', layouts.list);
  api.post('/layouts', layouts.create);
  api.get('/layouts/:layout', layouts.read);
  api.put('/layouts/:layout', layouts.save);
  api.delete('/layouts/:layout', bin.remove);
  api.post('/layouts/:layout/restore', bin.restore);
  api.put('/layouts/:layout/star', marks.star);
  api.delete('/layouts/:layout/star', marks.unstar);
  api.put('/layouts/:layout/opened', marks.opened);
  api.put('/layouts/:layout/presence/:page', presence.report);
  api.delete('/layouts/:layout/presence/:page', presence.end);
  api.post('/layouts/:layout/clone', layouts.clone);
  api.get('/layouts/:layout/access', sharing.access);
  api.put('/layouts/:layout/sharing', sharing.share);
  api.post('/layouts/:layout/access-requests', accessRequests.ask);
  api.get('/layouts/:layout/upstream', upstream.read);
  api.post('/layouts/:layout/pull', upstream.pull);
  api.get('/layouts/:layout/revisions', revisions.list);
  api.get('/layouts/:layout/revisions/:revision', revisions.read);
  api.put('/layouts/:layout/revisions/:revision/name', revisions.name);
  api.put('/layouts/:layout/mine', personal.putMine);
  api.patch('/layouts/:layout/mine', personal.changeMine);
  api.delete('/layouts/:layout/mine', personal.deleteMine);
  api.get('/layouts/:layout/draft', personal.readDraft);
  api.put('/layouts/:layout/draft', personal.putDraft);
  api.delete('/layouts/:layout/draft', personal.deleteDraft);

  api.get('/settings', settingsRoute(config));
  api.get('/audit', modules.audit.list);
  api.get('/audit/verification', modules.audit.verification);
  api.post('/audit/verification', modules.audit.verify);
  api.get('/events', modules.events.stream);

  app.use(pathUnknown, problemHandler(logger));
  return app;
}
