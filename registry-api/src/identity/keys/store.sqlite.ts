import type { JWK } from 'jose';
import { type Database, migrate } from '../../storage/sqlite/database';
import type { KeyStore, SigningKey } from './store';

const schema = ['CREATE TABLE signing_keys (slot TEXT PRIMARY KEY, kid TEXT NOT NULL, jwk TEXT NOT NULL, created_at TEXT NOT NULL) STRICT'];

export function sqliteKeys(database: Database): KeyStore {
  migrate(database, 'keys', schema);
  const select = database.prepare("SELECT * FROM signing_keys WHERE slot = 'current'");
  const insert = database.prepare(
    "INSERT INTO signing_keys (slot, kid, jwk, created_at) VALUES ('current', ?, ?, ?) ON CONFLICT DO NOTHING",
  );
  const current = (): SigningKey | undefined => {
    const row = select.get() as { kid: string; jwk: string; created_at: string } | undefined;
    return row && { kid: row.kid, privateJwk: JSON.parse(row.jwk) as JWK, createdAt: row.created_at };
  };
  return {
    current: async () => current(),
    async begin(key) {
      insert.run(key.kid, JSON.stringify(key.privateJwk), key.createdAt);
      return current() ?? key;
    },
  };
}
