/** Who asks, found out before anything else of a request is looked at: a stranger learns nothing of what would have been a right question. */
import type { ServiceClaims } from '@datamesh/contracts';
import type { RequestHandler, Response } from 'express';
import { ProblemError } from '../http/problem';
import type { Caller, Callers } from './callers';
import type { Viewer, Viewers } from './viewers';

/**
 * Middleware in front of erasures, before that of everything else. A session alone erases nobody: any widget on the page could use it, and nothing
 * brings back what is gone. 401 `not_signed_in`, 403 `fresh_sign_in_required`, 503 `identity_unavailable`.
 */
export const authenticateFresh =
  (callers: Callers): RequestHandler =>
  async (request, response, next) => {
    const { authorization } = request.headers;
    const fresh = await callers.identify(authorization, 'tracker/erasures');
    if (fresh.kind !== 'user') {
      signedIn(await callers.identify(authorization));
      throw new ProblemError(
        403,
        'fresh_sign_in_required',
        'People have visits erased by signing in for it: open /api/v1/session/erasure?site=… in a browser.',
      );
    }
    response.locals['claims'] = fresh.claims;
    next();
  };

/**
 * Middleware in front of the API. 401 `not_signed_in`, 503 `identity_unavailable`; behind it `claimsOf` and `viewerOf` tell who it is. A session
 * that is over is nobody's, however long its token is good.
 */
export const authenticate =
  (callers: Callers, viewers: Pick<Viewers, 'of'>): RequestHandler =>
  async (request, response, next) => {
    const { authorization = '' } = request.headers;
    if (response.locals['claims'] === undefined) {
      response.locals['claims'] = signedIn(await callers.identify(authorization));
      response.locals['viewer'] = await viewers.of(authorization);
    }
    next();
  };

export const viewerOf = (response: Response): Viewer => response.locals['viewer'] as Viewer;

export const claimsOf = (response: Response): ServiceClaims => response.locals['claims'] as ServiceClaims;

function signedIn(caller: Caller): ServiceClaims {
  if (caller.kind === 'user') return caller.claims;
  if (caller.kind === 'unavailable')
    throw new ProblemError(
      503,
      'identity_unavailable',
      'The keys that prove a sign-in cannot be fetched at the moment. Try again in a few seconds.',
    );
  throw new ProblemError(401, 'not_signed_in', caller.why ?? 'Sign in to the dashboard and ask through it.');
}
