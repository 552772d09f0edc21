import type { Department } from '@datamesh/contracts';
import type { RequestHandler, Router } from 'express';
import type { Logger } from 'pino';
import type { Clock } from '../clock';
import type { Config } from '../config';
import type { PendingSource } from '../events/pending';
import type { Caller } from '../http/caller';
import type { Metrics } from '../http/metrics';
import type { Storage } from '../storage/storage';
import { authenticate } from './authenticate';
import { openBootstrapSecret } from './bootstrap';
import { cookieNames } from './cookies';
import { createDevIssuer } from './dev-issuer/issuer';
import { createErasureWay } from './erasure/erasure';
import { openServiceTokens } from './keys/service-token';
import { createAccountsRoute } from './people/routes';
import type { PeopleStore } from './people/store';
import { createJwksRoute, createServiceTokenRoute, createSessionRoutes, type SessionRoutes } from './routes';
import type { SessionLimits } from './sessions/session';
import { lazyIssuer, type SignInClient } from './sign-in/issuer';
import { createSignIn } from './sign-in/sign-in';
import { signOutAtIssuer } from './sign-out/at-issuer';
import { createBackChannelLogout } from './sign-out/back-channel';
import { identityStores } from './stores';
import { createTickets } from './tickets';
import { createNewToken } from './tokens/new-token';
import { createTokenRoutes, type TokenRoutes } from './tokens/routes';
import { createTokenList } from './tokens/token-list';
import { type Allowed, createAllowed } from './trusts/allowed';
import { openTrustStore } from './trusts/open-store';
import { createTrustRoutes, type TrustRoutes } from './trusts/routes';
import { openUsedTokens } from './used-tokens/open-store';
import { createSessionRoute, createViewerRoute, type ViewerDeps } from './viewer';
import { createWorkloads } from './workload/verify';

export interface IdentityDeps {
  config: Config;
  storage: Storage;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
  /** Something waits to be relayed. */
  wakeRelay(): void;
  departmentsOf(caller: Caller): Promise<Department[]>;
  onSessionEnd(sid: string): void;
  layoutsOf: ViewerDeps['layoutsOf'];
  widgetsOf: ViewerDeps['widgetsOf'];
}

export interface Identity {
  /** Fills `req.caller`; wrong credentials are refused with 401. */
  authenticate: RequestHandler;
  session: SessionRoutes;
  /** POST /session/back-channel-logout, for the issuer alone. */
  backChannelLogout: RequestHandler;
  tokens: TokenRoutes;
  trusts: TrustRoutes;
  /** GET /accounts */
  accounts: RequestHandler;
  /** In whose name a caller acts on a widget. */
  allowed: Allowed;
  /** POST /internal/v1/service-token, for the edge alone. */
  serviceToken: RequestHandler;
  /** GET /internal/v1/viewer, for the tracker alone. */
  viewer: RequestHandler;
  /** GET /internal/v1/session, for the tracker alone. */
  livingSession: RequestHandler;
  /** GET /.well-known/jwks.json */
  jwks: RequestHandler;
  /** The development issuer, to be mounted at /oidc; undefined where a company's issuer is used. */
  devIssuer: Router | undefined;
  /** Whether a session still lives: streams ask now and then, for it may have ended in another replica. */
  sessionAlive(sid: string): Promise<boolean>;
  /** Who has signed in. */
  people: PeopleStore;
  /** Stores whose documents carry audit entries. */
  sources: readonly PendingSource[];
  stop(): void;
}

const minute = 60_000;
const hour = 60 * minute;
const limits: SessionLimits = { idle: 12 * hour, absolute: 7 * 24 * hour };

export async function createIdentity(deps: IdentityDeps): Promise<Identity> {
  const { config, storage, clock, logger, metrics, wakeRelay, departmentsOf, onSessionEnd } = deps;
  const { publicUrl } = config;
  const cookies = cookieNames(publicUrl.startsWith('https:'));
  const { sessions, tokens, keys, people } = await identityStores(storage);
  const serviceTokens = await openServiceTokens(keys, publicUrl, clock);
  const bootstrapSecret = await openBootstrapSecret(config.bootstrapFile);
  const devIssuer = config.oidc ? undefined : await createDevIssuer(publicUrl, clock);
  const client: SignInClient | undefined = config.oidc ?? devIssuer?.client;
  if (!client) throw new Error('there is neither OIDC_ISSUER nor the development issuer');
  const issuer = lazyIssuer(client);
  const signIn = createSignIn({ publicUrl, issuer, client, claimNames: config.claims, store: sessions, clock });

  const tickets = createTickets(serviceTokens);
  const trusts = await openTrustStore(storage);
  const used = await openUsedTokens(storage, clock);
  const workloads = createWorkloads(config.workloadIssuers, used, clock);

  const newToken = createNewToken({ publicUrl, issuer: client.issuer, tokens, clock, departmentsOf, wakeRelay });

  const sweeping = setInterval(() => {
    sessions.sweep(clock()).catch((error: unknown) => {
      metrics.backgroundErrors.inc({ task: 'sweep sessions' });
      logger.warn({ err: error }, 'expired sessions could not be swept');
    });
  }, minute);
  sweeping.unref();

  return {
    authenticate: authenticate({ sessions, tokens, serviceTokens, workloads, bootstrapSecret, cookies, limits, clock }),
    session: createSessionRoutes({
      publicUrl,
      cookies,
      sessions,
      people,
      signIn,
      signOutAtIssuer: async (session) => (config.signOutAtIssuer ? signOutAtIssuer(issuer, publicUrl, session) : undefined),
      newToken,
      tokenList: createTokenList({ publicUrl, tokens, tickets, clock, wakeRelay }),
      erasureWay: createErasureWay({ publicUrl, trackerUrl: config.trackerUrl, tickets, serviceTokens, clock }),
      serviceTokens,
      limits,
      clock,
      wakeRelay,
      departmentsOf,
      onSessionEnd,
    }),
    backChannelLogout: createBackChannelLogout({ client, issuer, used, sessions, clock, wakeRelay, onSessionEnd }),
    tokens: createTokenRoutes({ tokens, clock, wakeRelay }),
    serviceToken: createServiceTokenRoute({ sessions, serviceTokens, cookies, limits, clock }),
    livingSession: createSessionRoute({ serviceTokens, sessions, clock }),
    viewer: createViewerRoute({ serviceTokens, sessions, clock, layoutsOf: deps.layoutsOf, widgetsOf: deps.widgetsOf }),
    jwks: createJwksRoute(serviceTokens),
    devIssuer: devIssuer?.router,
    accounts: createAccountsRoute(people),
    sessionAlive: async (sid) => (await sessions.findBySid(sid, clock())) !== undefined,
    trusts: createTrustRoutes({ trusts, issuers: config.workloadIssuers.map(({ issuer }) => issuer), clock, wakeRelay }),
    allowed: createAllowed(trusts),
    people,
    sources: [sessions, tokens, trusts],
    stop: () => clearInterval(sweeping),
  };
}
