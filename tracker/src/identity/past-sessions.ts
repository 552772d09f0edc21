/**
 * Sessions of visits that a trusted sender tells afterwards, such as a month of history: by the time of the events, in any order of visits, and
 * apart from the sessions of now.
 */
import { SESSION_GAP, type Session } from './session';

export type PastSnapshot = [site: string, visitor: string, id: string, first: number, last: number][];

/** Entries, of which a visit has one per half hour. */
const MAX_SESSIONS = 200_000;

export class PastSessions {
  /** By site, visitor and half hour. Two generations by the time of arrival: a sender that rests for an hour has told its visits to the end. */
  private young = new Map<string, Session>();
  private old = new Map<string, Session>();
  private turned: number | null = null;

  constructor(private readonly most = MAX_SESSIONS) {}

  /** A session with less than a gap between it and this moment. */
  find(site: string, visitor: string | null, at: number): Session | undefined {
    if (visitor === null || this.young.size + this.old.size === 0) return undefined;
    const slot = Math.floor(at / SESSION_GAP);
    for (const near of [slot, slot - 1, slot + 1]) {
      const key = `${site}/${visitor}/${near}`;
      const session = this.young.get(key) ?? this.old.get(key);
      if (session && at > session.first - SESSION_GAP && at < session.last + SESSION_GAP) return session;
    }
    return undefined;
  }

  keep(session: Session, at: number): void {
    if (this.young.size >= this.most / 2) this.age();
    this.young.set(`${session.site}/${session.visitor}/${Math.floor(at / SESSION_GAP)}`, session);
  }

  /** The clock of arrival; forgets what is over. */
  turn(now: number): void {
    this.turned ??= now;
    if (now - this.turned < SESSION_GAP) return;
    if (now - this.turned >= 2 * SESSION_GAP) this.age();
    this.age();
    this.turned = now;
  }

  forget(site: string, visitors: readonly string[]): void {
    const gone = new Set(visitors);
    for (const sessions of [this.young, this.old])
      for (const [key, session] of sessions) if (session.site === site && gone.has(session.visitor)) sessions.delete(key);
  }

  snapshot(): PastSnapshot {
    const sessions = new Set([...this.old.values(), ...this.young.values()]);
    return [...sessions].map(({ site, visitor, id, first, last }) => [site, visitor, id, first, last]);
  }

  restore(snapshot: PastSnapshot): void {
    for (const [site, visitor, id, first, last] of snapshot) {
      const session: Session = { id, site, visitor, first, last, past: true };
      for (let slot = Math.floor(first / SESSION_GAP); slot <= Math.floor(last / SESSION_GAP); slot++)
        this.young.set(`${site}/${visitor}/${slot}`, session);
    }
  }

  private age(): void {
    if (this.young.size + this.old.size === 0) return;
    this.old = this.young;
    this.young = new Map();
  }
}
