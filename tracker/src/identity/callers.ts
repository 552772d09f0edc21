/** Who is signed in, by the JWT that the edge adds: signed by registry-api, meant for the tracker, a minute long. */

import type { ServiceClaims } from '@datamesh/contracts';
import { verifyServiceToken } from '@datamesh/service/service-token';
import { createRemoteJWKSet, errors } from 'jose';
import { LRUCache } from 'lru-cache';

export type Caller =
  | { kind: 'user'; claims: ServiceClaims }
  /** `why`, in words for people, where there is more to say than that nobody is signed in. */
  | { kind: 'nobody'; why?: string }
  | { kind: 'unavailable' };

export interface CallersOptions {
  /** Where registry-api publishes its keys. */
  jwksUrl: string;
  issuer: string;
  now(): number;
}

const NOBODY: Caller = { kind: 'nobody' };
const KEPT = 5000;
const HOUR = 3_600_000;
/** Seconds by which the clocks of the registry and of the tracker may differ: a token is taken so much longer, or before it begins. */
const SKEW = 600;

/** What is wrong with the token itself; anything else means that the keys could not be had. */
const TOKEN_ERRORS = [
  errors.JWTExpired,
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
];

export class Callers {
  private readonly keys: ReturnType<typeof createRemoteJWKSet>;
  /** Verified tokens until they expire: a page sends the same one with every event. */
  private readonly verified = new LRUCache<string, { caller: Caller; until: number }>({ max: KEPT });

  constructor(private readonly options: CallersOptions) {
    // A day: an outage of the registry must not stop the counting. An unknown key id asks again at once.
    this.keys = createRemoteJWKSet(new URL(options.jwksUrl), { cacheMaxAge: 24 * HOUR, timeoutDuration: 3000, cooldownDuration: 5000 });
  }

  /** `audience`: what the token must be for; one for something else is nobody's. */
  async identify(authorization: string | undefined, audience: 'tracker' | 'tracker/erasures' = 'tracker'): Promise<Caller> {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization ?? '')?.[1];
    if (!token) return NOBODY;
    const now = this.options.now();
    const key = `${audience} ${token}`;
    const known = this.verified.get(key);
    if (known && now < known.until) return known.caller;
    try {
      const { claims, until } = await verifyServiceToken(token, {
        keys: this.keys,
        issuer: this.options.issuer,
        audience,
        now,
        tolerance: SKEW,
      });
      const caller: Caller = { kind: 'user', claims };
      this.verified.set(key, { caller, until });
      return caller;
    } catch (error) {
      if (error instanceof errors.JWTExpired) return expired(error.payload.exp, now);
      return TOKEN_ERRORS.some((kind) => error instanceof kind) ? NOBODY : { kind: 'unavailable' };
    }
  }
}

/** The edge makes a new token every few minutes: one that is so old tells of clocks that differ. */
function expired(at: number | undefined, now: number): Caller {
  const iso = (time: number): string => new Date(time).toISOString();
  return {
    kind: 'nobody',
    why: `The proof of your sign-in ended at ${iso((at ?? 0) * 1000)}, and it is ${iso(now)} by the tracker's clock. Reload the page; if that does not help, the clocks of the servers differ by more than ${SKEW / 60} minutes.`,
  };
}
