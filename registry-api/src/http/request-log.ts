/** One line for each request when its answer ends; health checks and metrics stay quiet. */
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';

/** Without the query: it can hold a sign-in's code. */
export const pathOf = (req: Request): string => req.originalUrl.split('?', 1)[0] ?? '';

const quiet = new Set(['/healthz', '/readyz', '/metrics']);

export function logRequests(logger: Logger): RequestHandler {
  return (req, res, next) => {
    if (quiet.has(req.path)) {
      next();
      return;
    }
    const started = performance.now();
    res.once('close', () => {
      const line = {
        requestId: req.requestId,
        method: req.method,
        path: pathOf(req),
        status: res.statusCode,
        ms: Math.round(performance.now() - started),
        ...(res.writableFinished ? {} : { aborted: true }),
      };
      if (res.statusCode >= 500) logger.error(line, 'request');
      else logger.info(line, 'request');
    });
    next();
  };
}
