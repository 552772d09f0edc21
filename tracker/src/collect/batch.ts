/** POST /t/events: up to 500 events. POST /t/tick: one, of visible time, by sendBeacon, which reads no answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendProblem } from '../http/problem';
import { droppedHeader, sayOutcome } from './answer';
import type { Outcome } from './collector';
import { originOf, readBody } from './request';
import type { CollectRoutes } from './routes';

const MAX_EVENTS = 500;
const MAX_BATCH = 1024 * 1024;
/** What a browser lets outlive its page. */
const MAX_TICK = 64 * 1024;

export async function batch(routes: CollectRoutes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { collector, callers, now } = routes;
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  // text/plain spares the browser a preflight.
  if (type !== 'text/plain' && type !== 'application/json')
    return sendProblem(response, 415, 'unsupported_media_type', 'Send the batch as application/json or text/plain.');
  const body = await readBody(request, MAX_BATCH);
  const events = body && parseJson(body);
  if (body === null || (Array.isArray(events) && events.length > MAX_EVENTS)) {
    sayOutcome(response, collector.refuse('too_large'));
    if (body === null) response.setHeader('connection', 'close'); // the rest of the body is not read
    return sendProblem(
      response,
      413,
      'batch_too_large',
      `A batch holds at most ${MAX_EVENTS} events and ${MAX_BATCH} bytes; send several.`,
    );
  }
  if (!Array.isArray(events)) {
    sayOutcome(response, collector.refuse('bad_event'));
    return sendProblem(response, 400, 'bad_batch', 'The body must be a JSON list of events.');
  }
  const caller = await callers.identify(request.headers.authorization);
  const outcome = await collector.collect(events, originOf(request, now(), routes), caller);
  const refused = outcome.refused ?? unknownSender(outcome);
  if (refused) {
    response.setHeader('datamesh-event', droppedHeader(refused.reason));
    response.setHeader('retry-after', refused.retryAfterSeconds);
    return sendProblem(response, 503, refused.reason, 'Nothing of this batch was stored. Send it again later, with the same event ids.');
  }
  sayOutcome(response, outcome);
  if (outcome.stored === 0 && outcome.dropped.key_refused)
    return sendProblem(response, 403, 'key_refused', 'The key is none of the sites that these events are of. Nothing was stored.');
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answerOf(outcome)));
}

const answerOf = ({ stored, dropped, details }: Outcome): object => ({
  stored,
  dropped,
  ...(Object.keys(details).length > 0 ? { details } : {}),
});

/** Nobody can tell who sent them until the registry answers again: worth another try, as long as none of them is stored already. */
function unknownSender({ stored, dropped }: Outcome): Outcome['refused'] {
  return stored === 0 && dropped.identity_unavailable ? { reason: 'identity_unavailable', retryAfterSeconds: 5 } : null;
}

export async function tick(routes: CollectRoutes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { collector, callers, now } = routes;
  const body = await readBody(request, MAX_TICK);
  let outcome: Outcome;
  if (body === null) {
    response.setHeader('connection', 'close');
    outcome = collector.refuse('too_large');
  } else {
    const caller = await callers.identify(request.headers.authorization);
    const event = parseJson(body);
    const name = typeof event === 'object' && event !== null && 'widget' in event && event.widget ? 'widget_dwell' : 'dwell';
    outcome = await collector.collect([event], originOf(request, now(), routes), caller, name);
  }
  sayOutcome(response, outcome);
  response.writeHead(204).end();
}

/** undefined for what is no JSON. */
function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined; // answered or counted as bad by the caller
  }
}
