import { atomically, type Database, migrate } from '../../storage/sqlite/database';
import { openPending, pendingTable } from '../../storage/sqlite/pending';
import type { SessionRecord } from './session';
import type { SessionStore, SignInRecord } from './store';

const schema = [
  `CREATE TABLE sessions (hash TEXT PRIMARY KEY, sid TEXT NOT NULL UNIQUE, record TEXT NOT NULL,
     last_seen_at INTEGER NOT NULL, idle_until INTEGER NOT NULL, until INTEGER NOT NULL) STRICT`,
  'CREATE INDEX sessions_idle ON sessions (idle_until)',
  'CREATE TABLE sign_ins (hash TEXT PRIMARY KEY, record TEXT NOT NULL, until INTEGER NOT NULL) STRICT',
  pendingTable('session_pending', 'session'),
  'CREATE INDEX sign_ins_until ON sign_ins (until)',
  'CREATE INDEX sessions_until ON sessions (until)',
  "CREATE INDEX sessions_issuer_sid ON sessions (json_extract(record, '$.issuer.sid'))",
  "CREATE INDEX sessions_person ON sessions (json_extract(record, '$.user.id'))",
];

interface Row {
  record: string;
  last_seen_at: number;
  idle_until: number;
}

export function sqliteSessions(database: Database): SessionStore {
  migrate(database, 'sessions', schema);
  const insert = database.prepare('INSERT INTO sessions (hash, sid, record, last_seen_at, idle_until, until) VALUES (?, ?, ?, ?, ?, ?)');
  const byHash = database.prepare('SELECT * FROM sessions WHERE hash = ? AND idle_until > ? AND until > ?');
  const bySid = database.prepare('SELECT * FROM sessions WHERE sid = ? AND idle_until > ? AND until > ?');
  const ofIssuerSession = database.prepare(
    "SELECT * FROM sessions WHERE json_extract(record, '$.issuer.sid') = ? AND idle_until > ? AND until > ?",
  );
  const ofPerson = database.prepare("SELECT * FROM sessions WHERE json_extract(record, '$.user.id') = ? AND idle_until > ? AND until > ?");
  const touch = database.prepare('UPDATE sessions SET last_seen_at = ?, idle_until = ? WHERE hash = ? AND idle_until < ?');
  const remove = database.prepare('DELETE FROM sessions WHERE hash = ? RETURNING *');
  const begin = database.prepare('INSERT INTO sign_ins (hash, record, until) VALUES (?, ?, ?)');
  const makeRoom = database.prepare('DELETE FROM sign_ins WHERE hash IN (SELECT hash FROM sign_ins ORDER BY until DESC LIMIT -1 OFFSET ?)');
  const take = database.prepare('DELETE FROM sign_ins WHERE hash = ? RETURNING record');
  const sweepSessions = database.prepare('DELETE FROM sessions WHERE idle_until <= ? OR until <= ?');
  const sweepSignIns = database.prepare('DELETE FROM sign_ins WHERE until <= ?');
  const waiting = openPending(database, 'session_pending', 'session');
  return {
    async add(session, about) {
      atomically(database, () => {
        waiting.add(session.hash, about);
        insert.run(session.hash, session.sid, JSON.stringify(session), session.lastSeenAt, session.idleUntil, session.until);
      });
    },
    async find(hash, now) {
      return sessionOf(byHash.get(hash, now, now));
    },
    async findBySid(sid, now) {
      return sessionOf(bySid.get(sid, now, now));
    },
    async ofIssuerSession(issuerSid, now) {
      return ofIssuerSession.all(issuerSid, now, now).flatMap((row) => sessionOf(row) ?? []);
    },
    async ofPerson(user, now) {
      return ofPerson.all(user, now, now).flatMap((row) => sessionOf(row) ?? []);
    },
    async touch(hash, { lastSeenAt, idleUntil }) {
      touch.run(lastSeenAt, idleUntil, hash, idleUntil);
    },
    async remove(hash, about) {
      return atomically(database, () => {
        const removed = sessionOf(remove.get(hash));
        if (removed) waiting.add(hash, about(removed));
        return removed;
      });
    },
    async beginSignIn(record, most) {
      makeRoom.run(most - 1);
      begin.run(record.hash, JSON.stringify(record), record.until);
    },
    async takeSignIn(hash, now) {
      const row = take.get(hash) as { record: string } | undefined;
      const record = row && (JSON.parse(row.record) as SignInRecord);
      return record && record.until > now ? record : undefined;
    },
    async sweep(now) {
      sweepSessions.run(now, now);
      sweepSignIns.run(now);
    },
    pending: waiting.pending,
    clear: waiting.clear,
  };
}

function sessionOf(row: unknown): SessionRecord | undefined {
  if (!row) return undefined;
  const { record, last_seen_at, idle_until } = row as Row;
  return { ...(JSON.parse(record) as SessionRecord), lastSeenAt: last_seen_at, idleUntil: idle_until };
}
