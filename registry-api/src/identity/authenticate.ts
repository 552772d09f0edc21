import type { Request, RequestHandler } from 'express';
import type { Clock } from '../clock';
import type { Caller } from '../http/caller';
import { type Problem, problem } from '../http/problem';
import { bearerIn } from './bearer';
import { bootstrapPrefix } from './bootstrap';
import { type CookieNames, readCookie } from './cookies';
import type { ServiceTokens } from './keys/service-token';
import { hashOf, isSecret, sameSecret } from './secrets';
import { claimsOf, type SessionLimits, type SessionRecord, touched } from './sessions/session';
import type { SessionStore } from './sessions/store';
import type { TokenStore } from './tokens/store';
import { isUsable, tokenPrefixes } from './tokens/token';
import type { Workloads } from './workload/verify';

export interface AuthenticateDeps {
  sessions: SessionStore;
  tokens: TokenStore;
  serviceTokens: ServiceTokens;
  workloads: Workloads;
  bootstrapSecret: string;
  cookies: CookieNames;
  limits: SessionLimits;
  clock: Clock;
}

/** A token's store learns of its use at most this often, in milliseconds. */
const usedEvery = 60_000;
/** Only here does the edge hand the cookie on; anywhere else it is not looked at. */
const cookiePaths = /^\/(?:api\/v1\/session|internal)(?:[/?]|$)/;

/** Fills `req.caller`. No credentials: nobody. Credentials that are wrong, revoked or over: 401 `token_invalid`, never nobody. */
export function authenticate(deps: AuthenticateDeps): RequestHandler {
  return async (req, _res, next) => {
    const session = cookiePaths.test(req.originalUrl) ? await sessionOf(req, deps) : undefined;
    req.caller = session ? { kind: 'user', claims: claimsOf(session) } : await bearerOf(req.get('authorization'), deps);
    next();
  };
}

/** The session that the request's cookie names, kept alive by this use of it. */
export async function sessionOf(
  req: Request,
  { sessions, limits, clock, cookies }: Pick<AuthenticateDeps, 'sessions' | 'limits' | 'clock' | 'cookies'>,
): Promise<SessionRecord | undefined> {
  const cookie = readCookie(req.get('cookie'), cookies.session);
  if (!isSecret(cookie)) return undefined;
  const now = clock();
  const session = await sessions.find(hashOf(cookie), now);
  const change = session && touched(session, limits, now);
  if (session && change) await sessions.touch(session.hash, change);
  return session;
}

async function bearerOf(header: string | undefined, deps: AuthenticateDeps): Promise<Caller> {
  if (header === undefined) return { kind: 'nobody' };
  const token = bearerIn(header);
  if (token === undefined) throw tokenInvalid();
  const prefix = Object.values(tokenPrefixes).find((one) => token.startsWith(one));
  if (prefix !== undefined) return await tokenOf(token, prefix, deps);
  if (token.startsWith(bootstrapPrefix)) {
    if (!sameSecret(token, deps.bootstrapSecret)) throw tokenInvalid();
    return { kind: 'bootstrap' };
  }
  if (deps.workloads.isFor(token)) return { kind: 'workload', ...(await deps.workloads.verify(token)) };
  const claims = await deps.serviceTokens.verify(token, 'registry-api');
  // What a session signed ends with it, also in the hands of whoever kept it.
  if (!claims || !(await deps.sessions.findBySid(claims.sid, deps.clock()))) throw tokenInvalid();
  return { kind: 'user', claims };
}

async function tokenOf(secret: string, prefix: string, { tokens, clock }: AuthenticateDeps): Promise<Caller> {
  const token = isSecret(secret.slice(prefix.length)) ? await tokens.findByHash(hashOf(secret)) : undefined;
  const now = clock();
  if (!token || !isUsable(token, now)) throw tokenInvalid();
  if (token.lastUsedAt === null || now - Date.parse(token.lastUsedAt) >= usedEvery)
    await tokens.used(token.id, new Date(now).toISOString());
  const { id, name, team, department, createdBy } = token;
  if (department !== null) return { kind: 'layout-token', id, name, department };
  if (team === null) throw tokenInvalid();
  return { kind: 'token', id, team, createdBy };
}

const tokenInvalid = (): Problem =>
  problem(401, 'token_invalid', 'This token is not known here, was revoked or is over; get a new one', {
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
  });
