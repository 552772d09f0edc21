/** What places showed when they were last seen, kept in this browser for when the registry is away. One session's at a time. */
import type { LayoutAnswer, Pin, Session } from '@datamesh/contracts';
import { isResolution } from '../../remotes/resolution';
import { type Seal, sealOf } from './sealed';

export interface Seen {
  /** When the server last said so. */
  at: string;
  session: Session;
  place: { kind: 'layout'; path: string; answer: LayoutAnswer; pin: Pin | null };
}

export interface LastSeenPorts {
  /** Of this page's origin; null where the browser has none, as for pages that came over plain HTTP. */
  storage: Pick<CacheStorage, 'open' | 'keys' | 'delete'> | null;
  /** Of the session that the browser has: host/server/last-seen-key.ts. Throws where there is none, or nobody answers. */
  key(): Promise<{ key: string; user: string | null }>;
  now(): number;
}

const PREFIX = 'dm.last-seen.';
/** Places. A department pins nine at most; more than a few of them nobody comes back to. */
const MOST = 20;
/** Milliseconds. A session ends after as much without use: what was seen is never shown for longer than it would have been. */
const GOOD_FOR = 12 * 3_600_000;

export class LastSeen {
  #seal: { seal: Seal; user: string | null } | undefined;

  constructor(private readonly ports: LastSeenPorts) {}

  /** Whatever was kept of another session goes. A browser that keeps nothing (private, full) only cannot show anything later. */
  async keep(seen: readonly { paths: readonly string[]; seen: Seen }[]): Promise<void> {
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
          const address = addressOf(await seal.addressOf(path));
          // What was seen last stands last.
          await cache.delete(address);
          await cache.put(address, new Response(await seal.seal(JSON.stringify(one), path)));
        }
      const kept = await cache.keys();
      for (const old of kept.slice(0, Math.max(0, kept.length - MOST))) await cache.delete(old);
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
      const seen = JSON.parse(await seal.open(new Uint8Array(await kept.arrayBuffer()), path)) as Seen;
      const fresh = now() - Date.parse(seen.at) <= GOOD_FOR && (user === undefined || seen.session.user.id === user);
      return fresh && isPublished(seen) ? seen : undefined;
    } catch (cause) {
      console.info('There is nothing of this page that was kept and can be read.', cause);
      return undefined;
    }
  }

  /** Once somebody signs out, or is signed out. */
  async clear(): Promise<void> {
    this.#seal = undefined;
    await this.#clear(() => true).catch((cause: unknown) => console.warn('What was seen could not be taken out of this browser.', cause));
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

/** Widgets have the session's key as well: code comes from where published files are, with the hash that it must have, or not at all. */
const isPublished = ({ place }: Seen): boolean =>
  (place.answer.resolution ?? []).every((item) => !isResolution(item) || item.base === `/remotes/${item.name}/${item.version}/`);
