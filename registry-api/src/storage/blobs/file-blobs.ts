/** Blobs on the file system. A crash leaves at most a temporary file. */
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceDurably } from '../durable-file';
import { type BlobStore, checkKey } from './blobs';

export function createFileBlobs(folder: string): BlobStore {
  // Two levels: thousands of files in one folder are slow to list on some file systems.
  const fileOf = (key: string) => join(folder, checkKey(key).slice(0, 2), key);
  const has = async (key: string) => {
    try {
      return (await stat(fileOf(key))).isFile();
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  };
  return {
    has,
    put: async (key, bytes) => {
      if (await has(key)) return;
      await replaceDurably(fileOf(key), bytes);
    },
    open: async (key) => {
      try {
        const handle = await open(fileOf(key), 'r');
        const { size } = await handle.stat();
        return { bytes: size, stream: handle.createReadStream() };
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
  };
}

const isMissing = (error: unknown): boolean => (error as { code?: unknown }).code === 'ENOENT';
