import { atomically, type Database, migrate } from '../../storage/sqlite/database';
import { openPending, pendingTable } from '../../storage/sqlite/pending';
import { type DepartmentPin, type DepartmentRecord, pinsKey } from './department';
import type { DepartmentStore } from './store';

const schema = [
  'CREATE TABLE departments (id TEXT PRIMARY KEY, title TEXT NOT NULL, layout TEXT, pinned_by TEXT, pinned_at TEXT) STRICT',
  pendingTable('department_events', 'department'),
  // What a department pinned before there could be several is its home; the key is pinsKey of it.
  `ALTER TABLE departments RENAME COLUMN layout TO home;
   ALTER TABLE departments ADD COLUMN pins TEXT NOT NULL DEFAULT '[]';
   ALTER TABLE departments ADD COLUMN pins_key TEXT NOT NULL DEFAULT '[null]';
   UPDATE departments SET pins = json_array(json_object('layout', home, 'by', pinned_by, 'at', pinned_at)),
     pins_key = json_array(home, home || ' ' || pinned_at) WHERE home IS NOT NULL;
   ALTER TABLE departments DROP COLUMN pinned_by;
   ALTER TABLE departments DROP COLUMN pinned_at`,
];

interface Row {
  id: string;
  title: string;
  home: string | null;
  pins: string;
}

export function sqliteDepartments(database: Database): DepartmentStore {
  migrate(database, 'departments', schema);
  const put = database.prepare(
    'INSERT INTO departments (id, title) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET title = excluded.title RETURNING *',
  );
  const select = database.prepare('SELECT * FROM departments WHERE id = ?');
  const all = database.prepare('SELECT * FROM departments ORDER BY id');
  const setPins = database.prepare('UPDATE departments SET home = ?, pins = ?, pins_key = ? WHERE id = ? AND pins_key = ?');
  const waiting = openPending(database, 'department_events', 'department');
  return {
    put: async (id, title, about) =>
      atomically(database, () => {
        waiting.add(id, about);
        return departmentOf(put.get(id, title) as Row);
      }),
    async find(id) {
      const row = select.get(id) as Row | undefined;
      return row && departmentOf(row);
    },
    all: async () => (all.all() as Row[]).map(departmentOf),
    async setPins(id, former, next, about) {
      return atomically(database, () => {
        if (setPins.run(next.home, JSON.stringify(next.pins), pinsKey(next), id, pinsKey(former)).changes !== 1) return false;
        waiting.add(id, about);
        return true;
      });
    },
    pending: waiting.pending,
    clear: waiting.clear,
  };
}

const departmentOf = ({ id, title, home, pins }: Row): DepartmentRecord => ({
  id,
  title,
  home,
  pins: JSON.parse(pins) as DepartmentPin[],
});
