/** An OIDC token of a workload (a pod's ServiceAccount, a CI job), held against the issuer that the operator set. */
import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Clock } from '../../clock';
import { type Problem, problem } from '../../http/problem';
import type { UsedTokens } from '../used-tokens/store';
import type { WorkloadIssuer } from './issuer';
import { KeysUnavailable, keysOf } from './keys';

export interface Workload {
  issuer: string;
  subject: string;
  claims: JWTPayload;
}

export interface Workloads {
  /** Whether a token names one of the known issuers; nothing of it has been checked. */
  isFor(token: string): boolean;
  /** Throws 401 with a code for what is wrong, 503 `workload_issuer_unavailable` where the keys cannot be had. */
  verify(token: string): Promise<Workload>;
}

/** Seconds by which clocks may differ. */
const tolerance = 60;

export function createWorkloads(issuers: readonly WorkloadIssuer[], used: Pick<UsedTokens, 'use'>, clock: Clock): Workloads {
  const known = new Map(issuers.map((issuer) => [issuer.issuer, { issuer, keys: keysOf(issuer) }]));
  return {
    isFor: (token) => {
      const issuer = issuerOf(token);
      return issuer !== undefined && known.has(issuer);
    },
    verify: async (token) => {
      const name = issuerOf(token);
      if (name === undefined) throw refused('workload_token_malformed', 'This is no JSON Web Token with an issuer');
      const found = known.get(name);
      if (!found) throw refused('workload_issuer_unknown', `Tokens of ${name} are not known here; an operator sets WORKLOAD_ISSUERS`);
      const claims = await checked(token, found.issuer, found.keys, clock());
      // The library wants one, of any type: a list of one name reads like the name.
      const { sub }: { sub?: unknown } = claims;
      if (typeof sub !== 'string') throw refused('workload_token_malformed', 'This token’s claim sub is no text');
      await checkUse(found.issuer, claims, used);
      return { issuer: name, subject: sub, claims };
    },
  };
}

async function checked(
  token: string,
  { issuer, audience, algorithms }: WorkloadIssuer,
  keys: JWTVerifyGetKey,
  now: number,
): Promise<JWTPayload> {
  const algorithm = algorithmOf(token);
  if (!algorithms.some((allowed) => allowed === algorithm))
    throw refused(
      'workload_algorithm_refused',
      `Tokens of ${issuer} are signed with ${algorithms.join(' or ')}, not with ${algorithm ?? 'nothing'}`,
    );
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: [...algorithms],
      clockTolerance: tolerance,
      currentDate: new Date(now),
      requiredClaims: ['sub', 'exp', 'aud'],
    });
    return payload;
  } catch (error) {
    throw asProblem(error, issuer, audience);
  }
}

async function checkUse({ issuer, singleUse }: WorkloadIssuer, { jti, exp = 0 }: JWTPayload, used: Pick<UsedTokens, 'use'>): Promise<void> {
  if (!singleUse) return;
  if (jti === undefined) throw refused('workload_token_malformed', `Tokens of ${issuer} are taken once, and this one has no jti`);
  if (!(await used.use(issuer, jti, (exp + tolerance) * 1000)))
    throw refused('workload_token_replayed', 'This token was used before; ask the CI provider for another one');
}

function asProblem(error: unknown, issuer: string, audience: string): unknown {
  if (error instanceof KeysUnavailable)
    return problem(503, 'workload_issuer_unavailable', `The keys of ${issuer} cannot be had now; try again in a moment`, {
      headers: { 'retry-after': '5' },
    });
  if (error instanceof errors.JWTExpired) return refused('workload_token_expired', 'This token is over; take a new one');
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return refused('workload_key_unknown', `${issuer} has no key by the name that this token gives`);
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return refused('workload_signature_invalid', `${issuer} did not sign this token`);
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud')
      return refused('workload_audience_wrong', `This token is not for this registry: its audience must be ${audience}`);
    if (error.claim === 'nbf') return refused('workload_token_early', 'This token is not valid yet; the clocks differ too much');
    return refused('workload_token_malformed', `This token’s claim ${error.claim} is missing or wrong`);
  }
  if (error instanceof errors.JOSEError) return refused('workload_token_malformed', 'This is no token that can be read');
  return error;
}

const refused = (code: string, detail: string): Problem =>
  problem(401, code, detail, { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });

function issuerOf(token: string): string | undefined {
  try {
    const { iss } = decodeJwt(token);
    return typeof iss === 'string' ? iss : undefined;
  } catch {
    // Not a token of this kind: whoever asks says what it is instead.
    return undefined;
  }
}

function algorithmOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).alg;
  } catch {
    return undefined;
  }
}
