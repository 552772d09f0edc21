import type { AuditEntry } from '@datamesh/contracts';
import { type Database, migrate } from '../storage/sqlite/database';
import { type AuditStore, aboutOf } from './store';

interface Row {
  seq: number;
  entry: string;
}

/** After every ISO 8601 instant. */
const latest = '~';

/** What entries are listed by. */
const listedBy = ['at', 'actor', 'action', 'subject'] as const;

/** From the entry as it stands there, so that what was changed by hand is listed as what it has become. */
const readFromEntry = (name: string): string[] => [
  `ALTER TABLE audit ADD COLUMN ${name} TEXT
     GENERATED ALWAYS AS (CASE WHEN json_valid(entry) THEN json_extract(entry, '$.${name}') END) VIRTUAL`,
  name === 'at' ? 'CREATE INDEX audit_at ON audit (at, seq)' : `CREATE INDEX audit_${name} ON audit (${name}, at, seq)`,
];

const schema = [
  'CREATE TABLE audit (seq INTEGER PRIMARY KEY, entry TEXT NOT NULL) STRICT',
  'ALTER TABLE audit ADD COLUMN id TEXT',
  'CREATE UNIQUE INDEX audit_id ON audit (id)',
  'ALTER TABLE audit ADD COLUMN about TEXT',
  "UPDATE audit SET about = json_extract(entry, '$.action') || ' ' || json_extract(entry, '$.subject') WHERE json_valid(entry)",
  'CREATE INDEX audit_about ON audit (about)',
  ...listedBy.flatMap(readFromEntry),
];

export function createSqliteAuditStore(database: Database): AuditStore {
  migrate(database, 'audit', schema);
  const last = database.prepare('SELECT entry FROM audit ORDER BY seq DESC LIMIT 1');
  const insert = database.prepare('INSERT OR IGNORE INTO audit (seq, id, about, entry) VALUES (?, ?, ?, ?)');
  const known = database.prepare('SELECT 1 FROM audit WHERE id = ?');
  const page = (of: string) =>
    database.prepare(
      `SELECT entry FROM audit WHERE ${of} at >= :from AND at < :to AND (at, seq) < (:at, :seq) ORDER BY at DESC, seq DESC LIMIT :limit`,
    );
  const pages = {
    all: page(''),
    actor: page('actor = :value AND'),
    action: page('action = :value AND'),
    subject: page('subject = :value AND'),
  };
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
    page: async ({ of, from, to, after, limit }) => {
      const { at, seq } = after ?? { at: latest, seq: Number.MAX_SAFE_INTEGER };
      const asked = { from: from ?? '', to: to ?? latest, at, seq, limit };
      return ((of ? pages[of[0]].all({ ...asked, value: of[1] }) : pages.all.all(asked)) as Row[]).map(entryOf);
    },
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
