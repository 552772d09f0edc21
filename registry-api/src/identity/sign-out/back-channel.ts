import type { RequestHandler } from 'express';
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Configuration } from 'openid-client';
import { type Problem, problem } from '../../http/problem';
import { endSession, type SessionEnds } from '../sessions/end';
import type { SessionRecord } from '../sessions/session';
import type { SessionStore } from '../sessions/store';
import type { Issuer } from '../sign-in/issuer';
import type { UsedTokens } from '../used-tokens/store';
import { KeysUnavailable, keysOf } from '../workload/keys';

export interface BackChannelDeps extends SessionEnds {
  /** As the company's issuer knows this instance. */
  client: { issuer: string; clientId: string };
  issuer: Issuer;
  used: UsedTokens;
}

/** Seconds by which the issuer's clock may differ from ours. */
const tolerance = 60;
/** Seconds after which nobody means a logout token any more. */
const oldest = 600;
/** Of a token's name, in characters. */
const longestId = 1_000;
const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';

/**
 * OpenID Connect Back-Channel Logout 1.0: the issuer says by a signed token that somebody has signed out elsewhere, and their sessions here end.
 * What a token ends began before it was made, so that sending it again ends nothing more, and the issuer may do so after an error of ours.
 */
export function createBackChannelLogout({ client, issuer, used, ...ends }: BackChannelDeps): RequestHandler {
  const { sessions, clock } = ends;
  let keys: { address: string; get: JWTVerifyGetKey } | undefined;
  const keysAt = (address: string): JWTVerifyGetKey => {
    if (keys?.address !== address) keys = { address, get: keysOf({ issuer: client.issuer, jwks: address, ca: null, token: null }) };
    return keys.get;
  };
  return async (req, res) => {
    const { logout_token: token } = req.body as { logout_token: string };
    const claims = await verified(token, await issuer(), client.clientId, keysAt, clock());
    // Within the clocks' tolerance a token would also end what began after it did its work; and where that failed, it is to be sent again.
    if (!(await used.isUsed(client.issuer, claims.id))) {
      for (const { hash } of await meantBy(claims, sessions, clock())) await endSession(req, hash, ends, { by: 'issuer' });
      await used.use(client.issuer, claims.id, claims.issuedAt + (oldest + tolerance) * 1000);
    }
    // The standard's answer; some issuers take nothing but 200 for done.
    res.status(200).end();
  };
}

interface LogoutClaims {
  /** `jti`. */
  id: string;
  sub: string | undefined;
  sid: string | undefined;
  /** Milliseconds since the epoch. */
  issuedAt: number;
}

async function verified(
  token: string,
  configuration: Configuration,
  audience: string,
  keysAt: (address: string) => JWTVerifyGetKey,
  now: number,
): Promise<LogoutClaims> {
  const { issuer, jwks_uri, id_token_signing_alg_values_supported: signedWith = ['RS256'] } = configuration.serverMetadata();
  if (jwks_uri === undefined) throw refused('The issuer publishes no keys (jwks_uri)');
  const { payload, protectedHeader } = await jwtVerify(token, keysAt(jwks_uri), {
    issuer,
    audience,
    algorithms: signedWith.filter((algorithm) => algorithm !== 'none' && !algorithm.startsWith('HS')),
    clockTolerance: tolerance,
    currentDate: new Date(now),
    maxTokenAge: oldest,
    requiredClaims: ['jti', 'events'],
  }).catch((error: unknown) => {
    if (error instanceof KeysUnavailable)
      throw problem(503, 'issuer_unavailable', 'The issuer’s keys cannot be had now; send it again in a moment');
    throw error instanceof errors.JOSEError ? refused(`This logout token cannot be taken: ${error.message}`) : error;
  });
  // Tokens for other ends say so; many issuers say nothing, or JWT.
  if (!/^(?:application\/)?(?:logout\+)?jwt$/i.test(protectedHeader.typ ?? 'JWT')) throw refused('The typ of a logout token is logout+jwt');
  return logoutIn(payload);
}

function logoutIn(payload: JWTPayload): LogoutClaims {
  const { iat = 0, events } = payload;
  const { jti }: { jti?: unknown } = payload;
  // The library types what it has not checked.
  const { sub, sid, nonce }: Record<'sub' | 'sid' | 'nonce', unknown> = { sub: payload.sub, sid: payload['sid'], nonce: payload['nonce'] };
  const event = isObject(events) && Object.hasOwn(events, logoutEvent) ? events[logoutEvent] : undefined;
  if (!isObject(event)) throw refused(`A logout token has the event ${logoutEvent}`);
  // An ID token, which the browser has seen, must never do for one.
  if (nonce !== undefined) throw refused('A logout token has no nonce');
  if (typeof jti !== 'string' || jti === '' || jti.length > longestId) throw refused('The jti of a logout token is a text');
  if (!isTextOrAbsent(sub) || !isTextOrAbsent(sid)) throw refused('The sub and the sid of a logout token are texts');
  if (sub === undefined && sid === undefined) throw refused('A logout token names a sub or a sid');
  return { id: jti, sub, sid, issuedAt: iat * 1000 };
}

/** With a sid: that session, and those of the person that the issuer gave no sid when they began. Without: all of the person. */
async function meantBy({ sub, sid, issuedAt }: LogoutClaims, sessions: SessionStore, now: number): Promise<SessionRecord[]> {
  const [named, ofPerson] = await Promise.all([
    sid === undefined ? [] : sessions.ofIssuerSession(sid, now),
    sub === undefined ? [] : sessions.ofPerson(sub, now),
  ]);
  const nameless = ofPerson.filter(({ issuer }) => sid === undefined || issuer?.sid === undefined);
  const found = [...named.filter(({ user }) => sub === undefined || user.id === sub), ...nameless];
  return found.filter(({ createdAt }) => createdAt <= issuedAt + tolerance * 1000);
}

const refused = (detail: string): Problem => problem(400, 'logout_token_invalid', detail);

const isTextOrAbsent = (value: unknown): value is string | undefined => value === undefined || typeof value === 'string';
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
