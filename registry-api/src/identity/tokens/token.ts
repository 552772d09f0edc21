import { randomUUID } from 'node:crypto';
import type { Token } from '@datamesh/contracts';
import { type Asking, entryAbout, type PendingEntry } from '../../audit/audit';
import { createSecret, hashOf } from '../secrets';

export type TokenScope = Token['scope'];

/** By which people, scanners and the command line tell what a token is good for. */
export const tokenPrefixes: Readonly<Record<TokenScope, string>> = { publish: 'dmp_', layouts: 'dml_' };

/** A token that publishes for one team, or keeps the layouts of one department. Times are ISO 8601. */
export interface TokenRecord {
  id: string;
  /** sha256 of the secret, which is shown once and kept nowhere. */
  hash: string;
  name: string;
  /** Just one of the two. */
  team: string | null;
  department: string | null;
  /** `user:<id>` */
  createdBy: string;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

/** What a new token is to be for. */
export type WantedToken = TokenFor & { name: string; days: number };
export type TokenFor = { team: string; department?: undefined } | { department: string; team?: undefined };

/** What a form is filled in with. */
export type GivenToken = Partial<Pick<TokenRecord, 'team' | 'department' | 'name'>> & { days: number };

/** undefined: neither of the two is named, or both are. */
export function tokenFor({ team, department }: { team?: string | undefined; department?: string | undefined }): TokenFor | undefined {
  if (team !== undefined) return department === undefined ? { team } : undefined;
  return department === undefined ? undefined : { department };
}

export const scopeOf = ({ department }: Pick<TokenRecord, 'department'>): TokenScope => (department === null ? 'publish' : 'layouts');

const dayMs = 86_400_000;

export function createToken(wanted: WantedToken, createdBy: string, now: number): { secret: string; record: TokenRecord } {
  const { team = null, department = null } = wanted;
  const secret = createSecret(tokenPrefixes[scopeOf({ department })]);
  const record: TokenRecord = {
    id: randomUUID(),
    hash: hashOf(secret),
    name: wanted.name,
    team,
    department,
    createdBy,
    createdAt: new Date(now).toISOString(),
    expiresAt: new Date(now + wanted.days * dayMs).toISOString(),
    lastUsedAt: null,
    revokedAt: null,
  };
  return { secret, record };
}

export const tokenCreated = (asking: Asking, token: TokenRecord): PendingEntry =>
  entryAbout(asking, token.createdAt, 'token.create', `token:${token.id}`, { ...namedIn(token), expiresAt: token.expiresAt });

export const tokenRevoked = (asking: Asking, token: TokenRecord, at: string): PendingEntry =>
  entryAbout(asking, at, 'token.revoke', `token:${token.id}`, namedIn(token));

const namedIn = ({ team, department, name }: TokenRecord) => ({ ...(department === null ? { team } : { department }), name });

export const isUsable = (token: TokenRecord, now: number): boolean => token.revokedAt === null && Date.parse(token.expiresAt) > now;

/** What the API says about a token. */
export const publicToken = ({ id, name, team, department, createdAt, expiresAt, createdBy, lastUsedAt }: TokenRecord): Token => ({
  id,
  name,
  scope: scopeOf({ department }),
  team,
  department,
  createdAt,
  expiresAt,
  createdBy,
  lastUsedAt,
});
