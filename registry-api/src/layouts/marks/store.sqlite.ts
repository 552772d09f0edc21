import { atomically, type Database, migrate } from '../../storage/sqlite/database';
import type { Mark, MarkStore } from './store';

const schema = [
  'CREATE TABLE layout_marks (user TEXT NOT NULL, kind TEXT NOT NULL, layout TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (user, kind, layout)) STRICT, WITHOUT ROWID',
  'CREATE INDEX layout_marks_layout ON layout_marks (layout)',
];

export function sqliteMarks(database: Database): MarkStore {
  migrate(database, 'layout marks', schema);
  const put = database.prepare(
    'INSERT INTO layout_marks (user, kind, layout, at) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET at = excluded.at',
  );
  const list = database.prepare('SELECT layout, at FROM layout_marks WHERE user = ? AND kind = ? ORDER BY at DESC, layout DESC');
  const remove = database.prepare('DELETE FROM layout_marks WHERE user = ? AND kind = ? AND layout = ?');
  const removeLayout = database.prepare('DELETE FROM layout_marks WHERE layout = ?');
  const marks = (kind: string, user: string): Mark[] => list.all(user, kind) as Mark[];
  return {
    async put(kind, user, { layout, at }, most) {
      atomically(database, () => {
        put.run(user, kind, layout, at);
        for (const old of marks(kind, user).slice(most)) remove.run(user, kind, old.layout);
      });
    },
    remove: async (kind, user, layout) => remove.run(user, kind, layout).changes > 0,
    list: async (kind, user) => marks(kind, user),
    async removeLayout(layout) {
      removeLayout.run(layout);
    },
  };
}
