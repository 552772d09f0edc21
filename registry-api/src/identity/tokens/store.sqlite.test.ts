/** Tokens that an older version kept, from before there were any for departments. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../storage/sqlite/database';
import { sqliteTokens } from './store.sqlite';
import { createToken } from './token';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'registry-tokens-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('go on publishing for their team, with all that is known of them', async () => {
  const database = openDatabase(join(folder, 'registry.db'));
  const { record } = createToken({ team: 'platform', name: 'CI', days: 1 }, 'user:robin', 0);
  const old = { ...record, lastUsedAt: '2026-01-02T00:00:00.000Z' };
  database.exec(`
    CREATE TABLE tokens (id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, name TEXT NOT NULL, team TEXT NOT NULL, createdBy TEXT NOT NULL,
      createdAt TEXT NOT NULL, expiresAt TEXT NOT NULL, lastUsedAt TEXT, revokedAt TEXT) STRICT;
    CREATE INDEX tokens_creator ON tokens (createdBy, createdAt);
    CREATE TABLE token_pending (position INTEGER PRIMARY KEY AUTOINCREMENT, token TEXT NOT NULL, id TEXT NOT NULL UNIQUE, event TEXT NOT NULL) STRICT;
    CREATE INDEX tokens_alive ON tokens (createdAt DESC, id) WHERE revokedAt IS NULL;
    INSERT INTO migrations VALUES ('tokens', 0), ('tokens', 1), ('tokens', 2), ('tokens', 3);
    INSERT INTO tokens VALUES ('${old.id}', '${old.hash}', 'CI', 'platform', 'user:robin', '${old.createdAt}', '${old.expiresAt}', '${old.lastUsedAt}', NULL)`);
  const tokens = sqliteTokens(database);
  expect(await tokens.findByHash(old.hash)).toEqual(old);
  const { record: next } = createToken({ department: 'sales', name: 'Layouts', days: 1 }, 'user:alex', 1);
  await tokens.add(next, []);
  expect(await tokens.list(undefined)).toEqual([next, old]);
  await expect(tokens.add({ ...next, id: 'x', hash: 'x', team: 'platform' }, [])).rejects.toThrow(/CHECK/);
  database.close();
});
