import type { Request, RequestHandler, Response } from 'express';
import { exchange } from './exchange';
import { isOwnBearer, requestHeaders, responseHeaders } from './headers';
import { sendProblem } from './problem';
import type { Audience, Sessions } from './session';

export interface Service {
  name: Audience;
  url: URL;
}

export interface ProxyOptions {
  publicUrl: URL;
  sessions: Sessions;
  /** Milliseconds without a byte: reads, and writes (a publish is checked and compressed before it is answered). */
  timeout?: { read: number; write: number };
}

/** Sign-in and the issuer: the paths that get to see, and to set, cookies. */
export const ownsCookies = (path: string): boolean => /^\/(api\/v1\/session|oidc)(\/|$)/.test(path);
const isIssuer = (path: string): boolean => /^\/oidc(\/|$)/.test(path);

/** Passes a request on to a service, with the identity that the edge vouches for and none that the caller claims. */
export function proxyTo(
  service: Service,
  { publicUrl, sessions, timeout = { read: 30_000, write: 120_000 } }: ProxyOptions,
): RequestHandler {
  return async (request: Request, response: Response): Promise<void> => {
    const { path } = request;
    const keepCookie = ownsCookies(path);
    const requestId = String(response.locals['requestId']);
    const { cookie, authorization } = request.headers;
    const writes = request.method !== 'GET' && request.method !== 'HEAD';

    const session =
      keepCookie || isOwnBearer(authorization) ? ({ kind: 'nobody' } as const) : await sessions.exchange(cookie, service.name, requestId);
    if (session.kind === 'unavailable') {
      response.locals['upstreamError'] = session.cause;
      sendProblem(response, 'upstream_unavailable', 'registry-api, which knows the sessions, does not answer. Try again in a moment.');
      return;
    }
    if (keepCookie && writes) sessions.forget(cookie);

    const headers = requestHeaders(request, {
      requestId,
      publicUrl,
      token: session.kind === 'token' ? session.token : undefined,
      keepCookie,
      keepAuthorization: isIssuer(path),
    });
    const target = {
      to: service.url,
      path: request.originalUrl,
      method: request.method,
      headers,
      timeout: writes ? timeout.write : timeout.read,
      name: service.name,
    };
    await exchange(request, response, target, (incoming) => ({
      status: incoming.statusCode ?? 502,
      headers: { ...responseHeaders(incoming.headers, keepCookie), 'x-request-id': requestId },
    }));
    // Also afterwards: another tab may have fetched a token while the sign-out was under way.
    if (keepCookie && writes) sessions.forget(cookie);
  };
}
