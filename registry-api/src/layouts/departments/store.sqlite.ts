import { atomically, type Database, migrate } from '../../storage/sqlite/database';
import { openPending, pendingTable } from '../../storage/sqlite/pending';
import type { DepartmentRecord } from './department';
import type { DepartmentStore } from './store';

const schema = [
  'CREATE TABLE departments (id TEXT PRIMARY KEY, title TEXT NOT NULL, layout TEXT, pinned_by TEXT, pinned_at TEXT) STRICT',
  pendingTable('department_events', 'department'),
];

interface Row {
  id: string;
  title: string;
  layout: string | null;
  pinned_by: string | null;
  pinned_at: string | null;
}

export function sqliteDepartments(database: Database): DepartmentStore {
  migrate(database, 'departments', schema);
  const put = database.prepare(
    'INSERT INTO departments (id, title) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET title = excluded.title RETURNING *',
  );
  const select = database.prepare('SELECT * FROM departments WHERE id = ?');
  const all = database.prepare('SELECT * FROM departments ORDER BY id');
  const pin = database.prepare('UPDATE departments SET layout = ?, pinned_by = ?, pinned_at = ? WHERE id = ? AND layout IS ?');
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
    async pin(id, former, { layout, by, at }, about) {
      return atomically(database, () => {
        if (pin.run(layout, by, at, id, former).changes !== 1) return false;
        waiting.add(id, about);
        return true;
      });
    },
    pending: waiting.pending,
    clear: waiting.clear,
  };
}

function departmentOf({ id, title, layout, pinned_by, pinned_at }: Row): DepartmentRecord {
  return { id, title, pin: layout === null ? null : { layout, by: pinned_by ?? '', at: pinned_at ?? '' } };
}
