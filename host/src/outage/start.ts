/**
 * The service worker: stands in for the edge where that cannot be reached, and only with the page, which is part of this script (so what a
 * widget writes into this browser's storage never becomes a page). It keeps nothing, reads nothing that was kept, and hears no messages.
 */
import { answerOf, isOfGateway, type KeptPage, newNonce, opensPage, type Route, routesOf } from './kept-page';

declare const KEPT_PAGE: KeptPage;

/** Its types know a page's scope only. */
interface Scope {
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install', listener: (event: Installing) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
}
interface Installing {
  waitUntil(work: Promise<unknown>): void;
  addRoutes?(routes: Route[]): Promise<void>;
}
interface Fetching {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

const scope = globalThis as unknown as Scope;

scope.addEventListener('install', (event) => event.waitUntil(install(event)));
scope.addEventListener('fetch', (event) => {
  if (opensPage(KEPT_PAGE, event.request, location.origin)) event.respondWith(networkFirst(event.request));
});

async function install(event: Installing): Promise<void> {
  // Without them each file of each page would come by way of this worker, which is slower.
  if (!event.addRoutes) throw new Error('this browser has no static routes for service workers');
  await event.addRoutes(routesOf(KEPT_PAGE));
  // In the browser's cache, or nothing is exchanged: a page that comes without its files is none.
  await Promise.all(KEPT_PAGE.files.map(has));
  await scope.skipWaiting();
}

async function has({ address, integrity }: KeptPage['files'][number]): Promise<void> {
  const answer = await fetch(address, { integrity });
  if (!answer.ok) throw new Error(`${address} could not be fetched`);
}

async function networkFirst(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request);
    return isOfGateway(answer) ? keptPage() : answer;
  } catch {
    return keptPage();
  }
}

function keptPage(): Response {
  const { body, headers } = answerOf(KEPT_PAGE, newNonce());
  return new Response(body, { headers });
}
