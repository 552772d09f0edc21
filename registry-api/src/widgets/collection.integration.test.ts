/** Publishes that are cut off at every write, and what is left of them when the collection has been there. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMetrics } from '../http/metrics';
import type { BlobStore } from '../storage/blobs/blobs';
import { createFileBlobs } from '../storage/blobs/file-blobs';
import { createGridfsBlobs } from '../storage/blobs/gridfs-blobs';
import type { Storage } from '../storage/storage';
import { eventually } from '../testing/api';
import { publishInto } from '../testing/publishing';
import { stores } from '../testing/stores';
import { widgetTarball } from '../testing/tarball';
import { createPool } from '../workers/pool';
import { blobKey } from './blob-key';
import { type Collector, type Cutoffs, createCollector } from './collection';
import { openWidgetStore } from './module';
import type { PublishOptions } from './publish/publish';
import type { WidgetStore } from './store';

const publisher = { team: 'markets-data', asking: { actor: 'token:t', from: null, requestId: 'r' } };
const pool = createPool({ file: 'publishing', threads: 2, heap: 128, onError: () => {} });
afterAll(() => pool.stop());

describe.each(stores())('collection after publishes that were cut off, $name', ({ open }) => {
  let storage: Storage;
  let store: WidgetStore;
  let blobs: BlobStore;
  let folder: string;
  let collector: Collector;
  const metrics = createMetrics();
  beforeEach(async () => {
    storage = await open();
    store = await openWidgetStore(storage);
    folder = mkdtempSync(join(tmpdir(), 'collection-'));
    blobs = storage.kind === 'mongo' ? await createGridfsBlobs(storage) : createFileBlobs(folder);
    collector = createCollector({ store, blobs, logger: pino({ level: 'silent' }), metrics });
  });
  afterEach(async () => {
    await collector.stop();
    await storage.close();
    rmSync(folder, { recursive: true });
  });

  const publish = (version: string, over: Partial<PublishOptions> = {}) =>
    publishInto({ store, blobs, pool }, over).publish({ name: 'series-chart', version }, publisher, widgetTarball({ version }));

  /** Everything that is there by now is old. */
  async function cutoffs(): Promise<Cutoffs> {
    const then = { contents: await store.now(), blobs: await blobs.now() };
    return eventually(async () => {
      const now = { contents: await store.now(), blobs: await blobs.now() };
      return now.contents > then.contents + 1 && now.blobs > then.blobs + 1 ? now : undefined;
    }, 'the stores’ clocks go on');
  }

  /** Dates what has no date yet, as the first collection does. */
  const seen = () => collector.collect({ contents: 0, blobs: 0 });

  /** Whatever is stored, whole or not, is among these. */
  async function blobKeys(): Promise<string[]> {
    if (storage.kind === 'mongo') return (await storage.connection.collection('blobs.files').distinct('filename')).map(String).sort();
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return files.map(({ name }) => name).sort();
  }

  async function chunksWithoutFile(): Promise<number> {
    if (storage.kind === 'sqlite') return 0;
    const files = await storage.connection.collection('blobs.files').distinct('_id');
    return storage.connection.collection('blobs.chunks').countDocuments({ files_id: { $nin: files } });
  }

  async function keysNamed(): Promise<string[]> {
    const keys = new Set<string>();
    const widget = await store.find('series-chart');
    for (const { version, digest } of widget?.versions ?? []) {
      const content = await store.content('series-chart', version, digest);
      if (!content) throw new Error(`the content of ${version} is gone`);
      for (const { integrity, encodings } of content.files)
        for (const encoding of ['identity' as const, ...encodings]) keys.add(blobKey(integrity, encoding));
    }
    return [...keys].sort();
  }

  /** The process is gone at this write: what it began stays as it was, and nothing tidies up. */
  function dyingAt(write: number): Partial<PublishOptions> {
    let writes = 0;
    const killed = () => {
      writes += 1;
      if (writes >= write) throw new Error('killed');
    };
    return {
      blobs: {
        ...blobs,
        put: async (key, bytes) => {
          if (writes + 1 === write) {
            if (storage.kind === 'mongo') await storage.connection.collection('blobs.chunks').insertOne({ files_id: randomUUID(), n: 0 });
            else await blobs.put(key, bytes).then(() => writeFileSync(join(folder, key.slice(0, 2), `${key}.${randomUUID()}`), bytes));
          }
          killed();
          await blobs.put(key, bytes);
        },
      },
      store: {
        ...store,
        putContent: async (content) => {
          killed();
          await store.putContent(content);
        },
        commit: async () => {
          killed();
          return false;
        },
      },
    };
  }

  it('leaves nothing over and takes nothing that is needed, with a publish running beside it', async () => {
    await publish('1.0.0');
    let version = 1;
    for (let write = 1; ; write += 1) {
      // `commit` answers false as long as it lives: the last write to die at is the commit itself.
      const end = await publish(`2.0.${version}`, dyingAt(write)).then(String, ({ message }: Error) => message);
      expect(end).toBe('killed');
      version += 1;
      if (write === 12) break;
    }
    await seen();
    expect((await blobKeys()).length).toBeGreaterThan((await keysNamed()).length);
    const before = await cutoffs();
    // It relies on blobs that an earlier one left, and every write of it has a whole collection before and behind it.
    const beside: Partial<PublishOptions> = {
      blobs: {
        ...blobs,
        put: async (key, bytes) => {
          await collector.collect(before);
          await blobs.put(key, bytes);
          await collector.collect(before);
        },
      },
      store: {
        ...store,
        commit: async (record, about) => {
          await collector.collect(before);
          return store.commit(record, about);
        },
      },
    };
    expect(await publish('2.0.12', beside)).toMatchObject({ created: true });
    await collector.collect(before);
    expect(await blobKeys()).toEqual(await keysNamed());
    expect(await chunksWithoutFile()).toBe(0);
    const digests: string[] = [];
    for await (const { version: kept } of store.contents()) digests.push(kept);
    expect(digests.sort()).toEqual(['1.0.0', '2.0.12']);
    for (const key of await keysNamed()) {
      const found = await blobs.open(key);
      expect(found && (await buffer(found.stream)).length).toBe(found?.bytes);
    }
    const { values } = await metrics.collected.get();
    for (const kind of ['contents', 'blobs', 'leftovers'])
      expect(values.find(({ labels }) => labels.kind === kind)?.value).toBeGreaterThan(0);
  });

  it('takes nothing from a database that has no content at all', async () => {
    await expect(publish('1.0.0', dyingAt(4))).rejects.toThrow('killed');
    await seen();
    const stored = await blobKeys();
    expect(stored.length).toBeGreaterThan(0);
    await collector.collect(await cutoffs());
    expect(await blobKeys()).toEqual(stored);
  });

  it('runs by itself after ten minutes, leaves alone what is not a day old, and logs and counts what fails', async () => {
    await publish('1.0.0');
    await expect(publish('2.0.0', dyingAt(6))).rejects.toThrow('killed');
    const stored = await blobKeys();
    const lines: Record<string, unknown>[] = [];
    const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });

    /** Its first line, when ten minutes have gone by. */
    async function firstLineOf(watched: WidgetStore): Promise<unknown> {
      const watching = createCollector({ store: watched, blobs, logger, metrics });
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      watching.watch();
      vi.advanceTimersByTime(10 * 60_000);
      vi.useRealTimers();
      const line = await eventually(() => lines.shift(), 'it has been at work');
      await watching.stop();
      return line;
    }

    const gone = async () => {
      throw new Error('the store went away');
    };
    expect(await firstLineOf({ ...store, collectContents: gone })).toMatchObject({
      err: { message: 'the store went away' },
    });
    const { values } = await metrics.backgroundErrors.get();
    expect(values).toMatchObject([{ labels: { task: 'collect blobs' }, value: 1 }]);
    expect(await firstLineOf(store)).toMatchObject({ collected: { contents: 0, blobs: 0, leftovers: 0, bytes: 0 } });
    expect(await blobKeys()).toEqual(stored);
  });

  it('shows no version whose files were put so long ago that they may be collected', async () => {
    let now = 0;
    const asleep: Partial<PublishOptions> = {
      clock: () => now,
      store: {
        ...store,
        putContent: async (content) => {
          await store.putContent(content);
          now += 2 * 3_600_000;
        },
      },
    };
    await expect(publish('1.0.0', asleep)).rejects.toMatchObject({ status: 503, code: 'publish_too_slow' });
    expect(await store.find('series-chart')).toBeNull();
    expect(await publish('1.0.0')).toMatchObject({ created: true });
  });
});
