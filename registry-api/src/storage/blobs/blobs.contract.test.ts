import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import mongoose from 'mongoose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../testing/api';
import { stores } from '../../testing/stores';
import type { BlobStore } from './blobs';
import { createFileBlobs } from './file-blobs';
import { createGridfsBlobs } from './gridfs-blobs';

const keyOf = (bytes: Uint8Array) => createHash('sha384').update(bytes).digest('hex');

interface BlobsUnderTest {
  name: string;
  open(): Promise<Opened>;
}

interface Opened {
  blobs: BlobStore;
  /** What a process leaves that is killed in the middle of a put. */
  cutOff(key: string): Promise<void>;
  /** How many of these there are. */
  leftovers(): Promise<number>;
  close(): Promise<void>;
}

const onDisk: BlobsUnderTest = {
  name: 'files',
  open: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'blobs-'));
    return {
      blobs: createFileBlobs(folder),
      cutOff: async (key) => {
        mkdirSync(join(folder, key.slice(0, 2)), { recursive: true });
        writeFileSync(join(folder, key.slice(0, 2), `${key}.${randomUUID()}`), randomBytes(100));
      },
      leftovers: async () => readdirSync(folder, { recursive: true }).filter((name) => /-/.test(String(name))).length,
      close: async () => rmSync(folder, { recursive: true }),
    };
  },
};

const inGridfs = stores()
  .filter(({ name }) => name === 'mongo')
  .map(
    ({ open }): BlobsUnderTest => ({
      name: 'gridfs',
      open: async () => {
        const storage = await open();
        if (storage.kind !== 'mongo') throw new Error('not MongoDB');
        const chunks = storage.connection.collection('blobs.chunks');
        return {
          blobs: await createGridfsBlobs(storage),
          cutOff: async () => {
            await chunks.insertOne({ files_id: new mongoose.mongo.ObjectId(), n: 0, data: randomBytes(100) });
          },
          leftovers: async () => {
            const files = await storage.connection.collection('blobs.files').distinct('_id');
            return chunks.countDocuments({ files_id: { $nin: files } });
          },
          close: storage.close,
        };
      },
    }),
  );

describe.each([onDisk, ...inGridfs])('blobs in $name', ({ open }) => {
  let close: (() => Promise<void>) | undefined;
  afterEach(async () => {
    await close?.();
  });

  it.each([0, 1, 600_000])('gives back %i bytes as they were', async (size) => {
    const opened = await open();
    close = opened.close;
    const bytes = randomBytes(size);
    const key = keyOf(bytes);
    expect(await opened.blobs.has(key)).toBe(false);
    expect(await opened.blobs.open(key)).toBeNull();
    await opened.blobs.put(key, bytes);
    expect(await opened.blobs.has(key)).toBe(true);
    const found = await opened.blobs.open(key);
    expect(found?.bytes).toBe(size);
    if (found) expect((await buffer(found.stream)).equals(bytes)).toBe(true);
  });

  it('takes the same bytes again, also at the same time, and keeps variants apart', async () => {
    const opened = await open();
    close = opened.close;
    const bytes = randomBytes(1000);
    const key = keyOf(bytes);
    await Promise.all([1, 2, 3].map(() => opened.blobs.put(key, bytes)));
    await opened.blobs.put(key, bytes);
    expect(await opened.blobs.has(`${key}.br`)).toBe(false);
    const found = await opened.blobs.open(key);
    if (found) expect((await buffer(found.stream)).equals(bytes)).toBe(true);
  });

  it.each(['../../etc/passwd', 'ab', `${'a'.repeat(96)}/x`])('refuses the key %s', async (key) => {
    const opened = await open();
    close = opened.close;
    await expect(opened.blobs.put(key, new Uint8Array())).rejects.toThrow(RangeError);
  });
});

describe.each([onDisk, ...inGridfs])('collection in $name', ({ open }) => {
  let opened: Opened;
  let blobs: BlobStore;
  beforeEach(async () => {
    opened = await open();
    blobs = opened.blobs;
  });
  afterEach(() => opened.close());

  const added = async (size = 1000) => {
    const bytes = randomBytes(size);
    await blobs.put(keyOf(bytes), bytes);
    return { key: keyOf(bytes), bytes };
  };
  const read = async (key: string) => {
    const found = await blobs.open(key);
    return found && (await buffer(found.stream));
  };
  /** A store time that is after all that was put. */
  const later = async () => {
    const then = await blobs.now();
    return eventually(async () => ((await blobs.now()) > then + 1 ? blobs.now() : undefined), 'the store’s clock goes on');
  };
  const needing = async (...keys: string[]) => new Set(keys);
  /** GridFS dates what has no date the first time. */
  const seen = async () => expect(await blobs.collect({ before: 0, named: needing })).toEqual({ blobs: 0, leftovers: 0, bytes: 0 });

  it('removes what is old and needed by nobody, and what crashes left', async () => {
    const needed = await added();
    const unneeded = await added(600_000);
    await opened.cutOff(unneeded.key);
    await seen();
    const before = await later();
    const young = await added();
    await opened.cutOff(young.key);
    const collected = await blobs.collect({ before, named: () => needing(needed.key) });
    expect(collected).toEqual({ blobs: 1, leftovers: 1, bytes: 600_000 });
    expect(await blobs.has(unneeded.key)).toBe(false);
    expect(await read(needed.key)).toEqual(needed.bytes);
    expect(await read(young.key)).toEqual(young.bytes);
    expect(await opened.leftovers()).toBe(1);
    // Again nobody needs it, and the young one has grown old.
    await seen();
    expect(await blobs.collect({ before: await later(), named: needing })).toMatchObject({ blobs: 2, leftovers: 1 });
    expect(await opened.leftovers()).toBe(0);
  });

  it('leaves alone what was put again since', async () => {
    const blob = await added();
    await seen();
    const before = await later();
    await blobs.put(blob.key, blob.bytes);
    expect(await blobs.collect({ before, named: needing })).toMatchObject({ blobs: 0 });
    expect(await read(blob.key)).toEqual(blob.bytes);
  });

  it('leaves alone what is put again between the look and the removal', async () => {
    const blob = await added();
    await seen();
    const before = await later();
    const named = async () => {
      await blobs.put(blob.key, blob.bytes);
      return new Set<string>();
    };
    expect(await blobs.collect({ before, named })).toMatchObject({ blobs: 0 });
    expect(await read(blob.key)).toEqual(blob.bytes);
    expect(await opened.leftovers()).toBe(0);
  });

  it('never loses a blob whose put returned, with puts and collections at once', async () => {
    const many = await Promise.all(Array.from({ length: 40 }, () => added()));
    await seen();
    const before = await later();
    const collections = Promise.all([1, 2].map(() => blobs.collect({ before, named: needing })));
    await Promise.all(many.map(({ key, bytes }) => blobs.put(key, bytes)));
    await collections;
    for (const { key, bytes } of many) expect(await read(key)).toEqual(bytes);
    expect(await opened.leftovers()).toBe(0);
  });

  it('ends when it is told to', async () => {
    await added();
    await seen();
    const stopping = new AbortController();
    const named = async () => {
      stopping.abort();
      return new Set<string>();
    };
    await expect(blobs.collect({ before: await later(), named, signal: stopping.signal })).rejects.toThrow('abort');
  });
});

it('brings back a file that a sweep had in its hands when it was killed, and leaves files of others alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'blobs-'));
  const blobs = createFileBlobs(folder);
  const bytes = randomBytes(100);
  const key = keyOf(bytes);
  await blobs.put(key, bytes);
  const file = join(folder, key.slice(0, 2), key);
  renameSync(file, `${file}.${randomUUID()}.swept`);
  writeFileSync(join(folder, 'README'), 'backed up every night');
  expect(await blobs.collect({ before: Number.MAX_SAFE_INTEGER, named: async () => new Set([key]) })).toMatchObject({ blobs: 0 });
  expect(await blobs.has(key)).toBe(true);
  expect(readdirSync(folder).sort()).toEqual([key.slice(0, 2), 'README'].sort());
  rmSync(folder, { recursive: true });
});

it('leaves no temporary file behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'blobs-'));
  const bytes = randomBytes(100);
  await createFileBlobs(folder).put(keyOf(bytes), bytes);
  expect(readdirSync(join(folder, keyOf(bytes).slice(0, 2)))).toEqual([keyOf(bytes)]);
  rmSync(folder, { recursive: true });
});
