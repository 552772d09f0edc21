import { randomUUID } from 'node:crypto';
import type { ServiceClaims } from '@datamesh/contracts';
import { SERVICE_TOKEN_ALGORITHM, verifyServiceToken } from '@datamesh/service/service-token';
import { type CryptoKey, calculateJwkThumbprint, errors, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import type { KeyStore, SigningKey } from './store';

/** A service token lives this long, in seconds: what a service takes without asking whether the session still is, ends so soon after it. */
export const serviceTokenSeconds = 60;
export const audiences = ['registry-api', 'tracker'] as const;
export type ServiceAudience = (typeof audiences)[number];
/** Of tokens that open one thing only, given to who has just signed in for it (tickets.ts); the edge cannot have them. */
export type TicketAudience = 'registry-api/tokens' | 'registry-api/erasure' | 'tracker/erasures';

/** Signs and verifies the tokens that tell a service who the user is. */
export interface ServiceTokens {
  /** `until`: the end of the session, in milliseconds since the epoch; the token never outlives it. `seconds`: how long it lives at most. */
  sign(
    claims: ServiceClaims,
    audience: ServiceAudience | TicketAudience,
    until: number,
    seconds?: number,
  ): Promise<{ token: string; expiresAt: string }>;
  /** The claims, or undefined when the token is not ours, not for this audience, or over. */
  verify(token: string, audience: ServiceAudience | TicketAudience): Promise<ServiceClaims | undefined>;
  /** The public half, for /.well-known/jwks.json. */
  jwks(): { keys: JWK[] };
}

/** `issuer` is the instance's public URL; `now` in milliseconds. */
export async function openServiceTokens(store: KeyStore, issuer: string, now: () => number): Promise<ServiceTokens> {
  const key = (await store.current()) ?? (await store.begin(await newKey(now())));
  const privateKey = await signingKey(key.privateJwk);
  const publicJwk = publicHalf(key);
  const publicKey = await importJWK(publicJwk, SERVICE_TOKEN_ALGORITHM);
  const keys = () => Promise.resolve(publicKey);
  return {
    async sign(claims, audience, until, seconds = serviceTokenSeconds) {
      const issuedAt = Math.floor(now() / 1000);
      const expires = Math.min(issuedAt + seconds, Math.floor(until / 1000));
      const { sub, ...rest } = claims;
      const token = await new SignJWT({ ...rest })
        .setProtectedHeader({ alg: SERVICE_TOKEN_ALGORITHM, kid: key.kid, typ: 'JWT' })
        .setSubject(sub)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expires)
        .setJti(randomUUID())
        .sign(privateKey);
      return { token, expiresAt: new Date(expires * 1000).toISOString() };
    },
    async verify(token, audience) {
      try {
        return (await verifyServiceToken(token, { keys, issuer, audience, now: now() })).claims;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
    jwks: () => ({ keys: [publicJwk] }),
  };
}

async function newKey(now: number): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair(SERVICE_TOKEN_ALGORITHM, { extractable: true });
  const privateJwk = await exportJWK(privateKey);
  return { kid: await calculateJwkThumbprint(privateJwk), privateJwk, createdAt: new Date(now).toISOString() };
}

async function signingKey(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, SERVICE_TOKEN_ALGORITHM);
  if (key instanceof Uint8Array) throw new Error('the stored signing key is no ES256 key');
  return key;
}

function publicHalf({ kid, privateJwk }: SigningKey): JWK {
  const { kty, crv, x, y } = privateJwk;
  return { kty, crv, x, y, kid, alg: SERVICE_TOKEN_ALGORITHM, use: 'sig' } as JWK;
}
