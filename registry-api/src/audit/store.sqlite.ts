import type { AuditEntry } from '@datamesh/contracts';
import { type Database, migrate } from '../storage/sqlite/database';
import type { AuditStore } from './store';

interface Row {
  entry: string;
}

export function createSqliteAuditStore(database: Database): AuditStore {
  migrate(database, 'audit', ['CREATE TABLE audit (seq INTEGER PRIMARY KEY, entry TEXT NOT NULL) STRICT']);
  const last = database.prepare('SELECT entry FROM audit ORDER BY seq DESC LIMIT 1');
  const insert = database.prepare('INSERT OR IGNORE INTO audit (seq, entry) VALUES (?, ?)');
  const newest = database.prepare('SELECT entry FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?');
  const entryOf = (row: Row) => JSON.parse(row.entry) as AuditEntry;
  return {
    last: async () => {
      const row = last.get() as Row | undefined;
      return row ? entryOf(row) : null;
    },
    insert: async (entry) => insert.run(entry.seq, JSON.stringify(entry)).changes === 1,
    newest: async (limit, before) => (newest.all(before ?? Number.MAX_SAFE_INTEGER, limit) as Row[]).map(entryOf),
  };
}
