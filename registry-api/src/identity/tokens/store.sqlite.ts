import { atomically, type Database, migrate } from '../../storage/sqlite/database';
import { openPending, pendingTable } from '../../storage/sqlite/pending';
import type { TokenStore } from './store';
import type { TokenRecord } from './token';

const schema = [
  `CREATE TABLE tokens (id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, name TEXT NOT NULL, team TEXT NOT NULL, createdBy TEXT NOT NULL,
     createdAt TEXT NOT NULL, expiresAt TEXT NOT NULL, lastUsedAt TEXT, revokedAt TEXT) STRICT`,
  'CREATE INDEX tokens_creator ON tokens (createdBy, createdAt)',
  pendingTable('token_pending', 'token'),
  // Revoked ones stay in the table for ever.
  'CREATE INDEX tokens_alive ON tokens (createdAt DESC, id) WHERE revokedAt IS NULL',
  // A token is a team's or a department's: SQLite takes a NOT NULL away with the table alone.
  `CREATE TABLE tokens_next (id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, name TEXT NOT NULL, team TEXT, department TEXT, createdBy TEXT NOT NULL,
     createdAt TEXT NOT NULL, expiresAt TEXT NOT NULL, lastUsedAt TEXT, revokedAt TEXT, CHECK ((team IS NULL) <> (department IS NULL))) STRICT;
   INSERT INTO tokens_next SELECT id, hash, name, team, NULL, createdBy, createdAt, expiresAt, lastUsedAt, revokedAt FROM tokens;
   DROP TABLE tokens;
   ALTER TABLE tokens_next RENAME TO tokens;
   CREATE INDEX tokens_creator ON tokens (createdBy, createdAt);
   CREATE INDEX tokens_alive ON tokens (createdAt DESC, id) WHERE revokedAt IS NULL`,
];

export function sqliteTokens(database: Database): TokenStore {
  migrate(database, 'tokens', schema);
  const insert = database.prepare(
    `INSERT INTO tokens (id, hash, name, team, department, createdBy, createdAt, expiresAt, lastUsedAt, revokedAt)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const byHash = database.prepare('SELECT * FROM tokens WHERE hash = ?');
  const byId = database.prepare('SELECT * FROM tokens WHERE id = ?');
  const all = database.prepare('SELECT * FROM tokens WHERE revokedAt IS NULL ORDER BY createdAt DESC, id');
  const ofPerson = database.prepare('SELECT * FROM tokens WHERE revokedAt IS NULL AND createdBy = ? ORDER BY createdAt DESC, id');
  const revoke = database.prepare('UPDATE tokens SET revokedAt = ? WHERE id = ? AND revokedAt IS NULL');
  const used = database.prepare('UPDATE tokens SET lastUsedAt = ? WHERE id = ? AND (lastUsedAt IS NULL OR lastUsedAt < ?)');
  const waiting = openPending(database, 'token_pending', 'token');
  return {
    async add(token, about) {
      atomically(database, () => {
        waiting.add(token.id, about);
        insert.run(
          token.id,
          token.hash,
          token.name,
          token.team,
          token.department,
          token.createdBy,
          token.createdAt,
          token.expiresAt,
          token.lastUsedAt,
          token.revokedAt,
        );
      });
    },
    findByHash: async (hash) => tokenOf(byHash.get(hash)),
    find: async (id) => tokenOf(byId.get(id)),
    list: async (createdBy) => (createdBy === undefined ? all.all() : ofPerson.all(createdBy)).flatMap((row) => tokenOf(row) ?? []),
    revoke: async (id, at, about) =>
      atomically(database, () => {
        if (revoke.run(at, id).changes !== 1) return false;
        waiting.add(id, about);
        return true;
      }),
    async used(id, at) {
      used.run(at, id, at);
    },
    pending: waiting.pending,
    clear: waiting.clear,
  };
}

function tokenOf(row: unknown): TokenRecord | undefined {
  if (!row) return undefined;
  const { id, hash, name, team, department, createdBy, createdAt, expiresAt, lastUsedAt, revokedAt } = row as TokenRecord;
  return { id, hash, name, team, department, createdBy, createdAt, expiresAt, lastUsedAt, revokedAt };
}
