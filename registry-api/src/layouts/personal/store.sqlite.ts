import { type Database, migrate } from '../../storage/sqlite/database';
import { type MarkedText, type PersonalStore, personalStore } from './store';

const schema = [
  'CREATE TABLE layout_personal (layout TEXT NOT NULL, user TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (layout, user, kind)) STRICT',
  "ALTER TABLE layout_personal ADD COLUMN mark TEXT NOT NULL DEFAULT ''",
];

export function sqlitePersonal(database: Database): PersonalStore {
  migrate(database, 'personal', schema);
  const get = database.prepare('SELECT text, mark FROM layout_personal WHERE layout = ? AND user = ? AND kind = ?');
  const insert = 'INSERT INTO layout_personal (layout, user, kind, text, mark) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO';
  const put = database.prepare(`${insert} UPDATE SET text = excluded.text, mark = excluded.mark`);
  const add = database.prepare(`${insert} NOTHING`);
  const replace = database.prepare('UPDATE layout_personal SET text = ?, mark = ? WHERE layout = ? AND user = ? AND kind = ? AND mark = ?');
  const remove = database.prepare('DELETE FROM layout_personal WHERE layout = ? AND user = ? AND kind = ?');
  const removeMarked = database.prepare('DELETE FROM layout_personal WHERE layout = ? AND user = ? AND kind = ? AND mark = ?');
  const removeLayout = database.prepare('DELETE FROM layout_personal WHERE layout = ?');
  return personalStore({
    async get(layout, user, kind) {
      const found = get.get(layout, user, kind) as MarkedText | undefined;
      return found && { text: found.text, mark: found.mark };
    },
    async put(layout, user, kind, { text, mark }) {
      put.run(layout, user, kind, text, mark);
    },
    async replace(layout, user, kind, before, { text, mark }) {
      const written = before === null ? add.run(layout, user, kind, text, mark) : replace.run(text, mark, layout, user, kind, before);
      return written.changes === 1;
    },
    async remove(layout, user, kind, mark) {
      if (mark === undefined) remove.run(layout, user, kind);
      else if (removeMarked.run(layout, user, kind, mark).changes === 0) return get.get(layout, user, kind) === undefined;
      return true;
    },
    async removeLayout(layout) {
      removeLayout.run(layout);
    },
  });
}
