import { readFile } from 'node:fs/promises';
import { replaceDurably } from '../storage/durable-file';
import type { Head } from './audit';
import type { HeadStore } from './heads';

/** Beside the embedded database: whoever cuts the log in the database does not reach it by the same way. */
export function fileHeads(file: string): HeadStore {
  const read = async () => {
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      if ((error as { code?: unknown }).code === 'ENOENT') return null;
      throw error;
    });
    return text === null ? null : (JSON.parse(text) as Head);
  };
  return {
    read,
    write: async ({ seq, hash }) => {
      const kept = await read();
      if (!kept || kept.seq < seq) await replaceDurably(file, `${JSON.stringify({ seq, hash })}\n`);
    },
  };
}
