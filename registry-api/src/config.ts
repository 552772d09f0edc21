/** The only place that reads the environment. Every setting with its unit and default stands here. */
import { join, resolve } from 'node:path';
import { isRole, type Role, roles } from './identity/roles';
import { defaultSharing, type SharingRules } from './layouts/sharing';

export interface OidcConfig {
  issuer: string;
  clientId: string;
  clientSecret: string | null;
}

export interface Config {
  /** Address to listen on. */
  host: string;
  port: number;
  /** The one origin that browsers see, without a slash at the end. */
  publicUrl: string;
  /** Folder of the embedded store and of file-system blobs. */
  dataDir: string;
  /** null: the embedded SQLite store. */
  mongoUrl: string | null;
  blobs: 'fs' | 'gridfs';
  /** The embedded development issuer with its demo users; only ever with a loopback `publicUrl`, and not beside OIDC_ISSUER. */
  devIssuer: boolean;
  oidc: OidcConfig | null;
  /** Names of the claims that carry roles, departments and teams. */
  claims: { roles: string; departments: string; teams: string };
  /** File with the bootstrap secret, created 0600 when missing. */
  bootstrapFile: string;
  /** Trusted Types policy names that a widget.json may ask for. */
  trustedTypesAllowed: string[];
  /** Data sources that a widget.json may ask for; null: any. */
  sourcesAllowed: string[] | null;
  /** Which roles may share layouts with whom, beside admins. */
  sharing: SharingRules;
  logLevel: string;
  /** strict: an answer that breaks the contract becomes a 500 (tests); log: it is logged and sent. */
  responseContract: 'strict' | 'log';
}

/** A setting that cannot be used; its text is one line for whoever starts the service. */
export class ConfigError extends Error {}

export function readConfig(env: NodeJS.ProcessEnv): Config {
  const publicUrl = originOf(env['PUBLIC_URL'] ?? 'http://localhost:4000');
  const dataDir = resolve(env['DATA_DIR'] ?? '.data/registry');
  const mongoUrl = env['MONGO_URL'] || null;
  const devIssuer = env['DATAMESH_DEV_ISSUER'] === '1';
  if (devIssuer && !isLoopback(publicUrl)) {
    throw new ConfigError(`DATAMESH_DEV_ISSUER=1 needs a loopback PUBLIC_URL, not ${publicUrl}: its demo users have no passwords`);
  }
  const oidc = oidcOf(env);
  if (!devIssuer && !oidc)
    throw new ConfigError('Set OIDC_ISSUER and OIDC_CLIENT_ID to the company’s sign-in, or DATAMESH_DEV_ISSUER=1 on a loopback PUBLIC_URL');
  return {
    host: env['HOST'] ?? '127.0.0.1',
    port: portOf(env['PORT'] ?? '4100'),
    publicUrl,
    dataDir,
    mongoUrl,
    blobs: blobsOf(env['BLOBS'], mongoUrl),
    devIssuer,
    oidc,
    claims: {
      roles: env['CLAIM_ROLES'] ?? 'roles',
      departments: env['CLAIM_DEPARTMENTS'] ?? 'departments',
      teams: env['CLAIM_TEAMS'] ?? 'teams',
    },
    bootstrapFile: resolve(env['BOOTSTRAP_FILE'] ?? join(dataDir, '..', 'bootstrap.json')),
    trustedTypesAllowed: list(env['TRUSTED_TYPES_ALLOWED'] ?? 'lit-html,vue,svelte-trusted-html'),
    sourcesAllowed: env['SOURCES_ALLOWED'] === undefined ? null : list(env['SOURCES_ALLOWED']),
    sharing: {
      people: rolesIn('SHARE_WITH_PEOPLE', env['SHARE_WITH_PEOPLE'], defaultSharing.people),
      department: rolesIn('SHARE_WITH_DEPARTMENT', env['SHARE_WITH_DEPARTMENT'], defaultSharing.department),
      company: rolesIn('SHARE_WITH_COMPANY', env['SHARE_WITH_COMPANY'], defaultSharing.company),
    },
    logLevel: env['LOG_LEVEL'] ?? 'info',
    responseContract: env['NODE_ENV'] === 'test' ? 'strict' : 'log',
  };
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/')
    throw new ConfigError(`PUBLIC_URL must be an origin such as http://localhost:4000, not ${text}`);
  return url.origin;
}

function isLoopback(origin: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(origin).hostname);
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new ConfigError(`PORT must be a number from 0 to 65535, not ${text}`);
  return port;
}

function oidcOf(env: NodeJS.ProcessEnv): OidcConfig | null {
  const issuer = env['OIDC_ISSUER'];
  if (!issuer) return null;
  const url = URL.canParse(issuer) ? new URL(issuer) : null;
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && isLoopback(url.origin)))
    throw new ConfigError(`OIDC_ISSUER must be an https URL (http only on this machine), not ${issuer}`);
  const clientId = env['OIDC_CLIENT_ID'];
  if (!clientId) throw new ConfigError('OIDC_ISSUER needs OIDC_CLIENT_ID');
  return { issuer, clientId, clientSecret: env['OIDC_CLIENT_SECRET'] || null };
}

function blobsOf(text: string | undefined, mongoUrl: string | null): 'fs' | 'gridfs' {
  if (text === undefined || text === '') return mongoUrl ? 'gridfs' : 'fs';
  if (text !== 'fs' && text !== 'gridfs') throw new ConfigError(`BLOBS must be fs or gridfs, not ${text}`);
  if (text === 'gridfs' && !mongoUrl) throw new ConfigError('BLOBS=gridfs needs MONGO_URL');
  return text;
}

/** Roles beside admin, which always may; `admin` alone stands for nobody else. */
function rolesIn(name: string, text: string | undefined, otherwise: readonly Role[]): readonly Role[] {
  if (!text) return otherwise;
  const names = list(text);
  const wrong = names.find((role) => !isRole(role));
  if (wrong !== undefined) throw new ConfigError(`${name} must be a list of roles (${roles.join(', ')}), not "${wrong}"`);
  return names.filter(isRole);
}

const list = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
