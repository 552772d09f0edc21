import { type Database, migrate } from '../storage/sqlite/database';
import { type AuditRow, type AuditStore, aboutOf } from './store';

/** After every ISO 8601 instant. */
const latest = '~';

/** What entries are found by. */
const foundBy = ['at', 'actor', 'action', 'subject'] as const;

const schema = [
  'CREATE TABLE audit (seq INTEGER PRIMARY KEY, entry TEXT NOT NULL) STRICT',
  'ALTER TABLE audit ADD COLUMN id TEXT',
  'CREATE UNIQUE INDEX audit_id ON audit (id)',
  'ALTER TABLE audit ADD COLUMN about TEXT',
  "UPDATE audit SET about = json_extract(entry, '$.action') || ' ' || json_extract(entry, '$.subject') WHERE json_valid(entry)",
  'CREATE INDEX audit_about ON audit (about)',
  ...foundBy.map((name) => `ALTER TABLE audit ADD COLUMN ${name} TEXT`),
  `UPDATE audit SET ${foundBy.map((name) => `${name} = json_extract(entry, '$.${name}')`).join(', ')} WHERE json_valid(entry)`,
  // What is no entry any more stands with the one before it.
  `UPDATE audit SET actor = coalesce(actor, ''), action = coalesce(action, ''), subject = coalesce(subject, ''), at = coalesce(
     at, (SELECT at FROM audit AS earlier WHERE earlier.seq < audit.seq AND earlier.at IS NOT NULL ORDER BY earlier.seq DESC LIMIT 1), '')
   WHERE at IS NULL OR actor IS NULL OR action IS NULL OR subject IS NULL`,
  'CREATE INDEX audit_at ON audit (at, seq)',
  ...['actor', 'action', 'subject'].map((name) => `CREATE INDEX audit_${name} ON audit (${name}, at, seq)`),
];

const columns = `seq, ${foundBy.join(', ')}, entry`;

export function createSqliteAuditStore(database: Database): AuditStore {
  migrate(database, 'audit', schema);
  const last = database.prepare(`SELECT ${columns} FROM audit ORDER BY seq DESC LIMIT 1`);
  const insert = database.prepare(`INSERT OR IGNORE INTO audit (id, about, ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const known = database.prepare('SELECT 1 FROM audit WHERE id = ?');
  const page = (of: string) =>
    database.prepare(
      `SELECT ${columns} FROM audit WHERE ${of} at >= :from AND at < :to AND (at, seq) < (:at, :seq) ORDER BY at DESC, seq DESC LIMIT :limit`,
    );
  const pages = {
    all: page(''),
    actor: page('actor = :value AND'),
    action: page('action = :value AND'),
    subject: page('subject = :value AND'),
  };
  const after = database.prepare(`SELECT ${columns} FROM audit WHERE seq > ? ORDER BY seq LIMIT ?`);
  const about = database.prepare('SELECT 1 FROM audit WHERE about = ? LIMIT 1');
  // Of one subject at a time: its index gives them in order, so that no more are read than are wanted.
  const listed = database.prepare(`SELECT ${columns} FROM audit WHERE about = ? AND seq < ? ORDER BY seq DESC LIMIT ?`);
  return {
    last: async () => (last.get() as AuditRow | undefined) ?? null,
    insert: async (entry, id) => {
      const { seq, at, actor, action, subject } = entry;
      if (insert.run(id, aboutOf(entry), seq, at, actor, action, subject, JSON.stringify(entry)).changes === 1) return 'inserted';
      return known.get(id) ? 'known' : 'taken';
    },
    page: async ({ of, from, to, after, limit }) => {
      const { at, seq } = after ?? { at: latest, seq: Number.MAX_SAFE_INTEGER };
      const asked = { from: from ?? '', to: to ?? latest, at, seq, limit };
      return (of ? pages[of[0]].all({ ...asked, value: of[1] }) : pages.all.all(asked)) as AuditRow[];
    },
    after: async (seq, limit) => after.all(seq, limit) as AuditRow[],
    about: async (subjects, limit, before) =>
      [...new Set(subjects)]
        .flatMap((subject) => listed.all(subject, before ?? Number.MAX_SAFE_INTEGER, limit) as AuditRow[])
        .sort((a, b) => b.seq - a.seq)
        .slice(0, limit),
    has: async (action, subject) => about.get(aboutOf({ action, subject })) !== undefined,
  };
}
