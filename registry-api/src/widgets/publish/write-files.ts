/** Every file into the blob store, with its compressed variants, before anything names them. */

import type { Described, DescribedFile } from '@datamesh/publishing';
import { extensionOf } from '@datamesh/publishing';
import type { BlobStore } from '../../storage/blobs/blobs';
import type { Pool } from '../../workers/pool';
import { blobKey } from '../blob-key';
import type { FileEntry } from '../widget';
import { compressIn } from './in-threads';

const compressible = new Set(['.mjs', '.js', '.json', '.svg']);
/** Brotli's best level takes about a second for a megabyte: up to this size of a file, bytes, and this of a whole version. */
const bestUpTo = 512 * 1024;
const bestUpToAll = 8 * 1024 * 1024;
/** Below this a header costs more than is saved, bytes. */
const worthwhile = 200;

export async function writeFiles({ files, bytes }: Described, blobs: BlobStore, pool: Pool): Promise<FileEntry[]> {
  const entries: FileEntry[] = [];
  for (const file of files) entries.push(await writeFile(file, qualityFor(file, bytes), blobs, pool));
  return entries;
}

const qualityFor = ({ content }: DescribedFile, all: number): number => (all > bestUpToAll ? 5 : content.length > bestUpTo ? 9 : 11);

async function writeFile({ path, integrity, content }: DescribedFile, quality: number, blobs: BlobStore, pool: Pool): Promise<FileEntry> {
  const encodings: FileEntry['encodings'] = [];
  await blobs.put(blobKey(integrity), content);
  if (compressible.has(extensionOf(path)) && content.length >= worthwhile) {
    const { br, gzip } = await compressIn(pool, content, quality);
    if (br.length < content.length) {
      await blobs.put(blobKey(integrity, 'br'), br);
      encodings.push('br');
    }
    if (gzip.length < content.length) {
      await blobs.put(blobKey(integrity, 'gzip'), gzip);
      encodings.push('gzip');
    }
  }
  return { path, integrity, bytes: content.length, encodings };
}
