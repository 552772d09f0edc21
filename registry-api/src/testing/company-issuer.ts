/**
 * A company's OpenID Connect issuer, set up apart from this product on a port of its own: it signs with RS256, takes client_secret_post, keeps
 * names and groups for its userinfo endpoint, asks for a login with its own page, and knows RP-initiated and back-channel logout.
 */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';
import { ProtocolState } from '../identity/dev-issuer/protocol-state';

export interface CompanyIssuer {
  origin: string;
  /** Environment of an instance that signs in here. */
  env: Record<string, string>;
  /** Whose pages sign people out and in: set it once its port is known. */
  serve(dashboard: string): Promise<void>;
  /** New keys; those of before are gone. */
  rotateKeys(): Promise<void>;
  /** What the issuer's key signs, as it would sign a logout token; `header` and `claims` take the place of what is usual. */
  logoutToken(claims: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>;
  stop(): Promise<void>;
}

const clientId = 'company-dashboard';
const clientSecret = 'a secret of the company, long enough';
const directory: Record<string, { name: string; groups: string[] }> = {
  mira: { name: 'Mira Solberg', groups: ['dash-admins', 'sales-emea'] },
  // As long as names of departments may be, and the one that gives a role is the last.
  otto: { name: 'Otto', groups: [...Array.from({ length: 3_000 }, (_, n) => `desk-${`of-${n}-`.padEnd(50, 'x')}`), 'dash-admins'] },
  noor: { name: 'Noor Haddad', groups: ['sales-emea'] },
};

export async function startCompanyIssuer(): Promise<CompanyIssuer> {
  let listener: RequestListener = (_req, res) => res.writeHead(503).end();
  const server = createServer((req, res) => listener(req, res));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let dashboard = '';
  let key = await newKey('first');
  const use = async (): Promise<void> => {
    listener = providerOf(origin, dashboard, { ...(await exportJWK(key.privateKey)), kid: key.kid, alg: 'RS256', use: 'sig' }).callback();
  };
  return {
    origin,
    env: {
      DATAMESH_DEV_ISSUER: '0',
      OIDC_ISSUER: origin,
      OIDC_CLIENT_ID: clientId,
      OIDC_CLIENT_SECRET: clientSecret,
      OIDC_SCOPE: 'openid profile groups',
      CLAIM_GROUPS: JSON.stringify({
        claim: 'groups',
        groups: {
          'dash-admins': { roles: ['admin'] },
          'sales-emea': { departments: ['sales'] },
          'desk-*': { departments: ['$1'], teams: ['$1'] },
        },
      }),
    },
    serve: async (url) => {
      dashboard = url;
      await use();
    },
    rotateKeys: async () => {
      key = await newKey('second');
      await use();
    },
    logoutToken: async (claims, header = {}) => {
      const now = Math.floor(Date.now() / 1000);
      const usual = { iss: origin, aud: clientId, iat: now, exp: now + 120, jti: crypto.randomUUID(), events: { [event]: {} } };
      const sent = new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'logout+jwt', ...header });
      return sent.sign(key.privateKey);
    },
    stop: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

const minute = 60;
const loginPath = '/login/';
const event = 'http://schemas.openid.net/event/backchannel-logout';

async function newKey(kid: string) {
  return { ...(await generateKeyPair('RS256', { extractable: true })), kid };
}

function providerOf(origin: string, dashboard: string, jwk: object): Provider {
  const provider = new Provider(origin, {
    adapter: new ProtocolState(Date.now).adapter,
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        token_endpoint_auth_method: 'client_secret_post',
        redirect_uris: [`${dashboard}/api/v1/session/callback`],
        post_logout_redirect_uris: [`${dashboard}/`],
        backchannel_logout_uri: `${dashboard}/api/v1/session/back-channel-logout`,
        backchannel_logout_session_required: true,
      },
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: ['a key for its cookies'] },
    clientAuthMethods: ['client_secret_post'],
    scopes: ['openid', 'profile', 'groups'],
    claims: { openid: ['sub'], profile: ['name'], groups: ['groups'] },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = form;
        },
      },
      backchannelLogout: { enabled: true },
    },
    // Its own way to a client refuses addresses of this machine.
    fetch: (url, { dispatcher: _, ...options }: RequestInit & { dispatcher?: unknown } = {}) => fetch(url, options),
    ttl: { AccessToken: minute, AuthorizationCode: minute, IdToken: minute, Interaction: minute, Session: 10 * minute, Grant: 10 * minute },
    interactions: { url: (_ctx, { uid }) => `${loginPath}${uid}` },
    findAccount: (_ctx, id) => (directory[id] ? { accountId: id, claims: () => ({ sub: id, ...directory[id] }) } : undefined),
    loadExistingGrant: async (ctx) => {
      const accountId = ctx.oidc.session?.accountId;
      const grant = new ctx.oidc.provider.Grant({ clientId, ...(accountId ? { accountId } : {}) });
      grant.addOIDCScope('openid profile groups');
      await grant.save();
      return grant;
    },
  });
  // Its page, where people say who they are: here in the address.
  provider.use(async (ctx, next) => {
    const login = ctx.query['login'];
    if (!ctx.path.startsWith(loginPath)) return next();
    if (typeof login !== 'string') ctx.body = 'Who are you?';
    else {
      ctx.respond = false;
      await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: login } });
    }
  });
  provider.on('backchannel.error', (_ctx, error) => console.error('back-channel logout:', error));
  return provider;
}
