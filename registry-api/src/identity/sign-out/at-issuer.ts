import { setTimeout as pause } from 'node:timers/promises';
import { buildEndSessionUrl } from 'openid-client';
import type { IssuerSession } from '../sessions/session';
import type { Issuer } from '../sign-in/issuer';

/** Milliseconds. Signing out here never waits longer for the issuer. */
const timeoutMs = 3_000;

/**
 * OpenID Connect RP-Initiated Logout 1.0: where to send the browser so that the session at the issuer ends as well. Undefined where the issuer
 * has no such place, or does not answer now: then the sign-out is one of this instance alone.
 */
export async function signOutAtIssuer(issuer: Issuer, publicUrl: string, session: IssuerSession | undefined): Promise<string | undefined> {
  const configuration = await Promise.race([issuer().catch(() => undefined), pause(timeoutMs, undefined, { ref: false })]);
  const place = configuration?.serverMetadata().end_session_endpoint;
  if (!configuration || place === undefined || !/^https?:/i.test(place)) return undefined;
  const { href } = buildEndSessionUrl(configuration, {
    post_logout_redirect_uri: `${publicUrl}/`,
    ...(session?.idToken ? { id_token_hint: session.idToken } : {}),
  });
  return href;
}
