import { randomUUID } from 'node:crypto';
import type { Token } from '@datamesh/contracts';
import { type Asking, entryAbout, type PendingEntry } from '../../audit/audit';
import { hashOf, newSecret } from '../secrets';

export const tokenPrefix = 'dmp_';

/** A publish token of one team. Times are ISO 8601. */
export interface TokenRecord {
  id: string;
  /** sha256 of the secret, which is shown once and kept nowhere. */
  hash: string;
  name: string;
  team: string;
  /** `user:<id>` */
  createdBy: string;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

/** What a new token is to be for. */
export interface WantedToken {
  team: string;
  name: string;
  days: number;
}

const dayMs = 86_400_000;

export function newToken(wanted: WantedToken, createdBy: string, now: number): { secret: string; record: TokenRecord } {
  const secret = newSecret(tokenPrefix);
  const record: TokenRecord = {
    id: randomUUID(),
    hash: hashOf(secret),
    name: wanted.name,
    team: wanted.team,
    createdBy,
    createdAt: new Date(now).toISOString(),
    expiresAt: new Date(now + wanted.days * dayMs).toISOString(),
    lastUsedAt: null,
    revokedAt: null,
  };
  return { secret, record };
}

export const tokenCreated = (asking: Asking, { id, team, name, createdAt, expiresAt }: TokenRecord): PendingEntry =>
  entryAbout(asking, createdAt, 'token.create', `token:${id}`, { team, name, expiresAt });

export const isUsable = (token: TokenRecord, now: number): boolean => token.revokedAt === null && Date.parse(token.expiresAt) > now;

/** What the API says about a token. */
export const publicToken = ({ id, name, team, createdAt, expiresAt, createdBy, lastUsedAt }: TokenRecord): Token => ({
  id,
  name,
  team,
  createdAt,
  expiresAt,
  createdBy,
  lastUsedAt,
});
