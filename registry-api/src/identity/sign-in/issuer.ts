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

export type Issuer = () => Promise<oidc.Configuration>;

/**
 * The issuer's configuration. What it says of itself is discovered at the first sign-in (so that the service starts without it) and kept. A
 * failure is not kept: the next sign-in tries again. Its keys are not kept either: the library looks for a key that it does not know once in
 * a minute, and refuses until then who signs in after the issuer has changed its keys.
 */
export function lazyIssuer(client: SignInClient): Issuer {
  let found: Promise<oidc.ServerMetadata> | undefined;
  return async () => {
    found ??= discover(client).catch((error: unknown) => {
      found = undefined;
      throw problem(503, 'issuer_unavailable', `Sign-in does not answer (${reasonOf(error)}); try again in a moment`);
    });
    const configuration = new oidc.Configuration(await found, client.clientId, undefined, authOf(client));
    configuration.timeout = timeoutSeconds;
    for (const set of settingsOf(client)) set(configuration);
    return configuration;
  };
}

/** Over http the answers could be anybody's: config.ts lets such an issuer pass on this machine only. */
const settingsOf = ({ issuer }: SignInClient) => [
  ...(new URL(issuer).protocol === 'http:' ? [oidc.allowInsecureRequests] : []),
  oidc.enableNonRepudiationChecks,
];

async function discover(client: SignInClient): Promise<oidc.ServerMetadata> {
  for (let attempt = 1; ; attempt++) {
    try {
      const configuration = await oidc.discovery(new URL(client.issuer), client.clientId, undefined, authOf(client), {
        execute: settingsOf(client),
        timeout: timeoutSeconds,
      });
      return configuration.serverMetadata();
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
