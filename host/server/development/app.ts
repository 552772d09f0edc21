/**
 * The edge of `npm run dev`: the whole edge, anew for each build of the page, and beside it what tells open pages of builds. No part of what
 * is built for anybody else: main.ts of the folder above knows nothing of this one.
 */
import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import express, { type RequestHandler } from 'express';
import { createApp } from '../app';
import { serveAssets } from '../assets';
import { checkHost, checkPath, checkWorker, nameRequest } from '../gates';
import { failed, missing } from '../missing';
import { servePage } from '../page';
import { inert } from '../policy';
import { sendProblem } from '../problem';
import type { EdgeBase } from '../run';
import type { Builds } from './builds';
import type { Told } from './told';

/** What the gallery begins with, as host/development.config.ts names it. */
const GALLERY = /^gallery\.([0-9a-f]{8}\.mjs|css)$/;

export function createDevelopmentApp(base: EdgeBase, builds: Builds, page: string): RequestListener {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(nameRequest, checkPath, checkHost(base.publicUrl), checkWorker);
  app.get('/development/events', followBuilds(builds));
  app.get('/development/gallery', serveGallery(builds, base.publicUrl));
  app.get(/^\/assets\/[^/]+\.map$/, serveMap(page));
  // Style sheets keep their names: nothing here may be kept.
  app.get(/^\/assets\/./, serveAssets(builds, 'no-store'));
  app.use(missing);
  app.use(failed(base.log));

  let edge: RequestListener = notBuilt(builds);
  const renew = (): void => {
    if (builds.assets) edge = createApp({ ...base, assets: builds.assets });
  };
  builds.subscribe(renew);
  renew();
  return (request, response) => (/^\/(development|assets)\//.test(request.url ?? '') ? app(request, response) : edge(request, response));
}

function followBuilds(builds: Builds): RequestHandler {
  return (_request, response) => {
    response.writeHead(200, { ...inert, 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.locals['streaming'] = true;
    response.write('retry: 200\n\n');
    const tell = (told: Told): void => void response.write(`data: ${JSON.stringify(told)}\n\n`);
    // Whoever comes back may have missed some.
    tell(builds.told);
    response.on('close', builds.subscribe(tell));
  };
}

/** As the dashboard's page is served, with the same policy. */
function serveGallery(builds: Builds, publicUrl: URL): RequestHandler {
  return (request, response, next) => {
    const { assets } = builds;
    if (!assets) return sendProblem(response, 'not_found', 'The page has not been built yet.');
    const entry = [...assets.files.keys()].filter((path) => GALLERY.test(path));
    return servePage({ ...assets, entry }, publicUrl)(request, response, next);
  };
}

/** For the debugger of a browser, which asks for them by itself. */
function serveMap(page: string): RequestHandler {
  return async (request, response) => {
    const bytes = await readFile(join(page, request.path.slice('/assets/'.length))).catch(() => null);
    if (!bytes) return sendProblem(response, 'not_found', 'This source map was replaced by a newer one. Reload the page.');
    response.writeHead(200, { ...inert, 'content-type': 'application/json', 'cache-control': 'no-store' }).end(bytes);
  };
}

/** Before the first good build there is nothing to fall back to. */
function notBuilt(builds: Builds): RequestListener {
  return (_request, response) => {
    const faults = builds.told.faults.map(({ part, fault }) => `${part}: ${fault}`);
    response.writeHead(503, { ...inert, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', refresh: '1' });
    response.end(['The page has not been built yet.', ...faults].join('\n\n'));
  };
}
