/** The only place that reads the environment. Every setting with its unit and default stands here. */
import { join } from 'node:path';
import { ConfigError, type Environment, type LogLevel, type SettingRead, Settings, type TrustedProxies } from '@datamesh/service';
import { ROLES } from '@datamesh/service/service-token';
import type { RateLimits } from './http/rate-limits';
import type { ClaimNames } from './identity/claims';
import { readGroupMap } from './identity/groups';
import { readWorkloadIssuers, type WorkloadIssuer } from './identity/workload/issuer';
import { defaultSharing, type SharingRules } from './layouts/sharing';
import type { Setting } from './settings';

export interface OidcConfig {
  issuer: string;
  clientId: string;
  clientSecret: string | null;
  /** Space-separated; what the issuer is asked to say of a person. */
  scope: string;
}

export interface Config {
  /** Address to listen on. */
  host: string;
  port: number;
  /** The one origin that browsers see, without a slash at the end. */
  publicUrl: string;
  /** Peers whose X-Forwarded-For is believed. */
  trustedProxies: TrustedProxies;
  /** Where the tracker is, which is told whom to forget: an origin. */
  trackerUrl: string;
  /** Names by which other services call this one, beside addresses, localhost and the public one. */
  allowedHosts: string[];
  rateLimits: RateLimits;
  /** Event streams of one person at the same time: a browser has one, screens on walls share an account. */
  streamsOfOne: number;
  /** Milliseconds that accepted requests may take once the service stops. */
  grace: number;
  /** Milliseconds until all of a body must be there: of any, and of a tarball that is published. */
  bodyWithin: number;
  uploadWithin: number;
  /** Folder of the embedded store and of file-system blobs. */
  dataDir: string;
  /** null: the embedded SQLite store. */
  mongoUrl: string | null;
  blobs: 'fs' | 'gridfs';
  /** The embedded development issuer with its demo users; only ever with a loopback `publicUrl`, and not beside OIDC_ISSUER. */
  devIssuer: boolean;
  oidc: OidcConfig | null;
  /** Whether signing out here ends the session at the issuer as well, where it has a place for it. */
  signOutAtIssuer: boolean;
  /** Names of the claims that carry roles, departments and teams, and what groups give beside them. */
  claims: ClaimNames;
  /** File with the bootstrap secret, created 0600 when missing. */
  bootstrapFile: string;
  /** Data sources that a widget.json may ask for; null: any; SOURCES_ALLOWED=none: none. */
  sourcesAllowed: string[] | null;
  /** What becomes of a version that shares a library in a range which the page cannot meet: it fails when it is opened. */
  sharedMismatch: 'refuse' | 'warn';
  /** Whose pods and CI jobs this instance knows. */
  workloadIssuers: WorkloadIssuer[];
  /** `name=team`: widgets that may be published although their name looks like another team's. */
  lookalikesAllowed: string[];
  /** Which roles may share layouts with whom, beside admins. */
  sharing: SharingRules;
  logLevel: LogLevel;
  /** strict: an answer that breaks the contract becomes a 500 (tests); log: it is logged and sent. */
  responseContract: 'strict' | 'log';
  /** All of these as they were read, for admins. */
  settings: readonly SettingRead[];
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
/** Only the edge speaks to this service, and it may run elsewhere in a private network. */
const PRIVATE = ['127.0.0.0/8', '::1/128', '169.254.0.0/16', 'fe80::/10', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'];

export function readConfig(env: Environment, settings = new Settings<Setting>(env)): Config {
  const publicUrl = settings.origin('PUBLIC_URL', 'http://localhost:4000');
  const dataDir = settings.path('DATA_DIR', '.data/registry');
  const mongoUrl = settings.secret('MONGO_URL');
  const devIssuer = settings.oneOf('DATAMESH_DEV_ISSUER', ['0', '1']) === '1';
  if (devIssuer && !isLoopback(publicUrl))
    throw new ConfigError(
      'DATAMESH_DEV_ISSUER',
      `must not be set with a PUBLIC_URL such as ${publicUrl.origin}, which is not loopback: its demo users have no passwords`,
    );
  const oidc = oidcOf(settings);
  if (!devIssuer && !oidc)
    throw new ConfigError(
      'OIDC_ISSUER',
      'must be the company’s sign-in, with OIDC_CLIENT_ID; or set DATAMESH_DEV_ISSUER=1 on a loopback PUBLIC_URL',
    );
  return {
    host: settings.text('HOST', '127.0.0.1'),
    port: settings.port('PORT', 4100),
    publicUrl: publicUrl.origin,
    trustedProxies: settings.trustedProxies('TRUSTED_PROXIES', PRIVATE),
    trackerUrl: settings.origin('TRACKER_URL', 'http://127.0.0.1:4200').origin,
    allowedHosts: settings.allowedHosts(),
    streamsOfOne: settings.whole('LIMIT_STREAMS', { otherwise: 500, least: 1, most: 1_000_000 }),
    rateLimits: {
      signIns: settings.perMinute('LIMIT_SIGN_INS', 300),
      writes: settings.perMinute('LIMIT_WRITES', 600),
      reads: settings.perMinute('LIMIT_READS', 6_000),
      people: settings.perMinute('LIMIT_PEOPLE', 120),
    },
    grace: settings.grace(),
    bodyWithin: settings.bodyWithin(),
    uploadWithin: settings.whole('UPLOAD_SECONDS', { otherwise: 120, least: 1, most: 240, unit: 'seconds' }) * 1000,
    dataDir,
    mongoUrl,
    blobs: blobsOf(settings, mongoUrl),
    devIssuer,
    oidc,
    signOutAtIssuer: settings.oneOf('OIDC_SIGN_OUT', ['issuer', 'here']) === 'issuer',
    claims: claimNamesOf(settings),
    bootstrapFile: settings.path('BOOTSTRAP_FILE', join(dataDir, '..', 'bootstrap.json')),
    sourcesAllowed: settings.list('SOURCES_ALLOWED'),
    sharedMismatch: settings.oneOf('SHARED_MISMATCH', ['refuse', 'warn']),
    workloadIssuers: workloadIssuersOf(settings),
    lookalikesAllowed: lookalikesOf(settings),
    // Beside admins, who always may; `admin` alone stands for nobody else.
    sharing: {
      people: settings.someOf('SHARE_WITH_PEOPLE', ROLES, defaultSharing.people),
      department: settings.someOf('SHARE_WITH_DEPARTMENT', ROLES, defaultSharing.department),
      company: settings.someOf('SHARE_WITH_COMPANY', ROLES, defaultSharing.company),
    },
    logLevel: settings.logLevel(),
    responseContract: settings.optional('NODE_ENV') === 'test' ? 'strict' : 'log',
    settings: settings.all(),
  };
}

function claimNamesOf(settings: Settings<Setting>): ClaimNames {
  return {
    roles: settings.text('CLAIM_ROLES', 'roles'),
    departments: settings.text('CLAIM_DEPARTMENTS', 'departments'),
    teams: settings.text('CLAIM_TEAMS', 'teams'),
    groups: readGroupMap(settings.json('CLAIM_GROUPS')),
  };
}

/** The same, for a dry run that needs nothing else. */
export const readClaimNames = (env: Environment): ClaimNames => claimNamesOf(new Settings<Setting>(env));

function workloadIssuersOf(settings: Settings<Setting>): WorkloadIssuer[] {
  try {
    return readWorkloadIssuers(settings.json('WORKLOAD_ISSUERS') ?? []);
  } catch (error) {
    throw error instanceof ConfigError ? error : new ConfigError('WORKLOAD_ISSUERS', (error as Error).message);
  }
}

const isLoopback = ({ hostname }: URL): boolean => LOOPBACK.includes(hostname);

function oidcOf(settings: Settings<Setting>): OidcConfig | null {
  const issuer = settings.optional('OIDC_ISSUER');
  if (issuer === null) return null;
  const url = settings.url('OIDC_ISSUER', '');
  if (url.protocol !== 'https:' && !isLoopback(url))
    throw new ConfigError('OIDC_ISSUER', `must be an https address (http only on this machine), not "${issuer}"`);
  const clientId = settings.optional('OIDC_CLIENT_ID');
  if (clientId === null) throw new ConfigError('OIDC_CLIENT_ID', 'must be set where OIDC_ISSUER is');
  const scope = settings.text('OIDC_SCOPE', 'openid profile email');
  if (!scope.split(' ').includes('openid')) throw new ConfigError('OIDC_SCOPE', `must have openid in it, not "${scope}"`);
  return { issuer, clientId, clientSecret: settings.secret('OIDC_CLIENT_SECRET'), scope };
}

function blobsOf(settings: Settings<Setting>, mongoUrl: string | null): 'fs' | 'gridfs' {
  const blobs = settings.oneOf('BLOBS', mongoUrl ? ['gridfs', 'fs'] : ['fs', 'gridfs']);
  if (blobs === 'gridfs' && !mongoUrl) throw new ConfigError('MONGO_URL', 'must be set where BLOBS=gridfs');
  return blobs;
}

function lookalikesOf(settings: Settings<Setting>): string[] {
  const pairs = settings.list('LOOKALIKES_ALLOWED') ?? [];
  const wrong = pairs.find((pair) => !/^[a-z][a-z0-9-]{2,49}=[a-z][a-z0-9-]{0,49}$/.test(pair));
  if (wrong !== undefined)
    throw new ConfigError('LOOKALIKES_ALLOWED', `must be widget names with their teams, such as series-charts=risk, not "${wrong}"`);
  return pairs;
}
