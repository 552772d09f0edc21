import { atomically, type Database, migrate } from '../../storage/sqlite/database';
import { openPending, pendingTable } from '../../storage/sqlite/pending';
import type { AccessRequestRecord, AccessRequestStore } from './store';

const schema = [
  `CREATE TABLE access_requests (layout TEXT NOT NULL, by TEXT NOT NULL, id TEXT NOT NULL UNIQUE, owner TEXT NOT NULL, state TEXT NOT NULL,
     at TEXT NOT NULL, until INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (layout, by)) STRICT`,
  'CREATE INDEX access_requests_owner ON access_requests (owner, state, at)',
  'CREATE INDEX access_requests_by ON access_requests (by, state)',
  'CREATE INDEX access_requests_until ON access_requests (until)',
  // Outlives its request until the relay has it.
  pendingTable('access_request_events', 'request'),
];

const recordIn = (row: unknown): AccessRequestRecord => JSON.parse((row as { record: string }).record) as AccessRequestRecord;

export function sqliteAccessRequests(database: Database): AccessRequestStore {
  migrate(database, 'access-requests', schema);
  const forget = database.prepare('DELETE FROM access_requests WHERE until <= ?');
  const put = database.prepare(
    `INSERT INTO access_requests (layout, by, id, owner, state, at, until, record) VALUES (?, ?, ?, ?, 'open', ?, ?, ?)
       ON CONFLICT (layout, by) DO UPDATE SET id = excluded.id, owner = excluded.owner, state = 'open', at = excluded.at, until = excluded.until,
         record = excluded.record WHERE state <> 'declined'`,
  );
  const askedAgain = database.prepare(
    "UPDATE access_requests SET at = ?, record = json_set(record, '$.at', ?) WHERE layout = ? AND by = ?",
  );
  const makeRoom = database.prepare(
    `DELETE FROM access_requests WHERE id IN
       (SELECT id FROM access_requests WHERE layout = ? AND state = 'open' ORDER BY at DESC, id LIMIT -1 OFFSET ?)`,
  );
  const waiting = database.prepare("SELECT count(*) AS count FROM access_requests WHERE by = ? AND state = 'open' AND until > ?");
  const ofOwner = database.prepare(
    "SELECT record FROM access_requests WHERE owner = ? AND state = 'open' AND until > ? ORDER BY at, id LIMIT ?",
  );
  const ofLayout = database.prepare("SELECT record FROM access_requests WHERE layout = ? AND state = 'open' AND until > ?");
  const askedAt = database.prepare("SELECT at FROM access_requests WHERE layout = ? AND by = ? AND state <> 'granted' AND until > ?");
  const select = database.prepare("SELECT record FROM access_requests WHERE id = ? AND state = 'open' AND until > ?");
  const close = database.prepare("UPDATE access_requests SET state = ?, until = ? WHERE id = ? AND state = 'open'");
  const events = openPending(database, 'access_request_events', 'request');
  return {
    ask: async (request, { most, now }, about) =>
      atomically(database, () => {
        forget.run(now);
        const { layout, by, id, owner, at, until } = request;
        if (put.run(layout, by, id, owner, at, until, JSON.stringify(request)).changes !== 1) {
          askedAgain.run(at, at, layout, by);
          return 'refused';
        }
        makeRoom.run(layout, most);
        events.add(id, about);
        return 'asked';
      }),
    waiting: async (by, now) => (waiting.get(by, now) as { count: number }).count,
    forOwner: async (owner, now, limit) => ofOwner.all(owner, now, limit).map(recordIn),
    ofLayout: async (layout, now) => ofLayout.all(layout, now).map(recordIn),
    askedAt: async (layout, by, now) => (askedAt.get(layout, by, now) as { at: string } | undefined)?.at,
    async find(id, now) {
      const row = select.get(id, now);
      return row ? recordIn(row) : undefined;
    },
    close: async (id, how, until, about) =>
      atomically(database, () => {
        if (close.run(how, until, id).changes !== 1) return false;
        events.add(id, about);
        return true;
      }),
    pending: events.pending,
    clear: events.clear,
  };
}
