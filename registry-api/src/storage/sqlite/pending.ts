/** What waits for the relay, in a table beside the documents that it is about: written in the transaction of their change. */
import type { Pending, PendingSource } from '../../events/pending';
import { atomically, type Database } from './database';

export interface PendingTable extends PendingSource {
  /** Within the transaction of the change. */
  add(key: string, items: readonly Pending[]): void;
}

/** The statement that makes such a table, for a room's migrations. */
export const pendingTable = (table: string, key: string): string =>
  `CREATE TABLE ${table} (position INTEGER PRIMARY KEY AUTOINCREMENT, ${key} TEXT NOT NULL, id TEXT NOT NULL UNIQUE, event TEXT NOT NULL) STRICT`;

export function openPending(database: Database, table: string, key: string): PendingTable {
  const insert = database.prepare(`INSERT INTO ${table} (${key}, id, event) VALUES (?, ?, ?)`);
  const oldest = database.prepare(`SELECT ${key} AS key, event FROM ${table} ORDER BY position LIMIT ?`);
  const remove = database.prepare(`DELETE FROM ${table} WHERE id = ?`);
  return {
    add: (key, items) => {
      for (const item of items) insert.run(key, item.id, JSON.stringify(item));
    },
    pending: async (limit) => {
      const byKey = new Map<string, Pending[]>();
      for (const { key, event } of oldest.all(limit) as { key: string; event: string }[])
        byKey.set(key, [...(byKey.get(key) ?? []), JSON.parse(event) as Pending]);
      return [...byKey].map(([key, items]) => ({ key, items }));
    },
    clear: async (_key, ids) =>
      atomically(database, () => {
        for (const id of ids) remove.run(id);
      }),
  };
}
