import { type Database, migrate } from '../../storage/sqlite/database';
import { type PersonalStore, personalStore } from './store';

const schema = [
  'CREATE TABLE layout_personal (layout TEXT NOT NULL, user TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (layout, user, kind)) STRICT',
];

export function sqlitePersonal(database: Database): PersonalStore {
  migrate(database, 'personal', schema);
  const get = database.prepare('SELECT text FROM layout_personal WHERE layout = ? AND user = ? AND kind = ?');
  const put = database.prepare(
    'INSERT INTO layout_personal (layout, user, kind, text) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET text = excluded.text',
  );
  const remove = database.prepare('DELETE FROM layout_personal WHERE layout = ? AND user = ? AND kind = ?');
  const removeLayout = database.prepare('DELETE FROM layout_personal WHERE layout = ?');
  return personalStore({
    get: async (layout, user, kind) => (get.get(layout, user, kind) as { text: string } | undefined)?.text,
    async put(layout, user, kind, text) {
      put.run(layout, user, kind, text);
    },
    async remove(layout, user, kind) {
      remove.run(layout, user, kind);
    },
    async removeLayout(layout) {
      removeLayout.run(layout);
    },
  });
}
