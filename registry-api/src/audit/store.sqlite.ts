import type { AuditEntry } from '@datamesh/contracts';
import { type Database, migrate } from '../storage/sqlite/database';
import { type AuditStore, aboutOf } from './store';

interface Row {
  seq: number;
  entry: string;
}

const schema = [
  'CREATE TABLE audit (seq INTEGER PRIMARY KEY, entry TEXT NOT NULL) STRICT',
  'ALTER TABLE audit ADD COLUMN id TEXT',
  'CREATE UNIQUE INDEX audit_id ON audit (id)',
  'ALTER TABLE audit ADD COLUMN about TEXT',
  "UPDATE audit SET about = json_extract(entry, '$.action') || ' ' || json_extract(entry, '$.subject') WHERE json_valid(entry)",
  'CREATE INDEX audit_about ON audit (about)',
];

export function createSqliteAuditStore(database: Database): AuditStore {
  migrate(database, 'audit', schema);
  const last = database.prepare('SELECT entry FROM audit ORDER BY seq DESC LIMIT 1');
  const insert = database.prepare('INSERT OR IGNORE INTO audit (seq, id, about, entry) VALUES (?, ?, ?, ?)');
  const known = database.prepare('SELECT 1 FROM audit WHERE id = ?');
  const newest = database.prepare('SELECT entry FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?');
  const after = database.prepare('SELECT seq, entry FROM audit WHERE seq > ? ORDER BY seq LIMIT ?');
  const about = database.prepare('SELECT 1 FROM audit WHERE about = ? LIMIT 1');
  // Of one subject at a time: its index gives them in order, so that no more are read than are wanted.
  const listed = database.prepare('SELECT seq, entry FROM audit WHERE about = ? AND seq < ? ORDER BY seq DESC LIMIT ?');
  const entryOf = ({ entry }: Pick<Row, 'entry'>) => JSON.parse(entry) as AuditEntry;
  return {
    last: async () => {
      const row = last.get() as Row | undefined;
      return row ? entryOf(row) : null;
    },
    insert: async (entry, id) => {
      if (insert.run(entry.seq, id, aboutOf(entry), JSON.stringify(entry)).changes === 1) return 'inserted';
      return known.get(id) ? 'known' : 'taken';
    },
    newest: async (limit, before) => (newest.all(before ?? Number.MAX_SAFE_INTEGER, limit) as Row[]).map(entryOf),
    after: async (seq, limit) => after.all(seq, limit) as Row[],
    about: async (subjects, limit, before) =>
      [...new Set(subjects)]
        .flatMap((subject) => listed.all(subject, before ?? Number.MAX_SAFE_INTEGER, limit) as Row[])
        .sort((a, b) => b.seq - a.seq)
        .slice(0, limit)
        .map(entryOf),
    has: async (action, subject) => about.get(aboutOf({ action, subject })) !== undefined,
  };
}
