import { languageOf } from '@datamesh/service';
import { type Request, Router } from 'express';
import { exportJWK, generateKeyPair } from 'jose';
import type { Configuration, default as Provider } from 'oidc-provider';
import type { Clock } from '../../clock';
import { problem } from '../../http/problem';
import { answerProblem } from '../../http/problem-answers';
import { sendPage } from '../page';
import { createSecret } from '../secrets';
import type { SignInClient } from '../sign-in/issuer';
import { choicePage, failurePage } from './page';
import { people, personOf } from './people';
import { ProtocolState } from './protocol-state';

type ProviderModule = typeof import('oidc-provider');

export interface DevIssuer {
  /** To be mounted at /oidc. */
  router: Router;
  /** How this instance signs in at its own issuer; id and secret are new in every process. */
  client: SignInClient;
}

const scope = 'openid profile';
const claims = ['roles', 'departments', 'teams', 'name'];
const minute = 60;
const sessionName = 'dm_issuer_session';

/**
 * The embedded development issuer: real OpenID Connect at `{publicUrl}/oidc` with people who need no password. config.ts lets it
 * run only with DATAMESH_DEV_ISSUER=1 and a loopback `publicUrl`. Keys and secrets end with the process.
 */
export async function createDevIssuer(publicUrl: string, clock: Clock): Promise<DevIssuer> {
  // Loaded only where it runs: a company's instance need not carry it.
  const module = await import('oidc-provider');
  const client: SignInClient = { issuer: `${publicUrl}/oidc`, clientId: 'dashboard', clientSecret: createSecret(), scope };
  const provider = new module.Provider(client.issuer, await configurationOf(module, client, publicUrl, clock));
  provider.proxy = true;
  // Its library has a plain text for what it has no route for.
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.status !== 404 || ctx.body !== undefined) return;
    ctx.respond = false;
    answerProblem(ctx.req, ctx.res, problem(404, 'path_unknown', `The issuer has nothing at ${ctx.method} ${ctx.path}`));
  });
  return { router: routerOf(provider, publicUrl, module), client };
}

async function configurationOf(module: ProviderModule, client: SignInClient, publicUrl: string, clock: Clock): Promise<Configuration> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const cookie = { httpOnly: true, sameSite: 'lax', path: '/oidc', signed: true } as const;
  return {
    adapter: new ProtocolState(clock).adapter,
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret ?? '',
        redirect_uris: [`${publicUrl}/api/v1/session/callback`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        id_token_signed_response_alg: 'ES256',
        require_auth_time: true,
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' }] },
    cookies: {
      keys: [createSecret()],
      names: { session: sessionName, interaction: 'dm_issuer_interaction', resume: 'dm_issuer_resume' },
      long: cookie,
      short: { httpOnly: true, sameSite: 'lax', signed: true },
    },
    clientAuthMethods: ['client_secret_basic'],
    responseTypes: ['code'],
    scopes: ['openid', 'profile'],
    claims: { openid: ['sub', ...claims.slice(0, 3)], profile: ['name'] },
    conformIdTokenClaims: false,
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      dPoP: { enabled: false },
    },
    ttl: {
      AccessToken: minute,
      AuthorizationCode: minute,
      IdToken: 5 * minute,
      Interaction: 10 * minute,
      Session: 10 * minute,
      Grant: minute,
    },
    clientBasedCORS: () => false,
    interactions: { url: (_ctx, { uid }) => `/oidc/interaction/${uid}`, policy: policyOf(module) },
    findAccount: (_ctx, id) => {
      const person = personOf(id);
      if (!person) return undefined;
      const { name, roles, departments, teams } = person;
      return { accountId: id, claims: () => ({ sub: id, name, roles, departments, teams }) };
    },
    // One client, our own: there is nothing to consent to.
    loadExistingGrant: async (ctx) => {
      const { Grant } = ctx.oidc.provider;
      const accountId = ctx.oidc.session?.accountId;
      const grant = new Grant({ clientId: client.clientId, ...(accountId ? { accountId } : {}) });
      grant.addOIDCScope(scope);
      grant.addOIDCClaims(claims);
      await grant.save();
      return grant;
    },
    renderError: (ctx, out) => {
      const { html, headers } = failurePage(languageOf(ctx.req.headers), { said: out.error_description ?? out.error });
      ctx.set({ ...headers });
      ctx.type = 'html';
      ctx.body = html;
    },
  };
}

/** The page is shown at every sign-in, so that one can become somebody else by signing out and in. */
function policyOf({ interactionPolicy }: ProviderModule): ReturnType<ProviderModule['interactionPolicy']['base']> {
  const { base, Check } = interactionPolicy;
  const policy = base();
  policy.remove('consent');
  const choose = new Check('choose_person', 'one of the demo people must be chosen', (ctx) =>
    ctx.oidc.result?.login ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT,
  );
  policy.get('login')?.checks.add(choose);
  return policy;
}

function routerOf(provider: Provider, publicUrl: string, { errors }: ProviderModule): Router {
  const { host, protocol } = new URL(publicUrl);
  const router = Router({ caseSensitive: true });
  // Every URL that the issuer makes is one of publicUrl's, whatever reached us in front of it.
  router.use((req: Request, _res, next) => {
    req.headers['x-forwarded-host'] = host;
    req.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    next();
  });

  // The issuer remembers nobody: with a session left from the last sign-in, choosing somebody else would first ask to sign out.
  router.use('/auth', (req: Request, _res, next) => {
    const kept = (req.headers.cookie ?? '').split(';').filter((pair) => !pair.trim().startsWith(sessionName));
    req.headers.cookie = kept.join(';');
    next();
  });

  router.get('/interaction/:uid', async (req, res) => {
    try {
      const { uid } = await provider.interactionDetails(req, res);
      sendPage(res, 200, choicePage(languageOf(req.headers), uid));
    } catch (error) {
      if (!(error instanceof errors.SessionNotFound)) throw error;
      sendPage(res, 400, failurePage(languageOf(req.headers), 'over'));
    }
  });

  router.post('/interaction/:uid/:person', async (req, res) => {
    const { person } = req.params;
    const known = people.some(({ id }) => id === person);
    try {
      if (!known) sendPage(res, 404, failurePage(languageOf(req.headers), 'nobody'));
      else await provider.interactionFinished(req, res, { login: { accountId: person, remember: false } });
    } catch (error) {
      if (!(error instanceof errors.SessionNotFound)) throw error;
      sendPage(res, 400, failurePage(languageOf(req.headers), 'over'));
    }
  });

  router.use(provider.callback());
  return router;
}
