/**
 * Blobs in GridFS. Every upload has an id of its own and the key as its name: its entry appears only when all chunks are
 * there, so a crash leaves chunks that nobody reads, and two uploads of one key leave two equal files.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import mongoose from 'mongoose';
import { serverTime } from '../mongo/connection';
import type { Storage } from '../storage';
import { refuseAway } from '../store-problem';
import { type BlobStore, checkKey } from './blobs';
import { collectGridfs, type GridfsFile } from './gridfs-collection';

export async function createGridfsBlobs(storage: Storage & { kind: 'mongo' }): Promise<BlobStore> {
  const { connection } = storage;
  const database = connection.db;
  if (!database) throw new Error('GridFS needs an open connection');
  const bucket = new mongoose.mongo.GridFSBucket(database, { bucketName: 'blobs', writeConcern: { w: 'majority' } });
  const files = database.collection<GridfsFile>('blobs.files', { writeConcern: { w: 'majority' } });
  await files.createIndex({ filename: 1 });
  const find = async (key: string) =>
    (
      await bucket
        .find({ filename: checkKey(key) })
        .limit(1)
        .toArray()
    )[0] ?? null;
  return {
    has: async (key) => (await find(key)) !== null,
    put: async (key, bytes) => {
      // One write both asks whether the file is there and dates it, so that no collection comes in between.
      const { matchedCount } = await files.updateMany({ filename: checkKey(key) }, { $currentDate: { putAt: true } });
      if (matchedCount > 0) return;
      await pipeline(Readable.from([bytes]), bucket.openUploadStream(key));
    },
    open: async (key) => {
      refuseAway(storage);
      const file = await find(key);
      return file ? { bytes: file.length, stream: bucket.openDownloadStream(file._id) } : null;
    },
    now: () => serverTime(connection),
    collect: (collection) => collectGridfs(database, collection),
  };
}
