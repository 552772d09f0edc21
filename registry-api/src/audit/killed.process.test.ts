/**
 * A real registry-api, and kill -9 at moments that nobody chose, while versions are published and promoted, layouts saved, tokens made
 * and revoked. After each start: nothing that was told is lost, every change that is there has its one entry, and the chain is whole. What
 * the kills left behind is collected, beside publishes that run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditEntry, AuditVerification } from '@datamesh/contracts';
import { freePort } from '@datamesh/test-servers/process';
import { type RegistryProcess, startRegistry } from '@datamesh/test-servers/registry/server';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMetrics } from '../http/metrics';
import { openBlobs } from '../storage/blobs/open-blobs';
import { openMongo, openSqlite, type Storage } from '../storage/storage';
import { Browser } from '../testing/browser';
import { type Client, type Found, publishing, type Send, saving, tokens } from '../testing/killed/clients';
import { type Leftovers, leftoversOf } from '../testing/killed/leftovers';
import { freshMongoUrl, stores } from '../testing/stores';
import { type Cutoffs, createCollector } from '../widgets/collection';
import { openWidgetStore } from '../widgets/module';

/** Rounds at least; more where the kills have left nothing behind by then. TEST_KILLS and TEST_SEED for a longer look. */
const rounds = Number(process.env['TEST_KILLS'] ?? 6);
const maxRounds = rounds + 20;
const seed = Number(process.env['TEST_SEED'] ?? Date.now() % 1_000_000);

/** The registry died while it was asked. */
class Died extends Error {}

const isClean = ({ blobs, temporary, chunks, contents }: Leftovers): boolean =>
  blobs.length + temporary.length + chunks + contents.length === 0;

/** Numbers from 0 to 1 that come again with the seed. */
function lots(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe.each(stores())('a registry on $name that is killed again and again', ({ name }) => {
  let folder: string;
  let dataDir: string;
  let mongoUrl: string | null;
  let port: number;
  let registry: RegistryProcess;
  let browser: Browser;
  /** Of Dana, who is an admin; renewed with every start, by the session of the first. */
  let dana: string;
  let clients: Client[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'killed-'));
    dataDir = join(folder, 'registry');
    mongoUrl = name === 'mongo' ? freshMongoUrl() : null;
    port = await freePort();
    browser = new Browser(`http://127.0.0.1:${port}`);
    await start();
    await browser.signIn('dana');
    dana = await browser.serviceToken();
    const secret = await registry.secret();
    const made = { method: 'POST', path: '/tokens', token: secret, body: { team: 'markets-data', name: 'CI' } };
    const { secret: publisher } = await send<{ secret: string }>(made);
    const first = publishing('series-chart', publisher);
    await first.change(send);
    clients = [
      first,
      publishing('order-book', publisher),
      publishing('heat-map', publisher),
      saving('Desk', 'series-chart', () => dana),
      saving('Morning', 'series-chart', () => dana),
      tokens('nightly', secret),
    ];
  });
  afterEach(async () => {
    await registry.end('SIGKILL');
    if (mongoUrl) {
      const storage = await openMongo(mongoUrl);
      if (storage.kind === 'mongo') await storage.connection.dropDatabase();
      await storage.close();
    }
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    const env = { LIMIT_WRITES: 'none', NODE_ENV: 'test', LOG_LEVEL: 'info', ...(mongoUrl ? { MONGO_URL: mongoUrl } : {}) };
    registry = await startRegistry({ folder, port, env });
  }

  const send: Send = async <T>({ method, path, token, body, headers }: Parameters<Send>[0]) => {
    const bytes = body instanceof Uint8Array;
    const all: Record<string, string> = { authorization: `Bearer ${token}`, ...headers };
    if (body !== undefined) all['content-type'] = bytes ? 'application/gzip' : 'application/json';
    const answer = await fetch(`${registry.url}/api/v1${path}`, {
      method,
      headers: all,
      ...(body === undefined ? {} : { body: bytes ? (body as BodyInit) : JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new Died(`${method} ${path}`, { cause });
    });
    const text = await answer.text().catch((cause: unknown) => {
      throw new Died(`${method} ${path}`, { cause });
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };

  /** All of them at once, until it is dead; after so many changes of some of them, and a moment more, it is killed. */
  async function killAfter(changes: number, counted: readonly Client[], milliseconds: number): Promise<void> {
    let done = 0;
    let enough: () => void = () => {};
    const many = new Promise<void>((resolve) => {
      enough = resolve;
    });
    const working = clients.map(async (client) => {
      for (;;) {
        await client.change(send).catch((error: unknown) => {
          if (!(error instanceof Died)) throw error;
          done = Number.POSITIVE_INFINITY;
        });
        if (done === Number.POSITIVE_INFINITY) return;
        if (counted.includes(client)) done += 1;
        if (done >= changes) enough();
      }
    });
    const ended = Promise.all(working);
    await Promise.race([many, ended]);
    await new Promise((moment) => setTimeout(moment, milliseconds));
    await registry.end('SIGKILL');
    await ended;
  }

  async function entriesOf(): Promise<AuditEntry[]> {
    const found: AuditEntry[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const path: string = `/audit?limit=200${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
      const page = await send<{ items: AuditEntry[]; next: string | null }>({ method: 'GET', path, token: dana });
      found.push(...page.items);
      cursor = page.next;
    }
    return found;
  }

  /** Whatever does not fit what the clients were told, or what the log says. */
  async function complaints(): Promise<string[]> {
    const entries = await entriesOf();
    const found: Found = {
      entries,
      read: (path) => send({ method: 'GET', path, token: dana }),
      file: async (path) => (await fetch(registry.url + path)).text(),
    };
    const wrong: string[] = [];
    for (const client of clients) wrong.push(...(await client.complaints(found)));
    const verified = await send<AuditVerification>({ method: 'POST', path: '/audit/verification', token: dana });
    if (!verified.ok || verified.entries !== entries.length) wrong.push(`the log is broken: ${JSON.stringify(verified)}`);
    return wrong;
  }

  /** A second process on the same data, as another replica would be. */
  async function beside<T>(use: (storage: Storage) => Promise<T>): Promise<T> {
    const storage = mongoUrl ? await openMongo(mongoUrl) : openSqlite(join(dataDir, 'registry.db'));
    try {
      return await use(storage);
    } finally {
      await storage.close();
    }
  }

  const leftovers = () => beside(async (storage) => leftoversOf(storage, await openWidgetStore(storage), dataDir));

  const title = `loses nothing that it told, leaves no hole in the log, and what is left of its writes is collected (seed ${seed})`;
  // Half a minute; as much longer as a busy machine needs for a dozen starts.
  it(title, { timeout: 600_000 }, async () => {
    const lot = lots(seed);
    let left = await leftovers();
    for (let round = 1; round <= rounds || (isClean(left) && round < maxRounds); round++) {
      // Publishes take longest: by turns the kill comes at one of them, where the others are half done.
      const [most, counted] = round % 2 === 0 ? [4, clients.slice(0, 3)] : [12, clients];
      await killAfter(1 + Math.floor(lot() * most), counted, Math.floor(lot() * 120));
      await start();
      dana = await browser.serviceToken();
      expect(await complaints(), `seed ${seed}, kill ${round}`).toEqual([]);
      left = await leftovers();
      expect(left.missing).toEqual([]);
    }
    expect(isClean(left), 'kills left something to collect').toBe(false);
    if (process.env['TEST_LOG']) console.log(name, seed, left);

    await beside(async (storage) => {
      const store = await openWidgetStore(storage);
      const blobs = await openBlobs({ blobs: mongoUrl ? 'gridfs' : 'fs', dataDir }, storage, () => {});
      const collector = createCollector({ store, blobs, logger: pino({ level: 'silent' }), metrics: createMetrics() });
      const now = async (): Promise<Cutoffs> => ({ contents: await store.now(), blobs: await blobs.now() });
      // Dates what has no date yet, as the first of its runs does; from then on all of it is old.
      await collector.collect({ contents: 0, blobs: 0 });
      const seen = await now();
      await expect.poll(async () => (await now()).blobs - seen.blobs).toBeGreaterThan(1);
      await expect.poll(async () => (await now()).contents - seen.contents).toBeGreaterThan(1);
      const before = await now();
      let publishes = 0;
      const publishers = clients.slice(0, 3).map(async (client) => {
        for (let nth = 0; nth < 4; nth++) {
          await client.change(send);
          publishes += 1;
        }
      });
      while (publishes < 12) await Promise.race([collector.collect(before), Promise.all(publishers)]);
      await collector.collect(before);
      await collector.stop();
    });
    expect(await complaints(), `seed ${seed}, collected`).toEqual([]);
    expect(await leftovers()).toEqual({ blobs: [], missing: [], temporary: [], chunks: 0, contents: [] });
  });
});
