import type { Request } from 'express';
import { entryAbout } from '../../audit/audit';
import { type Clock, isoTime } from '../../clock';
import { askingOf } from '../../http/caller';
import type { SessionRecord } from './session';
import type { SessionStore } from './store';

export interface SessionEnds {
  sessions: SessionStore;
  clock: Clock;
  /** Something waits to be relayed. */
  wakeRelay(): void;
  /** Called with the `sid` of every session that ends by itself being replaced or signed out: open streams end with it. */
  onSessionEnd(sid: string): void;
}

/** Whose session it is made the change: neither a callback nor an issuer is a caller. */
export const sessionEntry = (
  req: Request,
  clock: Clock,
  action: 'session.begin' | 'session.end',
  { sid, user }: SessionRecord,
  details?: Record<string, unknown>,
) => entryAbout({ ...askingOf(req), actor: `user:${user.id}` }, isoTime(clock), action, `session:${sid}`, details);

/** The session that ended; of several who end it at once, one gets it. */
export async function endSession(
  req: Request,
  hash: string,
  { sessions, clock, wakeRelay, onSessionEnd }: SessionEnds,
  details?: Record<string, unknown>,
): Promise<SessionRecord | undefined> {
  const ended = await sessions.remove(hash, (session) => [sessionEntry(req, clock, 'session.end', session, details)]);
  if (!ended) return undefined;
  wakeRelay();
  onSessionEnd(ended.sid);
  return ended;
}
