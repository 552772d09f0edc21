import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Of a request with `Expect: 100-continue`: it is told to go on once somebody reads its body, and not where the answer is clear without (401, 413).
 * Such an answer ends the connection: nobody knows then whether what comes next is the body or another request.
 */
export function continueWhenRead(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('connection', 'close');
  const onListener = (event: string | symbol): void => {
    if (event !== 'data' && event !== 'readable') return;
    request.off('newListener', onListener);
    if (response.headersSent) return;
    response.removeHeader('connection');
    response.writeContinue();
  };
  request.on('newListener', onListener);
}
