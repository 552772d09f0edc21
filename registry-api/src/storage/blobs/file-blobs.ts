/** Blobs on the file system. A crash leaves at most a temporary file. */
import { open, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceDurably } from '../durable-file';
import { type BlobStore, checkKey } from './blobs';
import { collectFiles, timeOf } from './file-collection';
import { isMissing } from './missing';

export function createFileBlobs(folder: string): BlobStore {
  // Two levels: thousands of files in one folder are slow to list on some file systems.
  const fileOf = (key: string) => join(folder, checkKey(key).slice(0, 2), key);
  return {
    has: async (key) => {
      try {
        return (await stat(fileOf(key))).isFile();
      } catch (error) {
        if (isMissing(error)) return false;
        throw error;
      }
    },
    put: async (key, bytes) => {
      if (!(await renew(fileOf(key)))) await replaceDurably(fileOf(key), bytes);
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
    now: () => timeOf(folder),
    collect: (collection) => collectFiles(folder, collection),
  };
}

/** One call both asks whether the file is there and dates it, so that no collection comes in between. false: write it. */
async function renew(file: string): Promise<boolean> {
  // biome-ignore lint/plugin: compared with the times of files, which are the machine’s own
  const now = new Date();
  try {
    await utimes(file, now, now);
    return true;
  } catch (error) {
    // Somebody else's file, as from a backup, cannot be dated, but replaced by one that can.
    if (isMissing(error) || isForbidden(error)) return false;
    throw error;
  }
}

const isForbidden = (error: unknown): boolean => ['EPERM', 'EACCES'].includes(String((error as { code?: unknown }).code));
