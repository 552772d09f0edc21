import { atomically, type Database, migrate } from '../storage/sqlite/database';
import type { OutboxEvent, OutboxStore } from './outbox';
import type { PendingEvent } from './pending';

export function createSqliteOutbox(database: Database): OutboxStore {
  migrate(database, 'events', [
    'CREATE TABLE outbox (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, event TEXT NOT NULL) STRICT',
    'CREATE INDEX outbox_at ON outbox (at)',
  ]);
  const known = database.prepare('SELECT seq FROM outbox WHERE id = ?');
  // One question for each end: asked together they scan the table.
  const bounds = database.prepare(
    'SELECT coalesce((SELECT min(seq) FROM outbox), 0) AS first, coalesce((SELECT max(seq) FROM outbox), 0) AS last',
  );
  const insert = database.prepare('INSERT INTO outbox (seq, id, at, event) VALUES (?, ?, ?, ?)');
  const after = database.prepare('SELECT seq, event FROM outbox WHERE seq > ? ORDER BY seq LIMIT ?');
  const trim = database.prepare('DELETE FROM outbox WHERE seq <= ? AND seq < (SELECT max(seq) FROM outbox)');
  const lastBefore = database.prepare('SELECT coalesce(max(seq), 0) AS seq FROM outbox WHERE at < ?');
  const readBounds = () => {
    const { first, last } = bounds.get() as { first: number; last: number };
    return { first, last };
  };
  return {
    append: async (event) =>
      atomically(database, () => {
        const row = known.get(event.id) as { seq: number } | undefined;
        if (row) return row.seq;
        const seq = readBounds().last + 1;
        insert.run(seq, event.id, event.at, JSON.stringify(event));
        return seq;
      }),
    after: async (seq, limit) =>
      (after.all(seq, limit) as { seq: number; event: string }[]).map(
        (row): OutboxEvent => ({ ...(JSON.parse(row.event) as PendingEvent), seq: row.seq }),
      ),
    bounds: async () => readBounds(),
    trim: async (seq) => {
      trim.run(seq);
    },
    lastBefore: async (before) => (lastBefore.get(before) as { seq: number }).seq,
  };
}
