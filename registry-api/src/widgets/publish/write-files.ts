/** Every file into the blob store, with its compressed variants, before anything names them. */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { BlobStore } from '../../storage/blobs/blobs';
import { blobKey } from '../blob-key';
import type { FileEntry } from '../widget';
import { extensionOf } from './check-files';
import type { DescribedFile } from './describe-version';

const compressible = new Set(['.mjs', '.js', '.json', '.svg']);
/** Brotli's best level takes about a second for a megabyte; above this size its third best. */
const bestUpTo = 512 * 1024;
/** Below this a header costs more than is saved, bytes. */
const worthwhile = 200;
/** Files at once: compression runs on libuv's four threads, which the rest of the process needs as well. */
const parallel = 3;

const brotliOf = promisify(brotliCompress);
const gzipOf = promisify(gzip);

export async function writeFiles(files: readonly DescribedFile[], blobs: BlobStore): Promise<FileEntry[]> {
  const entries: FileEntry[] = new Array(files.length);
  const queue = files.entries();
  async function work(): Promise<void> {
    for (const [index, file] of queue) entries[index] = await writeFile(file, blobs);
  }
  await Promise.all(Array.from({ length: parallel }, work));
  return entries;
}

async function writeFile({ path, integrity, content }: DescribedFile, blobs: BlobStore): Promise<FileEntry> {
  const encodings: FileEntry['encodings'] = [];
  await blobs.put(blobKey(integrity), content);
  if (compressible.has(extensionOf(path)) && content.length >= worthwhile) {
    const quality = content.length <= bestUpTo ? 11 : 9;
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    };
    const [br, gz] = await Promise.all([brotliOf(content, { params }), gzipOf(content, { level: 9 })]);
    if (br.length < content.length) {
      await blobs.put(blobKey(integrity, 'br'), br);
      encodings.push('br');
    }
    if (gz.length < content.length) {
      await blobs.put(blobKey(integrity, 'gzip'), gz);
      encodings.push('gzip');
    }
  }
  return { path, integrity, bytes: content.length, encodings };
}
