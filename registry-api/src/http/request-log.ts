/** One line for each request when its answer ends; health checks and metrics stay quiet. */
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

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
        url: req.originalUrl,
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
