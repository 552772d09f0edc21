/** How a collection request is answered: the header that tells what became of the event, CORS for the sites' pages, and never a cache. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DropReason } from '../events/event';
import type { Outcome } from './collector';

/** `stored`, `dropped; reason=…`, or for a batch with both `partial; stored=3; dropped=1`. */
function outcomeHeader({ stored, dropped }: Outcome): string {
  const reasons = Object.entries(dropped).sort(([, a], [, b]) => b - a);
  const [most] = reasons;
  if (!most) return 'stored';
  if (stored === 0) return droppedHeader(most[0] as DropReason);
  return `partial; stored=${stored}; dropped=${reasons.reduce((sum, [, count]) => sum + count, 0)}`;
}

/** Fields of stored events that were cut or left out, most often first: `lost=path, props`. Empty when all of it was taken. */
const detailHeader = ({ details }: Outcome): string =>
  Object.entries(details)
    .sort(([, a], [, b]) => b - a)
    .map(([field]) => field)
    .join(', ');

/** What became of the events of a request. */
export function sayOutcome(response: ServerResponse, outcome: Outcome): void {
  response.setHeader('datamesh-event', outcomeHeader(outcome));
  const details = detailHeader(outcome);
  if (details) response.setHeader('datamesh-detail', `lost=${details}`);
}

export const droppedHeader = (reason: DropReason): string => `dropped; reason=${reason}`;

export function setCollectHeaders(request: IncomingMessage, response: ServerResponse, origins: ReadonlySet<string>): void {
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('cross-origin-resource-policy', 'cross-origin');
  response.setHeader('vary', 'origin');
  const { origin } = request.headers;
  if (origin === undefined || !origins.has(origin)) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-expose-headers', 'datamesh-event, datamesh-detail, x-request-id, retry-after');
}

/** A preflight names no site: it is answered for any origin of any site, and the event's own site is checked when it comes. */
export function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  if (response.hasHeader('access-control-allow-origin')) {
    response.setHeader('access-control-allow-methods', 'GET, POST');
    response.setHeader('access-control-allow-headers', 'content-type');
    response.setHeader('access-control-max-age', '7200');
  }
  response.writeHead(request.method === 'OPTIONS' ? 204 : 405).end();
}
