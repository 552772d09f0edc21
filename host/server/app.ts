import type { RateLimit, TrustedProxies } from '@datamesh/service';
import { serveMetrics } from '@datamesh/service/metrics';
import { logRequests } from '@datamesh/service/request-log';
import express, { type Response } from 'express';
import type { Logger } from 'pino';
import { type Assets, serveAssets } from './assets';
import { compressAnswers } from './compression';
import { checkHost, checkPath, checkWorker, checkWrite, fromThisMachine, nameRequest } from './gates';
import { alive, ready } from './health';
import { serveLastSeenKey } from './last-seen-key';
import type { Metrics } from './metrics';
import { failed, missing } from './missing';
import { serveOutageWorker } from './outage-worker';
import { servePage } from './page';
import { PAGES } from './pages';
import { OUTAGE_WORKER, WORKER } from './policy';
import { proxyTo, type Service } from './proxy';
import { Sessions } from './session';
import type { SourceConfig } from './sources/config';
import { serveData } from './sources/data';
import { serveWorker } from './worker';

export interface EdgeOptions {
  publicUrl: URL;
  /** Peers whose X-Forwarded-For is believed. */
  trustedProxies: TrustedProxies;
  registryUrl: URL;
  trackerUrl: URL;
  assets: Assets;
  sources: ReadonlyMap<string, SourceConfig>;
  /** Reads of `/data/`, of one person. */
  dataReads: RateLimit;
  metrics: Metrics;
  log: Logger;
  now(): number;
}

/** The tracker ends a query after 30 s by itself and says so; one may wait that long for those before it. */
const QUERY_TIMEOUT = { read: 75_000, write: 75_000 };

/** Files of the page are no news, and why a service did not answer is. */
const logged = (logger: Logger) =>
  logRequests({
    logger,
    isMinor: (path) => path.startsWith('/assets/'),
    upstreamError: (response) => (response as Response).locals['upstreamError'] as string | undefined,
  });

/** The whole edge on one page: every route, in order. */
export function createApp(options: EdgeOptions): express.Express {
  const { publicUrl, trustedProxies, assets, metrics, log, now } = options;
  const registry: Service = { name: 'registry-api', url: options.registryUrl };
  const tracker: Service = { name: 'tracker', url: options.trackerUrl };
  const sessions = new Sessions({ registryUrl: options.registryUrl, secure: publicUrl.protocol === 'https:', now });
  const toRegistry = proxyTo(registry, { publicUrl, sessions, trustedProxies });
  const toTracker = proxyTo(tracker, { publicUrl, sessions, trustedProxies, timeout: QUERY_TIMEOUT });
  const compress = compressAnswers();
  const page = servePage(assets, publicUrl);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.enable('strict routing');
  app.set('query parser', false);

  app.use(nameRequest, metrics.observe, logged(log), checkPath, checkHost(publicUrl), checkWorker, checkWrite(publicUrl));

  app.get('/healthz', alive);
  app.get('/readyz', ready([registry, tracker]));
  app.get('/metrics', fromThisMachine, serveMetrics(metrics.registry));

  app.all(/^\/api\/v1\/./, compress, toRegistry);
  app.all(/^\/remotes\/./, toRegistry);
  app.all(/^\/oidc(\/|$)/, toRegistry);
  app.all(/^\/t\/./, toTracker);
  app.all(/^\/api\/tracker\/v1\/./, compress, toTracker);

  app.all(/^\/data\//, serveData({ sources: options.sources, sessions, reads: options.dataReads }));
  app.get('/last-seen-key', serveLastSeenKey(sessions));
  app.get(/^\/assets\/./, serveAssets(assets));
  app.get(WORKER, serveWorker(assets.worker));
  app.get(OUTAGE_WORKER, serveOutageWorker(assets, publicUrl));
  for (const [route] of PAGES) app.get(route, page);

  app.use(missing);
  app.use(failed(log));
  return app;
}
