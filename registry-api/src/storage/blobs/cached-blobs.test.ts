import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BlobStore } from './blobs';
import { cachedBlobs } from './cached-blobs';
import { createFileBlobs } from './file-blobs';

const hashOf = (bytes: Uint8Array) => createHash('sha384').update(bytes).digest('hex');

describe('published files kept on this machine', () => {
  let folder: string;
  let behind: BlobStore;
  let isAway: boolean;
  let opened: number;
  const errors: unknown[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cached-blobs-'));
    behind = createFileBlobs(join(folder, 'behind'));
    isAway = false;
    opened = 0;
  });
  afterEach(() => rm(folder, { recursive: true }));

  const cache = (maxBytes = 1000) =>
    cachedBlobs({
      blobs: {
        ...behind,
        open: async (key) => {
          opened += 1;
          if (isAway) throw new Error('the store is away');
          return behind.open(key);
        },
      },
      folder: join(folder, 'cached'),
      maxBytes,
      onError: (error) => errors.push(error),
    });
  const read = async (blobs: BlobStore, key: string) => {
    const found = await blobs.open(key);
    return found && (await buffer(found.stream)).toString();
  };

  it('are served while the store behind is away, compressed ones too; what was never asked for is not', async () => {
    const text = Buffer.from('export {}');
    const [plain, gzip] = [hashOf(text), `${hashOf(text)}.gz`];
    await behind.put(plain, text);
    await behind.put(gzip, gzipSync(text));
    const blobs = cache();
    expect(await read(blobs, plain)).toBe('export {}');
    await read(blobs, gzip);
    isAway = true;
    expect(await read(blobs, plain)).toBe('export {}');
    expect(Buffer.from((await buffer((await cache().open(gzip))?.stream as NodeJS.ReadableStream)) as Buffer)).toEqual(gzipSync(text));
    await expect(blobs.open(hashOf(Buffer.from('never')))).rejects.toThrow('away');
    isAway = false;
    expect(await blobs.open(hashOf(Buffer.from('never')))).toBeNull();
  });

  it('that were damaged are fetched anew, never served', async () => {
    const text = Buffer.from('whole');
    await behind.put(hashOf(text), text);
    const blobs = cache();
    await read(blobs, hashOf(text));
    await writeFile(join(folder, 'cached', hashOf(text)), 'damaged');
    expect(await read(blobs, hashOf(text))).toBe('whole');
    await writeFile(join(folder, 'cached', hashOf(text)), 'damaged');
    isAway = true;
    await expect(blobs.open(hashOf(text))).rejects.toThrow('away');
  });

  it('are asked for once by many pages that open at once', async () => {
    const text = Buffer.from('popular');
    await behind.put(hashOf(text), text);
    const blobs = cache();
    expect(await Promise.all(Array.from({ length: 20 }, () => read(blobs, hashOf(text))))).toEqual(Array(20).fill('popular'));
    expect(opened).toBe(1);
  });

  it('stay within their bound', async () => {
    const blobs = cache(1000);
    for (let nth = 0; nth < 12; nth += 1) {
      const bytes = Buffer.alloc(200, nth);
      await behind.put(hashOf(bytes), bytes);
      await read(blobs, hashOf(bytes));
    }
    expect((await readdir(join(folder, 'cached'))).length).toBeLessThanOrEqual(5);
    expect(errors).toEqual([]);
  });
});
