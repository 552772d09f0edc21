import { atomically, type Database, migrate } from '../../storage/sqlite/database';
import type { UsedTokens } from './store';

const tables = [
  'CREATE TABLE used_tokens (issuer TEXT NOT NULL, jti TEXT NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (issuer, jti)) STRICT, WITHOUT ROWID',
  'CREATE INDEX used_tokens_until ON used_tokens (until)',
];

/** Forgets tokens that are over with each new one. */
export function createSqliteUsedTokens(database: Database, now: () => number): UsedTokens {
  migrate(database, 'used-tokens', tables);
  const insert = database.prepare('INSERT OR IGNORE INTO used_tokens (issuer, jti, until) VALUES (?, ?, ?)');
  const find = database.prepare('SELECT 1 FROM used_tokens WHERE issuer = ? AND jti = ?');
  const forget = database.prepare('DELETE FROM used_tokens WHERE until < ?');
  return {
    use: async (issuer, jti, until) =>
      atomically(database, () => {
        forget.run(now());
        return insert.run(issuer, jti, until).changes === 1;
      }),
    isUsed: async (issuer, jti) => find.get(issuer, jti) !== undefined,
  };
}
