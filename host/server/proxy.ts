import type { TrustedProxies } from '@datamesh/service';
import type { Request, RequestHandler, Response } from 'express';
import { exchange } from './exchange';
import { requestHeaders, responseHeaders } from './headers';
import { withoutFormerKey } from './last-seen-key';
import { isNavigation } from './notice';
import { sendProblem } from './problem';
import type { Audience, Sessions } from './session';
import { isProblem, showProblem } from './shown-problem';

export interface Service {
  name: Audience;
  url: URL;
}

export interface ProxyOptions {
  publicUrl: URL;
  sessions: Sessions;
  /** Peers whose X-Forwarded-For is believed. */
  trustedProxies: TrustedProxies;
  /** Milliseconds without a byte: reads, and writes (a publish is checked and compressed before it is answered). */
  timeout?: { read: number; write: number };
}

/** Sign-in and the issuer: the paths that get to see, and to set, cookies. */
export const ownsCookies = (path: string): boolean => /^\/(api\/v1\/session|oidc)(\/|$)/.test(path);
const isIssuer = (path: string): boolean => /^\/oidc(\/|$)/.test(path);

/** Somebody looks at an empty window meanwhile. Beginning a sign-in may be tried again at any time, unlike what comes after it. */
const SIGN_IN = '/api/v1/session/sign-in';
const SIGN_IN_TIMEOUT = 4_000;
const SIGN_OUT = '/api/v1/session/sign-out';

/**
 * Credentials that speak for themselves, where they mean something: the issuer's (client secret, access token), tokens and the bootstrap
 * secret at registry-api, keys of trusted senders where events are collected. Every other Authorization is the edge's to give.
 */
function ownCredentials(service: Audience, path: string, authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined;
  if (isIssuer(path)) return authorization;
  const known = service === 'registry-api' ? /^Bearer dm[lpb]_/ : path.startsWith('/t/') ? /^Bearer dmk_/ : undefined;
  return known?.test(authorization) ? authorization : undefined;
}

/** Passes a request on to a service, with the identity that the edge vouches for and none that the caller claims. */
export function proxyTo(
  service: Service,
  { publicUrl, sessions, trustedProxies, timeout = { read: 30_000, write: 120_000 } }: ProxyOptions,
): RequestHandler {
  return async (request: Request, response: Response): Promise<void> => {
    const { path } = request;
    const keepCookie = ownsCookies(path);
    const requestId = String(response.locals['requestId']);
    const { cookie } = request.headers;
    const own = ownCredentials(service.name, path, request.headers.authorization);
    const writes = request.method !== 'GET' && request.method !== 'HEAD';

    const session =
      keepCookie || own !== undefined ? ({ kind: 'nobody' } as const) : await sessions.exchange(cookie, service.name, requestId);
    if (session.kind === 'unavailable') {
      response.locals['upstreamError'] = session.cause;
      sendProblem(response, 'upstream_unavailable', 'registry-api, which knows the sessions, does not answer. Try again in a moment.');
      return;
    }
    // No other write of the session's own pages: whoever asks meanwhile would be nobody for a moment.
    const signsOut = writes && path === SIGN_OUT;
    if (signsOut) sessions.forget(cookie);

    const headers = requestHeaders(request, {
      requestId,
      publicUrl,
      address: trustedProxies.clientOf(request),
      authorization: own ?? (session.kind === 'token' ? `Bearer ${session.token}` : undefined),
      keepCookie,
    });
    const target = {
      to: service.url,
      path: request.originalUrl,
      method: request.method,
      headers,
      timeout: path === SIGN_IN && !writes ? Math.min(SIGN_IN_TIMEOUT, timeout.read) : writes ? timeout.write : timeout.read,
      name: service.name,
    };
    await exchange(request, response, target, (incoming) => {
      const cookies = keepCookie ? withoutFormerKey(incoming.headers['set-cookie'], sessions) : undefined;
      const answer = {
        status: incoming.statusCode ?? 502,
        headers: {
          // About a person, unless the service says otherwise.
          ...(path.startsWith('/api/') ? { 'cache-control': 'no-store' } : {}),
          ...responseHeaders(incoming.headers, keepCookie),
          ...(cookies ? { 'set-cookie': cookies } : {}),
          'x-request-id': requestId,
        },
      };
      if (!isNavigation(request) || !isProblem(incoming)) return answer;
      showProblem(incoming, response, answer);
      return undefined;
    });
    // Also afterwards: another tab may have fetched a token while the sign-out was under way.
    if (signsOut) sessions.forget(cookie);
  };
}
