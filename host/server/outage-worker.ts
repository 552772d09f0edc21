import type { Request, RequestHandler } from 'express';
import { type Appearance, appearanceOf } from './appearance';
import type { Assets } from './assets';
import { compress, type Encodings, encodedFor, QUICK } from './compression';
import { createPage } from './page';
import { PAGES } from './pages';
import { outageWorkerHeaders, pageHeaders } from './policy';

/** Whatever another build has left in browsers goes. */
const NONE = [
  "addEventListener('install', () => skipWaiting());",
  "addEventListener('activate', (event) => event.waitUntil(registration.unregister()));",
].join('\n');

/**
 * Beside what the page begins with: what it hears and keeps by itself, what a person does with it, what changes a
 * layout and what there may be to say, which pages come to;
 * and the kiosk, as a screen on a wall is switched on whenever it is, also where nobody had opened one before.
 */
const ALSO = /^(?:live|actions|edits|speech|banners|kiosk)\.[^/]*\.(?:mjs|css)$/;

/**
 * The service worker's script, with the page in it as its browser would get it from here (host/src/outage/start.ts): so each build of the page is
 * another script, which browsers notice by themselves, and no other place is read for it that a widget could write to.
 */
export function serveOutageWorker(assets: Assets, publicUrl: URL): RequestHandler {
  const { outageWorker } = assets;
  const made = new Map<string, Promise<{ bytes: Buffer; encodings: Encodings }>>();
  const page = createPage(assets);
  const headers = pageHeaders('{nonce}', publicUrl);
  const also = [...assets.files.keys()].filter((path) => ALSO.test(path));
  const files = [...assets.entry, ...also].map((path) => ({
    address: `/assets/${path}`,
    integrity: assets.files.get(path)?.integrity ?? '',
  }));
  const make = async (appearance: Appearance): Promise<{ bytes: Buffer; encodings: Encodings }> => {
    const kept = { html: page('{nonce}', appearance, null), headers, pages: PAGES.map(([, pattern]) => pattern), files };
    const bytes = outageWorker ? Buffer.from(`const KEPT_PAGE = ${JSON.stringify(kept)};\n${outageWorker}`) : Buffer.from(NONE);
    return { bytes, encodings: await compress(bytes, QUICK) };
  };
  /** There are a few of them, whatever a request says. */
  const scriptFor = (request: Request) => {
    const appearance = appearanceOf(request.headers);
    const key = JSON.stringify(appearance);
    const script = made.get(key) ?? make(appearance);
    made.set(key, script);
    return script;
  };
  return async (request, response) => {
    const { body, headers: encoded } = encodedFor(request.headers['accept-encoding'], await scriptFor(request));
    response.set({ ...outageWorkerHeaders, ...encoded });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}
