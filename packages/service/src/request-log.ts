/** One line in the log for each request, in the same words of every service. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { REQUEST_ID } from './request-id';

/** Without the query: it can hold a sign-in's code. Express cuts `url` down on its way to a route, and keeps the whole as `originalUrl`. */
export const pathOf = ({ originalUrl, url = '' }: IncomingMessage & { originalUrl?: string }): string =>
  (originalUrl ?? url).split('?', 1)[0] ?? '';

const OPERATIONAL = new Set(['/healthz', '/readyz', '/metrics']);

export interface RequestLine {
  requestId: string;
  method: string;
  /** Without its query. */
  path: string;
  status: number;
  /** Milliseconds until the answer had ended. */
  ms: number;
  /** The client went, or the answer was cut off; else it is left out. */
  aborted?: true;
  /** Why a service behind this one did not answer as it should; else it is left out. */
  upstreamError?: string;
}

export interface RequestLog {
  logger: Logger;
  /** Logged at `debug`, as health checks and metrics are. */
  isMinor?(path: string): boolean;
  /** Read when the answer has ended. */
  upstreamError?(response: ServerResponse): string | undefined;
}

/** Middleware, for Express and for plain requests: first in line, behind what names the request. */
export function logRequests({ logger, isMinor, upstreamError }: RequestLog) {
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const began = performance.now();
    const path = pathOf(request);
    response.once('close', () => {
      const failure = upstreamError?.(response);
      const line: RequestLine = {
        requestId: String(response.getHeader(REQUEST_ID) ?? ''),
        method: request.method ?? '',
        path,
        status: response.statusCode,
        ms: Math.round(performance.now() - began),
        ...(response.writableFinished ? {} : { aborted: true as const }),
        ...(failure === undefined ? {} : { upstreamError: failure }),
      };
      if (failure !== undefined) logger.warn(line, 'upstream failed');
      else if (line.status >= 500) logger.error(line, 'request');
      else if (OPERATIONAL.has(path) || isMinor?.(path)) logger.debug(line, 'request');
      else logger.info(line, 'request');
    });
    next();
  };
}
