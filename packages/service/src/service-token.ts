/** The token by which registry-api tells a service who calls. It signs them and publishes its keys; whoever gets one checks it here. */
import type { ServiceClaims } from '@datamesh/contracts';
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';

/** The only one: a token does not choose how it is checked. */
export const SERVICE_TOKEN_ALGORITHM = 'ES256';

export type Role = ServiceClaims['roles'][number];
export const ROLES: readonly Role[] = ['viewer', 'power-user', 'publisher', 'admin'];
export const isRole = (value: string): value is Role => (ROLES as readonly string[]).includes(value);

export interface ServiceTokenCheck {
  /** The registry's public key of the token's `kid`. */
  keys: JWTVerifyGetKey;
  /** The instance's public URL. */
  issuer: string;
  /** What the token must be for. */
  audience: string;
  /** Milliseconds since the epoch. */
  now: number;
  /** Seconds by which the clocks of who signs and who checks may differ; 0 by default, where both are the same service. */
  tolerance?: number;
}

export interface CheckedToken {
  claims: ServiceClaims;
  /** Milliseconds since the epoch: when it is over for whoever checks it, `tolerance` included. */
  until: number;
}

/** Rejects with a `JOSEError` for what is wrong with the token, and with what `keys` rejects with. */
export async function verifyServiceToken(
  token: string,
  { keys, issuer, audience, now, tolerance = 0 }: ServiceTokenCheck,
): Promise<CheckedToken> {
  const { payload } = await jwtVerify(token, keys, {
    issuer,
    audience,
    algorithms: [SERVICE_TOKEN_ALGORITHM],
    currentDate: new Date(now),
    clockTolerance: tolerance,
    requiredClaims: ['sub', 'exp', 'sid'],
  });
  return { claims: claimsOf(payload), until: ((payload.exp ?? 0) + tolerance) * 1000 };
}

/** Roles that this version does not know count for nothing. */
function claimsOf(payload: JWTPayload): ServiceClaims {
  const { sub, name, roles, departments, teams, sid, auth_time, signed_in_at }: Record<string, unknown> = payload;
  const isWhole = typeof sub === 'string' && typeof name === 'string' && typeof sid === 'string' && typeof auth_time === 'number';
  if (!isWhole || !isTexts(roles) || !isTexts(departments) || !isTexts(teams))
    throw new errors.JWTInvalid('the claims of a service token are missing or of another type');
  const began = typeof signed_in_at === 'number' ? { signed_in_at } : {};
  return { sub, name, roles: roles.filter(isRole), departments, teams, sid, auth_time, ...began };
}

const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every((entry) => typeof entry === 'string');
