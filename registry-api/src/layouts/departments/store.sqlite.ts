import type { PendingEvent } from '../../events/pending';
import { atomically, type Database, migrate } from '../../storage/sqlite/database';
import type { DepartmentRecord } from './department';
import type { DepartmentStore } from './store';

const schema = [
  'CREATE TABLE departments (id TEXT PRIMARY KEY, title TEXT NOT NULL, layout TEXT, pinned_by TEXT, pinned_at TEXT) STRICT',
  'CREATE TABLE department_events (position INTEGER PRIMARY KEY AUTOINCREMENT, department TEXT NOT NULL, id TEXT NOT NULL UNIQUE, event TEXT NOT NULL) STRICT',
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
  const addEvent = database.prepare('INSERT INTO department_events (department, id, event) VALUES (?, ?, ?)');
  const waiting = database.prepare('SELECT department, event FROM department_events ORDER BY position LIMIT ?');
  const clearEvent = database.prepare('DELETE FROM department_events WHERE department = ? AND id = ?');
  return {
    put: async (id, title) => departmentOf(put.get(id, title) as Row),
    async find(id) {
      const row = select.get(id) as Row | undefined;
      return row && departmentOf(row);
    },
    all: async () => (all.all() as Row[]).map(departmentOf),
    async pin(id, former, { layout, by, at }, event) {
      return atomically(database, () => {
        if (pin.run(layout, by, at, id, former).changes !== 1) return false;
        addEvent.run(id, event.id, JSON.stringify(event));
        return true;
      });
    },
    async pending(limit) {
      const byDepartment = new Map<string, PendingEvent[]>();
      for (const row of waiting.all(limit) as { department: string; event: string }[]) {
        const events = byDepartment.get(row.department) ?? [];
        events.push(JSON.parse(row.event) as PendingEvent);
        byDepartment.set(row.department, events);
      }
      return [...byDepartment].map(([key, events]) => ({ key, events }));
    },
    async clear(key, eventIds) {
      atomically(database, () => {
        for (const id of eventIds) clearEvent.run(key, id);
      });
    },
  };
}

function departmentOf({ id, title, layout, pinned_by, pinned_at }: Row): DepartmentRecord {
  return { id, title, pin: layout === null ? null : { layout, by: pinned_by ?? '', at: pinned_at ?? '' } };
}
