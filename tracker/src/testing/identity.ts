/** For tests: sites and requests as the steps see them. */
import { Dropped, type RequestContext, type TrustedClaims } from '../events/event';
import type { Caller } from '../identity/callers';
import type { Visitor, Visitors } from '../identity/visitors';
import type { Site } from '../sites/site';

export const MINUTE = 60_000;
export const DAY = 86_400_000;
export const MIDNIGHT = Date.parse('2026-05-02T00:00:00Z');

export const DAILY: Site = {
  id: 'shop',
  title: 'Shop',
  identity: 'daily',
  origins: [],
  departments: [],
  owners: [],
  fold: new Set(),
  figures: 'site',
  minVisitors: 1,
  keys: [],
};
export const ACCOUNT: Site = { ...DAILY, id: 'dashboard', identity: 'account' };
export const NOBODY: Caller = { kind: 'nobody' };

export const signedIn = (sub: string): Caller => ({
  kind: 'user',
  claims: { sub, name: '', roles: [], departments: [], teams: [], sid: '', auth_time: 0 },
});

export const from = (receivedAt: number, ip = '203.0.113.7'): RequestContext => ({
  receivedAt,
  ip,
  userAgent: 'Firefox',
  origin: null,
  referer: null,
  optedOut: false,
  country: null,
  key: null,
});

export const told = (said: Partial<TrustedClaims>): TrustedClaims => ({ visitor: null, ip: null, userAgent: '', country: null, ...said });

/** The visitor of an event that happened when it arrived. */
export function identify(visitors: Visitors, site: Site, origin: RequestContext, caller: Caller = NOBODY): Visitor {
  const visitor = visitors.identify(site, caller, origin, origin.receivedAt, null);
  if (visitor instanceof Dropped) throw new Error(visitor.reason);
  return visitor;
}

export const raise = (error: unknown): never => {
  throw error;
};
