/**
 * Step `session`: events of a visitor with less than 30 minutes between them. A session's id is a hash of its visitor and first moment.
 *
 * Kept durably without a store of its own: the table is written down now and then together with the spool position it reflects, and on start
 * what was acknowledged after that position is replayed. So a session survives kill -9, whichever sinks there are.
 */
import { createHash } from 'node:crypto';
import type { StoredEvent } from '../collect/event';
import type { EventLog, LogReader } from '../spool/log';
import { readIfThere, writeDurably } from '../storage/durable-file';
import type { Visitor } from './visitors';

interface Session {
  id: string;
  /** The visitor id its events carry: yesterday's, if it began before midnight. */
  visitor: string;
  last: number;
}

export const SESSION_GAP = 30 * 60_000;
/** Oldest are forgotten beyond this; about 100 MB. */
const MAX_SESSIONS = 500_000;

export class Sessions {
  /** By site and visitor; in order of their last event, so that the expired are always in front. */
  private sessions = new Map<string, Session>();

  /** Visitor and session id for an event of this moment. */
  touch(site: string, visitor: Visitor, now: number): { visitor: string; session: string } {
    this.expire(now);
    const key = `${site}/${visitor.id}`;
    const found = this.sessions.get(key) ?? this.sessions.get(`${site}/${visitor.yesterday() ?? ''}`);
    const session = found && now - found.last < SESSION_GAP ? found : { id: sessionId(key, now), visitor: visitor.id, last: now };
    this.keep(`${site}/${session.visitor}`, { ...session, last: Math.max(now, session.last) });
    return { visitor: session.visitor, session: session.id };
  }

  /** An event of the log, seen again after a restart. */
  replay(event: StoredEvent): void {
    const key = `${event.site_id}/${event.visitor_id}`;
    const known = this.sessions.get(key);
    if (known && known.last > event.received_ts) return;
    this.keep(key, { id: event.session_id, visitor: event.visitor_id, last: event.received_ts });
  }

  entries(): [string, string, number][] {
    return [...this.sessions].map(([key, { id, last }]) => [key, id, last]);
  }

  restore(entries: readonly [string, string, number][]): void {
    for (const [key, id, last] of entries) this.keep(key, { id, visitor: key.slice(key.indexOf('/') + 1), last });
  }

  size(): number {
    return this.sessions.size;
  }

  private keep(key: string, session: Session): void {
    this.sessions.delete(key);
    this.sessions.set(key, session);
  }

  private expire(now: number): void {
    for (const [key, { last }] of this.sessions) {
      if (now - last < SESSION_GAP && this.sessions.size <= MAX_SESSIONS) return;
      this.sessions.delete(key);
    }
  }
}

const sessionId = (key: string, now: number): string => createHash('sha256').update(`${key}/${now}`).digest('base64url').slice(0, 16);

/** Reads the log like a sink does, so that what the snapshot does not know yet is not removed. */
export class SessionKeeper {
  private reader: LogReader | null = null;

  constructor(
    private readonly file: string,
    private readonly sessions: Sessions,
    private readonly report: (error: unknown) => void,
  ) {}

  /** The spool position of the snapshot; restores what it holds. */
  load(): number {
    const text = readIfThere(this.file);
    if (text === null) return 0;
    const { position, sessions } = JSON.parse(text) as { position: number; sessions: [string, string, number][] };
    this.sessions.restore(sessions);
    return position;
  }

  async replay(log: EventLog, from: number): Promise<void> {
    this.reader = log.reader('sessions', Math.min(from, log.tail()));
    for (let at = this.reader.position(); ; ) {
      const { payloads, next } = await this.reader.read(at, 1024 * 1024);
      if (payloads.length === 0) return;
      for (const payload of payloads) this.sessions.replay(JSON.parse(payload.toString('utf8')) as StoredEvent);
      at = next;
    }
  }

  /** The table may know a little more than the position says; replaying that again changes nothing. */
  save(position: number): void {
    if (this.reader === null || position === this.reader.position()) return;
    try {
      writeDurably(this.file, JSON.stringify({ position, sessions: this.sessions.entries() }));
      this.reader.commit(position);
    } catch (error) {
      this.report(error); // tried again at the next turn; the spool keeps what is not in the snapshot
    }
  }
}
