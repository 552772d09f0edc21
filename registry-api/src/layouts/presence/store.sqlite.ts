import { atomically, type Database, migrate } from '../../storage/sqlite/database';
import { PARTS, type PresenceStore, type PresentPage, partAt } from './store';

const tables = [
  `CREATE TABLE presence (
    id TEXT PRIMARY KEY, layout TEXT NOT NULL, user TEXT NOT NULL, part INTEGER NOT NULL, panel TEXT, at INTEGER NOT NULL, until INTEGER NOT NULL) STRICT`,
  'CREATE INDEX presence_layout ON presence (layout, part, at)',
  'CREATE INDEX presence_user ON presence (user, at)',
  'CREATE INDEX presence_until ON presence (until)',
];

type Row = Omit<PresentPage, 'part'> & { part: number };
const pageOf = ({ id, layout, user, part, panel, at, until }: Row): PresentPage => ({
  id,
  layout,
  user,
  part: partAt(part),
  panel,
  at,
  until,
});

export function sqlitePresence(database: Database): PresenceStore {
  migrate(database, 'presence', tables);
  const find = database.prepare('SELECT * FROM presence WHERE id = ?');
  const put = database.prepare(
    'INSERT OR REPLACE INTO presence (id, layout, user, part, panel, at, until) VALUES (@id, @layout, @user, @part, @panel, @at, @until)',
  );
  const older = database.prepare('SELECT id FROM presence WHERE user = ? ORDER BY at DESC LIMIT -1 OFFSET ?');
  const drop = database.prepare('DELETE FROM presence WHERE id = ?');
  const remove = database.prepare('DELETE FROM presence WHERE id = ? AND layout = ?');
  const of = database.prepare('SELECT * FROM presence WHERE layout = ? AND until > ? ORDER BY part DESC, at DESC LIMIT ?');
  const over = database.prepare('SELECT layout FROM presence WHERE until <= ?');
  const forget = database.prepare('DELETE FROM presence WHERE until <= ?');

  return {
    put: async (page, most) =>
      atomically(database, () => {
        const before = find.get(page.id) as Row | undefined;
        put.run({ ...page, part: PARTS.indexOf(page.part) });
        for (const { id } of before ? [] : (older.all(page.user, most) as { id: string }[])) drop.run(id);
        return before ? pageOf(before) : null;
      }),
    remove: async (id, layout) => remove.run(id, layout).changes > 0,
    of: async (layout, now, limit) => (of.all(layout, now, limit) as Row[]).map(pageOf),
    forget: async (now) =>
      atomically(database, () => {
        const layouts = new Set((over.all(now) as { layout: string }[]).map(({ layout }) => layout));
        if (layouts.size > 0) forget.run(now);
        return [...layouts].sort();
      }),
  };
}
