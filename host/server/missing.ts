import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { sendProblem } from './problem';

const PAGE =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>Not found · Data Mesh</title></head><body><h1>There is nothing here</h1><p>The address may be mistyped, or what it led to is gone.</p><p><a href="/">Open the dashboard</a></p></body></html>';

/** A person gets a page, a program a problem. */
export const missing: RequestHandler = (request, response) => {
  const page = (request.method === 'GET' || request.method === 'HEAD') && (request.headers.accept ?? '').includes('text/html');
  if (!page) return sendProblem(response, 'not_found', `Nothing answers ${request.method} ${request.path}.`);
  response.status(404).set({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
  });
  response.end(request.method === 'HEAD' ? undefined : PAGE);
};

export function failed(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    log.error({ requestId: response.locals['requestId'], method: request.method, path: request.path, err: error }, 'request failed');
    if (response.headersSent) return next(error);
    sendProblem(response, 'internal_error', 'Try again; if it stays, tell an administrator the request id.');
  };
}
