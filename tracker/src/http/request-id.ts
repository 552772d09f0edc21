import type { IncomingMessage, ServerResponse } from 'node:http';
import { REQUEST_ID, requestIdOf } from '@datamesh/service';

/** Every answer names its request: by the edge's id, if there is a plausible one, else by a new one. */
export function nameRequest(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader(REQUEST_ID, requestIdOf(request));
}
