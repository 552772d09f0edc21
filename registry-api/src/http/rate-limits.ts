/** How much one address or one person may ask for in a minute; whatever is over it is refused with 429 and the time to wait. */
import { networkOf, type RateLimit, RateLimiter } from '@datamesh/service';
import type { Request, RequestHandler } from 'express';
import { actorOf } from './caller';
import { problem } from './problem';

export interface RateLimits {
  /** Starts of sign-ins, of one address: of IPv6 of one /64. */
  signIns: RateLimit;
  /** Calls that change something, of one person or publish token. */
  writes: RateLimit;
  /** Calls that read or resolve, of one person or publish token. */
  reads: RateLimit;
  /** Searches for people, of one person: a name is found while it is typed, a company is not copied. */
  people: RateLimit;
}

/** `keyOf`: who is counted; undefined: nobody. */
function limited(limiter: RateLimiter, keyOf: (req: Request) => string | undefined): RequestHandler {
  return async (req, res, next) => {
    const key = keyOf(req);
    const wait = key === undefined ? null : await limiter.spend(res, key);
    if (wait !== null) throw problem(429, 'rate_limited', `That is more than one client may ask for in a minute; go on in ${wait} seconds`);
    next();
  };
}

/** Each with counts of its own: the issuer is asked once for each start as well. */
export const limitSignIns = ({ signIns }: RateLimits): RequestHandler =>
  limited(new RateLimiter('sign-ins', signIns), (req) => networkOf(req.ip ?? ''));

export const limitCalls = ({ writes, reads }: RateLimits): RequestHandler => {
  const counts = {
    writes: limited(new RateLimiter('writes', writes), callerOf),
    reads: limited(new RateLimiter('reads', reads), callerOf),
  };
  return (req, res, next) => counts[isRead(req) ? 'reads' : 'writes'](req, res, next);
};

export const limitPeopleSearches = ({ people }: RateLimits): RequestHandler =>
  limited(new RateLimiter('people', people), ({ caller }) => (caller.kind === 'user' ? caller.claims.sub : undefined));

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Resolving is a question whose words do not fit into an address. */
const isRead = ({ method, path }: Request): boolean => READS.has(method) || path === '/resolve';

/** Signing out, by the person or by the issuer for many at once. */
const SIGN_OUTS = new Set(['/session/sign-out', '/session/back-channel-logout']);

/** The set-up's own secret sets up as fast as it can, and everybody may always sign out: above all whose page runs wild. */
function callerOf({ caller, ip, path }: Request): string | undefined {
  if (SIGN_OUTS.has(path)) return undefined;
  switch (caller.kind) {
    case 'user':
    case 'token':
    case 'layout-token':
      return actorOf(caller);
    case 'bootstrap':
    // Many pods share a subject, and each says every few seconds that it runs.
    case 'workload':
      return undefined;
    case 'nobody':
      return `address:${networkOf(ip ?? '')}`;
  }
}
