import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { sendProblem } from './problem';

/** Nothing else answered: said as a page or as a problem, as the caller reads it (problem.ts). */
export const missing: RequestHandler = (request, response) =>
  sendProblem(response, 'not_found', `Nothing answers ${request.method} ${request.path}.`);

export function failed(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    log.error({ requestId: response.locals['requestId'], method: request.method, path: request.path, err: error }, 'request failed');
    if (response.headersSent) return next(error);
    sendProblem(response, 'internal_error', 'Try again; if it stays, tell an administrator the request id.');
  };
}
