/**
 * Step `session`: events of a visitor with less than 30 minutes between them. A session's id is a hash of its visitor and first moment.
 * Looking and keeping are two calls, so that an event that is dropped in between neither begins a session nor prolongs one.
 */
import type { Erasure, StoredEvent } from '../events/event';
import { PastSessions, type PastSnapshot } from './past-sessions';
import { beginSession, isPastSession, SESSION_GAP, type Session } from './session';
import type { Visitor } from './visitors';

/** About 100 MB; beyond it the oldest are forgotten. */
const MAX_SESSIONS = 500_000;

export type SessionSnapshot = [key: string, id: string, last: number][];

export class Sessions {
  /**
   * By site and visitor. Two generations, the younger one up to half an hour old: forgetting is dropping a whole map, and what an event costs
   * does not depend on how many sessions there are.
   */
  private young = new Map<string, Session>();
  private old = new Map<string, Session>();
  private turned: number | null = null;
  private latest = 0;
  private readonly past = new PastSessions();

  constructor(private readonly most = MAX_SESSIONS) {}

  /** The session of an event that happened at `at` (of a trusted sender; else the time of arrival) and arrived `now`. Changes nothing. */
  of(site: string, visitor: Visitor, at: number, now: number): Session {
    const live = this.find(site, visitor.id) ?? this.find(site, visitor.yesterday());
    if (live && Math.abs(at - live.last) < SESSION_GAP) return live;
    if (at === now) return beginSession(site, visitor.id, at, false);
    // A visit that is told afterwards has a session of its own, which what happens now may continue, but which ends none of now.
    return (
      this.past.find(site, visitor.id, at) ??
      this.past.find(site, visitor.yesterday(), at) ??
      beginSession(site, visitor.id, at, !isLive(at, now))
    );
  }

  /** An event of this session is going to be stored. */
  keep(session: Session, at: number, now: number): void {
    this.turn(now);
    if (session.past) this.past.keep(session, at);
    session.first = Math.min(session.first, at);
    session.last = Math.max(session.last, at);
    if (isLive(at, now)) this.put(session);
  }

  /** A record of the log, seen again after a restart. */
  replay(record: StoredEvent | Erasure): void {
    if ('kind' in record) this.forget(record.site_id, record.visitor_ids);
    else if (record.session_id !== '') this.replayEvent(record); // '' is a count of what was dropped
  }

  /** Of erased visitors nothing stays. */
  forget(site: string, visitors: readonly string[]): void {
    for (const visitor of visitors) {
      this.young.delete(keyOf(site, visitor));
      this.old.delete(keyOf(site, visitor));
    }
    this.past.forget(site, visitors);
  }

  snapshot(): { sessions: SessionSnapshot; past: PastSnapshot } {
    return { sessions: [...this.known()].map(([key, { id, last }]) => [key, id, last]), past: this.past.snapshot() };
  }

  restore(sessions: SessionSnapshot, past: PastSnapshot = []): void {
    for (const [key, id, last] of sessions) {
      const [site = '', visitor = ''] = key.split('/');
      this.put({ id, site, visitor, first: last, last, past: isPastSession(id) });
    }
    this.past.restore(past);
  }

  /** Of the last half hour. */
  size(): number {
    let count = 0;
    for (const _ of this.known()) count++;
    return count;
  }

  private replayEvent(record: StoredEvent): void {
    const { site_id: site, visitor_id: visitor, session_id: id, received_ts: now } = record;
    const past = isPastSession(id);
    const at = past ? record.ts : now;
    const known = past ? this.past.find(site, visitor, at) : this.find(site, visitor);
    if (known?.id === id) this.keep(known, at, now);
    else if (past || !known || known.last <= at) this.keep({ id, site, visitor, first: at, last: at, past }, at, now);
  }

  private find(site: string, visitor: string | null): Session | undefined {
    if (visitor === null) return undefined;
    const key = keyOf(site, visitor);
    return this.young.get(key) ?? this.old.get(key);
  }

  private put(session: Session): void {
    const key = keyOf(session.site, session.visitor);
    if (this.young.get(key) === session) return;
    this.old.delete(key);
    this.young.set(key, session);
  }

  private turn(now: number): void {
    this.latest = Math.max(this.latest, now);
    this.past.turn(now);
    this.turned ??= now;
    const age = now - this.turned;
    if (age < SESSION_GAP && this.young.size < this.most / 2) return;
    this.old = age < 2 * SESSION_GAP ? this.young : new Map();
    this.young = new Map();
    this.turned = now;
  }

  private *known(): Generator<[string, Session]> {
    for (const sessions of [this.old, this.young]) for (const entry of sessions) if (this.latest - entry[1].last < SESSION_GAP) yield entry;
  }
}

const keyOf = (site: string, visitor: string): string => `${site}/${visitor}`;
const isLive = (at: number, now: number): boolean => now - at < SESSION_GAP;
