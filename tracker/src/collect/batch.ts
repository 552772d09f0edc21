/** POST /t/events: up to 500 events. POST /t/tick: one, of visible time, by sendBeacon, which reads no answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type BodyLimits, BodyRefused, mediaTypeOf, readBody } from '@datamesh/service';
import { sendProblem } from '../http/problem';
import { droppedHeader, sayOutcome } from './answer';
import { type Outcome, siteNamedBy } from './collector';
import type { CollectDeps } from './deps';
import { requestContext } from './request';

const MAX_EVENTS = 500;
const MAX_BATCH = 1024 * 1024;
/** What a browser lets outlive its page. */
const MAX_TICK = 64 * 1024;

export async function batch(deps: CollectDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { collector, callers, senders, bodyWithin, now } = deps;
  const type = mediaTypeOf(request.headers);
  // text/plain spares the browser a preflight.
  if (type !== 'text/plain' && type !== 'application/json')
    return sendProblem(response, 415, 'unsupported_media_type', 'Send the batch as application/json or text/plain.');
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
    return sendProblem(response, 415, 'unsupported_media_type', 'Send the batch as it is, not compressed.');
  const body = await bodyOf(request, { most: MAX_BATCH, within: bodyWithin });
  const events = body && parseJson(body);
  if (body === null || (Array.isArray(events) && events.length > MAX_EVENTS)) {
    sayOutcome(response, collector.refuse('too_large'));
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
  const origin = requestContext(request, now(), deps);
  const wait = await senders.refuses(events.length, origin, caller, response);
  if (wait !== null) return tooMany(response, collector.refuse('rate_limited', siteNamedBy(events[0]), events.length), wait);
  const outcome = await collector.collect(events, origin, caller);
  if (refused(outcome, response)) return;
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

/** True when it is answered: nothing is stored that could have been, and the sender may come again. */
function refused(outcome: Outcome, response: ServerResponse): boolean {
  const refusal = outcome.refused ?? unknownSender(outcome);
  if (!refusal) return false;
  response.setHeader('datamesh-event', droppedHeader(refusal.reason));
  response.setHeader('retry-after', refusal.retryAfterSeconds);
  sendProblem(response, 503, refusal.reason, 'Nothing of this was stored. Send it again later, with the same event ids.');
  return true;
}

/** Nobody can tell who sent them for the moment: worth another try, as long as none of them is stored already. */
function unknownSender({ stored, dropped }: Outcome): Outcome['refused'] {
  return stored === 0 && dropped.identity_unavailable ? { reason: 'identity_unavailable', retryAfterSeconds: 5 } : null;
}

export async function tick(deps: CollectDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { collector, callers, senders, bodyWithin, now } = deps;
  const body = await bodyOf(request, { most: MAX_TICK, within: bodyWithin });
  if (body === null) {
    sayOutcome(response, collector.refuse('too_large'));
    return sendProblem(response, 413, 'event_too_large', `An event holds at most ${MAX_TICK} bytes.`);
  }
  const caller = await callers.identify(request.headers.authorization);
  const event = parseJson(body);
  const origin = requestContext(request, now(), deps);
  const wait = await senders.refuses(1, origin, caller, response);
  if (wait !== null) return tooMany(response, collector.refuse('rate_limited', siteNamedBy(event)), wait);
  const name = typeof event === 'object' && event !== null && 'widget' in event && event.widget ? 'widget_dwell' : 'dwell';
  const outcome = await collector.collect([event], origin, caller, name);
  if (refused(outcome, response)) return;
  sayOutcome(response, outcome);
  response.writeHead(204).end();
}

function tooMany(response: ServerResponse, outcome: Outcome, wait: number): void {
  sayOutcome(response, outcome);
  sendProblem(
    response,
    429,
    'rate_limited',
    `That is more than one sender may bring in a minute. Send it again in ${wait} seconds, with the same event ids.`,
  );
}

/** null when it is too large. */
async function bodyOf(request: IncomingMessage, limits: BodyLimits): Promise<Buffer | null> {
  try {
    return await readBody(request, limits);
  } catch (error) {
    if (error instanceof BodyRefused && error.status === 413) return null;
    throw error;
  }
}

/** undefined for what is no JSON. */
function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined; // answered or counted as bad by the caller
  }
}
