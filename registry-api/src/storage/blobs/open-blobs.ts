import { join } from 'node:path';
import type { Config } from '../../config';
import type { Storage } from '../storage';
import type { BlobStore } from './blobs';
import { createFileBlobs } from './file-blobs';
import { createGridfsBlobs } from './gridfs-blobs';

export async function openBlobs(config: Pick<Config, 'blobs' | 'dataDir'>, storage: Storage): Promise<BlobStore> {
  if (config.blobs === 'gridfs' && storage.kind === 'mongo') return createGridfsBlobs(storage.connection);
  return createFileBlobs(join(config.dataDir, 'blobs'));
}
