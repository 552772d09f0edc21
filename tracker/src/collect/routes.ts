/** Everything under /t/. Plain Node, without Express: this is the path that takes the load. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendProblem } from '../http/problem';
import { answerPreflight, sayOutcome, setCollectHeaders } from './answer';
import { batch, tick } from './batch';
import type { CollectDeps } from './deps';
import { pixel, sendPixel } from './pixel';
import { sendScript } from './script';

export async function handleCollect(deps: CollectDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  setCollectHeaders(request, response, deps.origins);
  const path = (request.url ?? '').split('?', 1)[0];
  switch (`${request.method} ${path}`) {
    case 'GET /t/pixel.gif':
      return pixel(deps, request, response);
    case 'POST /t/events':
      return batch(deps, request, response);
    case 'POST /t/tick':
      return tick(deps, request, response);
    case 'GET /t/tracker.js':
    case 'HEAD /t/tracker.js':
      return sendScript(deps.script, request, response);
    case 'OPTIONS /t/events':
    case 'OPTIONS /t/tick':
      return answerPreflight(request, response);
    default:
      return sendProblem(
        response,
        404,
        'path_unknown',
        'The collector answers GET /t/pixel.gif, GET /t/tracker.js, POST /t/events and POST /t/tick.',
      );
  }
}

/** When the tracker stops: a page keeps the event and sends it again; a pixel is what it always is. */
export function refuseCollect(deps: CollectDeps, request: IncomingMessage, response: ServerResponse): void {
  setCollectHeaders(request, response, deps.origins);
  const outcome = deps.collector.refuse('stopping');
  if (request.url?.startsWith('/t/pixel.gif')) {
    sendPixel(response, outcome);
    return;
  }
  sayOutcome(response, outcome);
  sendProblem(response, 503, 'stopping', 'The tracker is about to stop. Send it again in a moment, with the same event ids.');
}
