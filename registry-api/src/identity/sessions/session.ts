import { randomUUID } from 'node:crypto';
import type { ServiceClaims, User } from '@datamesh/contracts';
import { createSecret, hashOf } from '../secrets';

/** How the issuer knows a session of its own. */
export interface IssuerSession {
  /** Its name there; absent where the issuer names none. */
  sid?: string;
  /** Shows the issuer which session is to end; opens nothing here. Absent where it is too long for an address. */
  idToken?: string;
}

/** A signed-in browser. Times are milliseconds since the epoch. */
export interface SessionRecord {
  /** sha256 of the cookie's value; the value itself is kept nowhere. */
  hash: string;
  /** Named in service tokens and logs; knowing it opens nothing. */
  sid: string;
  user: User;
  /** Seconds since the epoch when the person proved who they are, 0 when the issuer did not say. */
  authTime: number;
  /** Absent in sessions of before this was kept. */
  issuer?: IssuerSession;
  createdAt: number;
  lastSeenAt: number;
  /** The session ends here unless it is used before. */
  idleUntil: number;
  /** The session ends here, used or not. */
  until: number;
}

/** How long a session lives, in milliseconds. */
export interface SessionLimits {
  idle: number;
  absolute: number;
}

/** Sessions are used on every request; their store learns of it at most this often. */
const touchEvery = 60_000;

export function beginSession(
  { user, authTime, issuer }: Pick<SessionRecord, 'user' | 'authTime' | 'issuer'>,
  limits: SessionLimits,
  now: number,
): { cookie: string; record: SessionRecord } {
  const cookie = createSecret();
  const until = now + limits.absolute;
  const record = {
    hash: hashOf(cookie),
    sid: randomUUID(),
    user,
    authTime,
    ...(issuer ? { issuer } : {}),
    createdAt: now,
    lastSeenAt: now,
    idleUntil: Math.min(now + limits.idle, until),
    until,
  };
  return { cookie, record };
}

/** The later end that using a session now gives it, or undefined when telling the store is not worth a write. */
export function touched(session: SessionRecord, limits: SessionLimits, now: number): { lastSeenAt: number; idleUntil: number } | undefined {
  if (now - session.lastSeenAt < Math.min(touchEvery, limits.idle / 10)) return undefined;
  return { lastSeenAt: now, idleUntil: Math.min(now + limits.idle, session.until) };
}

export const claimsOf = ({ user, sid, authTime, createdAt }: SessionRecord): ServiceClaims => ({
  sub: user.id,
  name: user.name,
  roles: user.roles,
  departments: user.departments,
  teams: user.teams,
  sid,
  auth_time: authTime,
  signed_in_at: Math.floor(createdAt / 1000),
});
