import { setTimeout as pause } from 'node:timers/promises';
import * as oidc from 'openid-client';
import { problem } from '../../http/problem';

/** How this instance is known to the issuer. */
export interface SignInClient {
  issuer: string;
  clientId: string;
  /** null: a public client, PKCE alone. */
  clientSecret: string | null;
  /** Space-separated. */
  scope: string;
}

const attempts = 3;
const timeoutSeconds = 10;

/**
 * The issuer's configuration, discovered at the first sign-in (so that the service starts without it) and kept. A failure is not
 * kept: the next sign-in tries again.
 */
export function lazyIssuer(client: SignInClient): () => Promise<oidc.Configuration> {
  let found: Promise<oidc.Configuration> | undefined;
  return () => {
    found ??= discover(client).catch((error: unknown) => {
      found = undefined;
      throw problem(503, 'issuer_unavailable', `Sign-in does not answer (${reasonOf(error)}); try again in a moment`);
    });
    return found;
  };
}

async function discover(client: SignInClient): Promise<oidc.Configuration> {
  const issuer = new URL(client.issuer);
  // Over http the answers could be anybody's: config.ts lets such an issuer pass on this machine only.
  const execute = issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
  for (let attempt = 1; ; attempt++) {
    try {
      return await oidc.discovery(issuer, client.clientId, undefined, authOf(client), {
        execute: [...execute, oidc.enableNonRepudiationChecks],
        timeout: timeoutSeconds,
      });
    } catch (error) {
      if (attempt === attempts) throw error;
      await pause(200 * attempt);
    }
  }
}

/** The way of authentication that the issuer offers; without a word from it, the standard's default. */
function authOf({ clientSecret }: SignInClient): oidc.ClientAuth {
  if (clientSecret === null) return oidc.None();
  const [post, basic] = [oidc.ClientSecretPost(clientSecret), oidc.ClientSecretBasic(clientSecret)];
  return (server, ...rest) => {
    const offered = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    (offered.includes('client_secret_basic') ? basic : post)(server, ...rest);
  };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
