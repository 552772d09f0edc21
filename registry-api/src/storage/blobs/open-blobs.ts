import { join } from 'node:path';
import type { Config } from '../../config';
import type { Storage } from '../storage';
import type { BlobStore } from './blobs';
import { cachedBlobs } from './cached-blobs';
import { createFileBlobs } from './file-blobs';
import { createGridfsBlobs } from './gridfs-blobs';

/** Bytes of published files that are kept on this machine's disk beside GridFS: what never changes is served from there, also in an outage. */
const maxCached = 1024 ** 3;

/** `onError`: a file could not be kept here; it was answered all the same. */
export async function openBlobs(
  config: Pick<Config, 'blobs' | 'dataDir'>,
  storage: Storage,
  onError: (error: unknown) => void,
): Promise<BlobStore> {
  if (config.blobs === 'gridfs' && storage.kind === 'mongo')
    return cachedBlobs({
      blobs: await createGridfsBlobs(storage),
      folder: join(config.dataDir, 'cached-files'),
      maxBytes: maxCached,
      onError,
    });
  return createFileBlobs(join(config.dataDir, 'blobs'));
}
