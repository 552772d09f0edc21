import { setTimeout as pause } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import { inert } from './policy';
import { sendProblem } from './problem';
import type { Sessions } from './session';

/** Of what is derived: another purpose, or another form of what is sealed, takes another one. */
const PURPOSE = 'datamesh last seen 1';

/** Milliseconds. A page asks because the registry says nothing: it does not wait for that once more. */
const TIMEOUT_MS = 1_000;

/** Seconds: as long as a session lasts at most. */
const LASTS = 7 * 86_400;

/**
 * By what a page seals what it keeps in the browser, for when the registry is away (host/src/dashboard/last-seen). The key follows from
 * the session's cookie alone, so it is there while the registry is not, and is gone with the cookie. `user`: whose session it is;
 * null while nobody can say. For when the edge is away as well, the browser keeps the key where it keeps the session itself, in a
 * cookie that the page can read.
 */
export function serveLastSeenKey(sessions: Sessions): RequestHandler {
  return async (request, response) => {
    const { cookie } = request.headers;
    const key = sessions.derive(cookie, PURPOSE);
    const asked = sessions.exchange(cookie, 'registry-api', String(response.locals['requestId']));
    const silence = pause(TIMEOUT_MS, { kind: 'unavailable' } as const, { ref: false });
    const session = await Promise.race([asked, silence]);
    if (key === undefined || session.kind === 'nobody') {
      response.set('set-cookie', keyCookie(sessions, '', 0));
      return sendProblem(response, 'session_unknown', 'Sign in first.');
    }
    response.set({ ...inert, 'cache-control': 'no-store', 'set-cookie': keyCookie(sessions, key, LASTS) });
    response.json({ key, user: session.kind === 'token' ? session.user : null });
  };
}

/** With an answer that begins or ends a session: the former one's key goes, whoever is next. */
export function withoutFormerKey(given: string[] | undefined, sessions: Sessions): string[] | undefined {
  const ofSession = given?.some((cookie) => cookie.startsWith(`${sessions.cookieName}=`));
  return ofSession && given ? [...given, keyCookie(sessions, '', 0)] : given;
}

const keyCookie = ({ cookieName, secure }: Sessions, key: string, lasts: number): string =>
  `${cookieName.replace('session', 'last_seen')}=${key}; Path=/; SameSite=Strict; Max-Age=${lasts}${secure ? '; Secure' : ''}`;
