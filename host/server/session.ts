import { createHash, createHmac } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** Who a service token is meant for. */
export type Audience = 'registry-api' | 'tracker';

/** Whom the edge serves, as far as it decides by that itself. */
export interface Person {
  /** Their id. */
  user: string;
  roles: readonly string[];
  departments: readonly string[];
}

/** `unavailable`: registry-api did not answer, so nobody knows whether there is a session. */
export type Exchange = ({ kind: 'token'; token: string } & Person) | { kind: 'nobody' } | { kind: 'unavailable'; cause: string };

export interface SessionsOptions {
  registryUrl: URL;
  /** Whether people come over https: the cookie's name says so (registry-api, cookies.ts). */
  secure: boolean;
  now(): number;
  /** How long a token is used without asking again, ms: a session that ended elsewhere lives at most this long here. */
  freshFor?: number;
  timeout?: number;
  capacity?: number;
}

interface Entry {
  answer: Exchange & { kind: 'token' };
  freshUntil: number;
  expiresAt: number;
}

const NAMES = { http: 'dm_session', https: '__Host-dm_session' };

/** Exchanges the session cookie for the short-lived JWT that services accept. Keeps hashes of cookies only. */
export class Sessions {
  readonly #options: Required<SessionsOptions>;
  readonly #cookie: { name: string; pattern: RegExp };
  readonly #entries: LRUCache<string, Entry>;
  readonly #underWay = new Map<string, { ticket: symbol; answer: Promise<Exchange> }>();

  constructor(options: SessionsOptions) {
    this.#options = { freshFor: 60_000, timeout: 5_000, capacity: 10_000, ...options };
    this.#entries = new LRUCache({ max: this.#options.capacity });
    const name = NAMES[options.secure ? 'https' : 'http'];
    this.#cookie = { name, pattern: new RegExp(`(?:^|;\\s*)${name}=([A-Za-z0-9_-]{20,200})(?=;|$)`) };
  }

  get cookieName(): string {
    return this.#cookie.name;
  }

  get secure(): boolean {
    return this.#options.secure;
  }

  async exchange(cookie: string | undefined, audience: Audience, requestId: string): Promise<Exchange> {
    const session = this.#sessionOf(cookie);
    if (!session) return { kind: 'nobody' };
    const key = keyOf(session, audience);
    const known = this.#entries.get(key);
    if (known && known.freshUntil > this.#options.now()) return known.answer;
    const answer = await (this.#underWay.get(key)?.answer ?? this.#ask(session, audience, key, requestId));
    // A page that is open stays alive while registry-api is away: the token that it signed is good until it expires.
    if (answer.kind === 'unavailable' && known && known.expiresAt > this.#options.now()) return known.answer;
    return answer;
  }

  /** The session cookie's value, if the request has one that could be ours. */
  #sessionOf(cookie: string | undefined): string | undefined {
    return cookie ? this.#cookie.pattern.exec(cookie)?.[1] : undefined;
  }

  /** A secret that follows from the session alone, base64url of 32 bytes; undefined without one. Says nothing of the cookie. */
  derive(cookie: string | undefined, purpose: string): string | undefined {
    const session = this.#sessionOf(cookie);
    return session && createHmac('sha256', session).update(purpose).digest('base64url');
  }

  /** On sign-out: neither a kept token nor one under way may be used again. */
  forget(cookie: string | undefined): void {
    const session = this.#sessionOf(cookie);
    if (!session) return;
    for (const audience of ['registry-api', 'tracker'] as const) {
      this.#entries.delete(keyOf(session, audience));
      this.#underWay.delete(keyOf(session, audience));
    }
  }

  /** Many requests of one page ask at once: one exchange answers them all. */
  #ask(session: string, audience: Audience, key: string, requestId: string): Promise<Exchange> {
    const ticket = Symbol();
    const answer = this.#fetch(session, audience, requestId).then((fetched): Exchange => {
      // Signed out meanwhile: what was fetched belongs to a session that is no more.
      if (this.#underWay.get(key)?.ticket !== ticket) return fetched.kind === 'unavailable' ? fetched : { kind: 'nobody' };
      this.#underWay.delete(key);
      if (fetched.kind === 'nobody') this.#entries.delete(key);
      if (fetched.kind !== 'token') return fetched;
      const { expiresAt, ...answer } = fetched;
      this.#keep(key, answer, expiresAt);
      return answer;
    });
    this.#underWay.set(key, { ticket, answer });
    return answer;
  }

  async #fetch(session: string, audience: Audience, requestId: string) {
    try {
      const response = await fetch(new URL('/internal/v1/service-token', this.#options.registryUrl), {
        method: 'POST',
        headers: { cookie: `${this.#cookie.name}=${session}`, 'content-type': 'application/json', 'x-request-id': requestId },
        body: JSON.stringify({ audience }),
        redirect: 'error',
        signal: AbortSignal.timeout(this.#options.timeout),
      });
      if (response.status === 401) return { kind: 'nobody' } as const;
      if (!response.ok) return { kind: 'unavailable', cause: `registry-api answered ${response.status}` } as const;
      const { expiresAt, ...answer } = (await response.json()) as Person & { token: string; expiresAt: string | number };
      return { kind: 'token', ...answer, expiresAt: instant(expiresAt) } as const;
    } catch (error) {
      return { kind: 'unavailable', cause: String(error instanceof Error ? (error.cause ?? error) : error) } as const;
    }
  }

  #keep(key: string, answer: Entry['answer'], expiresAt: number): void {
    // Five seconds of grace: a token must not expire on its way to a service.
    const freshUntil = Math.min(this.#options.now() + this.#options.freshFor, expiresAt - 5_000);
    this.#entries.set(key, { answer, freshUntil, expiresAt: expiresAt - 5_000 });
  }
}

const keyOf = (session: string, audience: Audience): string => `${audience} ${createHash('sha256').update(session).digest('base64url')}`;

/** An ISO date, or seconds since the epoch as JWTs say it. */
const instant = (value: string | number): number => (typeof value === 'number' ? value * 1000 : Date.parse(value));
