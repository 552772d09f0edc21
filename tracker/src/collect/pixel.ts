/** GET /t/pixel.gif: one event in the query. Always the same 43 bytes, whatever became of the event. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sayOutcome } from './answer';
import type { Outcome } from './collector';
import type { CollectDeps } from './deps';
import { requestContext } from './request';

export const PIXEL = Buffer.from('R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64');

const PIXEL_TEXT = PIXEL.toString('latin1');

export async function pixel(deps: CollectDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { collector, callers, senders, now } = deps;
  const address = request.url ?? '';
  const query = address.includes('?') ? address.slice(address.indexOf('?') + 1) : '';
  const event = Object.fromEntries(new URLSearchParams(query));
  const caller = await callers.identify(request.headers.authorization);
  const origin = requestContext(request, now(), deps);
  const wait = await senders.refuses(1, origin, caller, response);
  sendPixel(response, wait === null ? await collector.collect([event], origin, caller) : collector.refuse('rate_limited', event['site']));
}

export function sendPixel(response: ServerResponse, outcome: Outcome): void {
  sayOutcome(response, outcome);
  // As text it goes out with the headers as one.
  response.writeHead(200, { 'content-type': 'image/gif', 'content-length': PIXEL.length }).end(PIXEL_TEXT, 'latin1');
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
