import type { User } from '@datamesh/contracts';
import * as oidc from 'openid-client';
import type { Clock } from '../../clock';
import { type Problem, problem } from '../../http/problem';
import { type ClaimNames, ClaimsRefused, userFromClaims } from '../claims';
import { createSecret, hashOf, isSecret } from '../secrets';
import type { IssuerSession } from '../sessions/session';
import type { SessionStore, SignInPurpose, SignInRecord } from '../sessions/store';
import type { Issuer, SignInClient } from './issuer';
import { safeReturnTo } from './return-to';

/** A sign-in must be finished within this time, in milliseconds. */
export const signInLasts = 600_000;
/** Sign-ins under way at once: some ten minutes of what many busy addresses may begin. */
const maxSignIns = 10_000;
/** What is kept of a sign-in for its sign-out, in characters: an address has to carry the ID token. */
const longestIdToken = 6_000;
const longestSid = 255;
/** How far the issuer's clock may be from ours, in seconds. */
const skewSeconds = 60;

export interface SignedIn {
  user: User;
  /** Seconds since the epoch, 0 when the issuer did not say when the person proved who they are. */
  authTime: number;
  /** How the issuer knows this sign-in, for the sign-out. */
  issuer: IssuerSession;
  returnTo: string;
  /** undefined: a session. */
  purpose: SignInPurpose | undefined;
}

export interface WantedSignIn {
  returnTo?: string | undefined;
  /** The person must prove who they are, whatever the issuer remembers. */
  fresh?: boolean;
  /** Anything but a session, which needs a fresh sign-in of its own. */
  purpose?: SignInPurpose;
  cookie: string | undefined;
}

/** OpenID Connect's authorization code flow with PKCE; the browser sees codes and never a token. */
export interface SignIn {
  /** Where to send the browser, and the value that its sign-in cookie must have when it comes back. */
  begin(wanted: WantedSignIn): Promise<{ location: string; cookie: string }>;
  /** `query` as the issuer sent it, `?` included or not. */
  finish(query: string, cookie: string | undefined): Promise<SignedIn>;
}

export interface SignInDeps {
  publicUrl: string;
  issuer: Issuer;
  client: Pick<SignInClient, 'scope'>;
  claimNames: ClaimNames;
  store: SessionStore;
  clock: Clock;
}

export function createSignIn({ publicUrl, issuer, client, claimNames, store, clock }: SignInDeps): SignIn {
  const callback = `${publicUrl}/api/v1/session/callback`;
  return {
    async begin({ returnTo, purpose, fresh = purpose !== undefined, cookie: former }) {
      const configuration = await issuer();
      // Several tabs of a browser may sign in at once: they share the cookie, each has a state of its own.
      const cookie = isSecret(former) ? former : createSecret();
      const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
      const now = clock();
      const record: SignInRecord = {
        hash: hashOf(`${cookie}.${state}`),
        nonce,
        verifier,
        returnTo: safeReturnTo(returnTo, publicUrl),
        fresh,
        ...(purpose ? { purpose } : {}),
        startedAt: now,
        until: now + signInLasts,
      };
      await store.beginSignIn(record, maxSignIns);
      const location = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: callback,
        scope: client.scope,
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        // max_age obliges the issuer to say when the person signed in.
        ...(fresh ? { prompt: 'login', max_age: purpose ? '0' : '600' } : {}),
      });
      return { location: location.href, cookie };
    },

    async finish(query, cookie) {
      const answer = new URL(callback);
      answer.search = query;
      const state = answer.searchParams.get('state');
      if (!isSecret(cookie) || !state) throw signInUnknown();
      const record = await store.takeSignIn(hashOf(`${cookie}.${state}`), clock());
      if (!record) throw signInUnknown();
      const configuration = await issuer();
      const { claims, idToken } = await exchange(
        configuration,
        answer,
        { state, nonce: record.nonce, verifier: record.verifier },
        claimNames,
      );
      const authTime = typeof claims['auth_time'] === 'number' ? claims['auth_time'] : 0;
      if (record.fresh && authTime < Math.floor(record.startedAt / 1000) - skewSeconds)
        throw problem(403, 'sign_in_not_fresh', 'The issuer did not ask you to sign in again; sign out there and try once more');
      const { sid } = claims;
      return {
        user: userOf(claims, claimNames),
        authTime,
        issuer: {
          ...(typeof sid === 'string' && sid !== '' && sid.length <= longestSid ? { sid } : {}),
          ...(idToken.length <= longestIdToken ? { idToken } : {}),
        },
        returnTo: record.returnTo,
        purpose: record.purpose,
      };
    },
  };
}

const signInUnknown = (): Problem =>
  problem(400, 'sign_in_unknown', 'This sign-in is over, or began in another browser; begin again at /api/v1/session/sign-in');

async function exchange(
  configuration: oidc.Configuration,
  answer: URL,
  { state, nonce, verifier }: { state: string; nonce: string; verifier: string },
  names: ClaimNames,
): Promise<{ claims: Record<string, unknown>; idToken: string }> {
  try {
    const tokens = await oidc.authorizationCodeGrant(configuration, answer, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    const { id_token: idToken } = tokens;
    if (!claims || idToken === undefined) throw problem(502, 'sign_in_failed', 'The issuer sent no ID token');
    // Many issuers keep ID tokens small and say the rest at their userinfo endpoint.
    const wanted = ['name', names.groups?.claim ?? names.roles];
    const complete = wanted.every((name) => Object.hasOwn(claims, name));
    if (complete || !configuration.serverMetadata().userinfo_endpoint) return { claims, idToken };
    return { claims: { ...(await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub)), ...claims }, idToken };
  } catch (error) {
    throw refusalOf(error);
  }
}

function refusalOf(error: unknown): unknown {
  if (error instanceof oidc.AuthorizationResponseError)
    return problem(403, 'sign_in_refused', `The issuer refused: ${error.error_description ?? error.error}`);
  if (error instanceof oidc.ResponseBodyError)
    return problem(400, 'sign_in_failed', `The issuer refused the code (${error.error}); begin again at /api/v1/session/sign-in`);
  if (error instanceof oidc.ClientError)
    return problem(400, 'sign_in_failed', `The issuer's answer cannot be used: ${error.message}; begin again at /api/v1/session/sign-in`);
  return error;
}

function userOf(claims: Record<string, unknown>, names: ClaimNames): User {
  try {
    return userFromClaims(claims, names);
  } catch (error) {
    if (error instanceof ClaimsRefused) throw problem(403, 'sign_in_refused', error.message);
    throw error;
  }
}
