/** What places showed when they were last seen, kept in this browser for when the registry is away. One session's at a time. */
import { type Seal, sealOf } from './sealed';
import { readSeen, type Seen } from './seen';

export interface LastSeenPorts {
  /** Of this page's origin; null where the browser has none, as for pages that came over plain HTTP. */
  storage: Pick<CacheStorage, 'open' | 'keys' | 'delete'> | null;
  /** Of the session that the browser has: host/server/last-seen-key.ts. Throws where there is none, or nobody answers. */
  key(): Promise<{ key: string; user: string | null }>;
  now(): number;
}

const PREFIX = 'dm.last-seen.';
/** Places. A department pins nine at most; more than a few of them nobody comes back to. */
const MAX_PLACES = 20;
/** Milliseconds. A session ends after as much without use: what was seen is never shown for longer than it would have been. */
const GOOD_FOR = 12 * 3_600_000;

/** One page's way to it. */
export type KeptSeen = Pick<LastSeen, 'keep' | 'find' | 'clear'>;

export class LastSeen {
  #seal: { seal: Seal; user: string | null } | undefined;
  /** What is written and what is taken out go one after the other: nothing that is being kept outlives a sign-out. */
  #writing: Promise<void> = Promise.resolve();

  constructor(private readonly ports: LastSeenPorts) {}

  /** Whatever was kept of another session goes. A browser that keeps nothing (private, full) only cannot show anything later. */
  keep(seen: readonly { paths: readonly string[]; seen: Seen }[]): Promise<void> {
    return this.#inTurn(() => this.#keep(seen));
  }

  async #keep(seen: readonly { paths: readonly string[]; seen: Seen }[]): Promise<void> {
    const { storage } = this.ports;
    const [first] = seen;
    if (!storage || !first) return;
    try {
      const { seal, user } = await this.#ownSeal(first.seen.session.user.id);
      // Somebody else has signed in meanwhile, on another page: with their key it would be theirs to see.
      if (user !== first.seen.session.user.id) return;
      const mine = PREFIX + seal.name;
      await this.#clear((name) => name !== mine);
      const cache = await storage.open(mine);
      for (const { paths, seen: one } of seen)
        for (const path of paths) {
          // In the place of what was there, and last: a browser that has no room for it leaves what was there.
          await cache.put(addressOf(await seal.addressOf(path)), new Response(await seal.seal(JSON.stringify(one), path)));
        }
      const kept = await cache.keys();
      for (const old of kept.slice(0, Math.max(0, kept.length - MAX_PLACES))) await cache.delete(old);
    } catch (cause) {
      console.info('This browser does not keep what was seen.', cause);
    }
  }

  /** `user`: of nobody else; left out while nobody knows yet who is there. */
  async find(path: string, user?: string): Promise<Seen | undefined> {
    const { storage, now } = this.ports;
    if (!storage) return undefined;
    try {
      const { seal } = await this.#ownSeal(user);
      const cache = await storage.open(PREFIX + seal.name);
      const kept = await cache.match(addressOf(await seal.addressOf(path)));
      if (!kept) return undefined;
      const seen = readSeen(await seal.open(new Uint8Array(await kept.arrayBuffer()), path));
      if (!seen) return undefined;
      // Also where the clock was put back meanwhile.
      const fresh = Math.abs(now() - Date.parse(seen.at)) <= GOOD_FOR && (user === undefined || seen.session.user.id === user);
      return fresh ? seen : undefined;
    } catch (cause) {
      console.info('There is nothing of this page that was kept and can be read.', cause);
      return undefined;
    }
  }

  /** Once somebody signs out or is signed out, or a version is withdrawn that any of it may have. */
  clear(): Promise<void> {
    return this.#inTurn(async () => {
      this.#seal = undefined;
      await this.#clear(() => true).catch((cause: unknown) => console.warn('What was seen could not be taken out of this browser.', cause));
    });
  }

  #inTurn(write: () => Promise<void>): Promise<void> {
    this.#writing = this.#writing.then(write);
    return this.#writing;
  }

  /** Asked for once; and again until it is known whose it is, where that matters. */
  async #ownSeal(user: string | undefined): Promise<{ seal: Seal; user: string | null }> {
    if (this.#seal && (user === undefined || this.#seal.user !== null)) return this.#seal;
    const { key, user: whose } = await this.ports.key();
    this.#seal = { seal: await sealOf(key), user: whose };
    return this.#seal;
  }

  async #clear(which: (name: string) => boolean): Promise<void> {
    const { storage } = this.ports;
    for (const name of (await storage?.keys()) ?? []) if (name.startsWith(PREFIX) && which(name)) await storage?.delete(name);
  }
}

const addressOf = (name: string): string => `/last-seen/${name}`;
