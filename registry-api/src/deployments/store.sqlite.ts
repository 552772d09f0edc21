import { atomically, type Database, migrate } from '../storage/sqlite/database';
import type { Lease } from './lease';
import type { LeaseStore } from './store';
import type { Watch } from './watch';

const tables = [
  `CREATE TABLE leases (
    id TEXT PRIMARY KEY, widget TEXT NOT NULL, channel TEXT NOT NULL, pod TEXT NOT NULL, beat_at INTEGER NOT NULL,
    lease TEXT NOT NULL) STRICT`,
  'CREATE INDEX leases_channel ON leases (widget, channel)',
  'CREATE INDEX leases_pod ON leases (pod)',
  'CREATE INDEX leases_beat ON leases (beat_at)',
  'CREATE TABLE lease_tombstones (id TEXT PRIMARY KEY, ended_at INTEGER NOT NULL) STRICT',
  'CREATE INDEX lease_tombstones_ended ON lease_tombstones (ended_at)',
  `CREATE TABLE lease_watch (
    one INTEGER PRIMARY KEY CHECK (one = 1), available_since INTEGER NOT NULL, ticked_at INTEGER NOT NULL) STRICT`,
];

interface Row {
  lease: string;
}

export function createSqliteLeaseStore(database: Database): LeaseStore {
  migrate(database, 'leases', tables);
  const find = database.prepare('SELECT lease FROM leases WHERE id = ?');
  const ended = database.prepare('SELECT 1 AS ended FROM lease_tombstones WHERE id = ?');
  const put = database.prepare(
    `INSERT INTO leases (id, widget, channel, pod, beat_at, lease) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET widget = excluded.widget, channel = excluded.channel, pod = excluded.pod,
       beat_at = excluded.beat_at, lease = excluded.lease`,
  );
  const remove = database.prepare('DELETE FROM leases WHERE id = ?');
  const removeSilent = database.prepare('DELETE FROM leases WHERE id = ? AND beat_at = ?');
  const bury = database.prepare('INSERT OR IGNORE INTO lease_tombstones (id, ended_at) VALUES (?, ?)');
  const ofPod = database.prepare('SELECT lease FROM leases WHERE pod = ?');
  const ofChannel = database.prepare('SELECT lease FROM leases WHERE widget = ? AND channel = ?');
  const ofWidget = database.prepare('SELECT lease FROM leases WHERE widget = ?');
  const silent = database.prepare('SELECT lease FROM leases WHERE beat_at < ? OR beat_at > ? LIMIT ?');
  const channels = database.prepare('SELECT DISTINCT widget, channel FROM leases');
  const forget = database.prepare('DELETE FROM lease_tombstones WHERE ended_at < ?');
  const watch = database.prepare('SELECT available_since, ticked_at FROM lease_watch');
  const firstTick = database.prepare('INSERT OR IGNORE INTO lease_watch (one, available_since, ticked_at) VALUES (1, ?, ?)');
  const tick = database.prepare('UPDATE lease_watch SET available_since = ?, ticked_at = ? WHERE available_since = ? AND ticked_at = ?');

  const leaseOf = (row: unknown): Lease | null => (row ? (JSON.parse((row as Row).lease) as Lease) : null);
  const leasesOf = (rows: unknown[]): Lease[] => (rows as Row[]).map(({ lease }) => JSON.parse(lease) as Lease);

  return {
    find: async (id) => leaseOf(find.get(id)),
    write: async (lease) =>
      atomically(database, () => {
        if (ended.get(lease.id)) return 'ended';
        put.run(lease.id, lease.widget, lease.channel, lease.pod.uid, lease.beatAt, JSON.stringify(lease));
        return 'written';
      }),
    end: async (id, at) =>
      atomically(database, () => {
        const lease = leaseOf(find.get(id));
        remove.run(id);
        bury.run(id, at);
        return lease;
      }),
    drop: async (id, beatAt, at) =>
      atomically(database, () => {
        if (removeSilent.run(id, beatAt).changes !== 1) return false;
        bury.run(id, at);
        return true;
      }),
    ofPod: async (uid) => leasesOf(ofPod.all(uid)),
    ofChannel: async (widget, channel) => leasesOf(ofChannel.all(widget, channel)),
    ofWidget: async (widget) => leasesOf(ofWidget.all(widget)),
    silent: async (from, to, limit) => leasesOf(silent.all(from, to, limit)),
    channels: async () => (channels.all() as { widget: string; channel: string }[]).map(({ widget, channel }) => ({ widget, channel })),
    forget: async (before) => {
      forget.run(before);
    },
    watch: async () => {
      const row = watch.get() as { available_since: number; ticked_at: number } | undefined;
      return row ? { availableSince: row.available_since, tickedAt: row.ticked_at } : null;
    },
    tick: async (before: Watch | null, next) =>
      (before
        ? tick.run(next.availableSince, next.tickedAt, before.availableSince, before.tickedAt)
        : firstTick.run(next.availableSince, next.tickedAt)
      ).changes === 1,
  };
}
