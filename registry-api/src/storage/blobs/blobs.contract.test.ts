import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { stores } from '../stores';
import type { BlobStore } from './blobs';
import { createFileBlobs } from './file-blobs';
import { createGridfsBlobs } from './gridfs-blobs';

const keyOf = (bytes: Uint8Array) => createHash('sha384').update(bytes).digest('hex');

interface BlobsUnderTest {
  name: string;
  open(): Promise<{ blobs: BlobStore; close(): Promise<void> }>;
}

const onDisk: BlobsUnderTest = {
  name: 'files',
  open: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'blobs-'));
    return { blobs: createFileBlobs(folder), close: async () => rmSync(folder, { recursive: true }) };
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
        return { blobs: await createGridfsBlobs(storage.connection), close: storage.close };
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

it('leaves no temporary file behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'blobs-'));
  const bytes = randomBytes(100);
  await createFileBlobs(folder).put(keyOf(bytes), bytes);
  expect(readdirSync(join(folder, keyOf(bytes).slice(0, 2)))).toEqual([keyOf(bytes)]);
  rmSync(folder, { recursive: true });
});
