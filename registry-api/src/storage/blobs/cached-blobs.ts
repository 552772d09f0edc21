/**
 * Blobs of another store through files on this machine: what never changes is read from there, also while that store is away. What a
 * file holds is checked against its key whenever it is read; one that was damaged is fetched anew.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip } from 'node:zlib';
import { replaceDurably } from '../durable-file';
import { type BlobStore, checkKey } from './blobs';

export interface CachedBlobsOptions {
  blobs: BlobStore;
  folder: string;
  /** Of all files together; those that were not read for longest go first. */
  maxBytes: number;
  /** A file could not be kept, or not be taken away: what was asked for is answered all the same. */
  onError(error: unknown): void;
}

const inflate = { br: promisify(brotliDecompress), gz: promisify(gunzip) };

/** A key is the hash of the file itself, for its compressed variants as well. */
async function isWhole(key: string, bytes: Buffer): Promise<boolean> {
  const [hash, variant] = key.split('.') as [string, keyof typeof inflate | undefined];
  const content = variant ? await inflate[variant](bytes).catch(() => null) : bytes;
  return content !== null && createHash('sha384').update(content).digest('hex') === hash;
}

export function cachedBlobs({ blobs, folder, maxBytes, onError }: CachedBlobsOptions): BlobStore {
  const fileOf = (key: string) => join(folder, checkKey(key));
  /** Fetches under way: a hundred pages that open at once ask the store once. */
  const fetching = new Map<string, Promise<Buffer | null>>();
  let kept: number | null = null;

  async function fromFile(key: string): Promise<Buffer | null> {
    const bytes = await readFile(fileOf(key)).catch(() => null);
    if (!bytes || !(await isWhole(key, bytes))) return null;
    // biome-ignore lint/plugin: compared with the times of files, which are the machine’s own
    const now = new Date();
    // When it was read last, for whoever makes room.
    await utimes(fileOf(key), now, now).catch(onError);
    return bytes;
  }

  async function fetchBlob(key: string): Promise<Buffer | null> {
    const found = await blobs.open(key);
    if (!found) return null;
    const bytes = await buffer(found.stream);
    if (!(await isWhole(key, bytes))) throw new Error(`the bytes of blob ${key} are not what was written`);
    await keep(key, bytes).catch(onError);
    return bytes;
  }

  async function keep(key: string, bytes: Buffer): Promise<void> {
    if (bytes.length > maxBytes) return;
    await replaceDurably(fileOf(key), bytes);
    kept = kept === null ? await makeRoom() : kept + bytes.length;
    if (kept > maxBytes) kept = await makeRoom();
  }

  /** Down to nine tenths, so that it is not done for every file. The bytes that are left. */
  async function makeRoom(): Promise<number> {
    const names = await readdir(folder);
    const files = await Promise.all(names.map(async (name) => ({ file: join(folder, name), ...(await sizeOf(join(folder, name))) })));
    let total = files.reduce((sum, { size }) => sum + size, 0);
    if (total <= maxBytes) return total;
    for (const { file, size } of files.sort((a, b) => a.read - b.read)) {
      if (total <= maxBytes * 0.9) break;
      await rm(file, { force: true });
      total -= size;
    }
    return total;
  }

  return {
    ...blobs,
    open: async (key) => {
      const bytes = (await fromFile(key)) ?? (await fetched(key));
      return bytes && { bytes: bytes.length, stream: Readable.from([bytes], { objectMode: false }) };
    },
  };

  function fetched(key: string): Promise<Buffer | null> {
    const running = fetching.get(key) ?? fetchBlob(key).finally(() => fetching.delete(key));
    fetching.set(key, running);
    return running;
  }
}

/** A file that somebody took away in between has no size. */
async function sizeOf(file: string): Promise<{ size: number; read: number }> {
  const { size, mtimeMs } = await stat(file).catch(() => ({ size: 0, mtimeMs: 0 }));
  return { size, read: mtimeMs };
}
