/** GET /t/pixel.gif: one event in the query. Always the same 43 bytes, whatever became of the event. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { outcomeHeader } from './answer';
import { originOf } from './request';
import type { CollectRoutes } from './routes';

export const PIXEL = Buffer.from('R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64');
/** Longest query that is an event; up to 256 KB still reach us, to be told so. */
export const MAX_QUERY = 8192;

export async function pixel(routes: CollectRoutes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { collector, callers, now } = routes;
  const query = (request.url ?? '').split('?', 2)[1] ?? '';
  const outcome =
    query.length > MAX_QUERY
      ? collector.refuse('too_large', new URLSearchParams(query.slice(0, MAX_QUERY)).get('site'))
      : await collector.collect(
          [Object.fromEntries(new URLSearchParams(query))],
          originOf(request, now(), routes),
          await callers.identify(request.headers.authorization),
        );
  response.setHeader('datamesh-event', outcomeHeader(outcome));
  response.writeHead(200, { 'content-type': 'image/gif', 'content-length': PIXEL.length }).end(PIXEL);
}

/** For a request whose headers did not even fit: written to the bare socket, as Node has no response for it. */
export const OVERSIZED_ANSWER = Buffer.concat([
  Buffer.from(
    [
      'HTTP/1.1 200 OK',
      'content-type: image/gif',
      `content-length: ${PIXEL.length}`,
      'cache-control: no-store',
      'cross-origin-resource-policy: cross-origin',
      'datamesh-event: dropped; reason=too_large',
      'connection: close',
      '\r\n',
    ].join('\r\n'),
  ),
  PIXEL,
]);
