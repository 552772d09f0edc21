/** What nobody needs in GridFS, and how it goes while other replicas write there. Every date is the server's. */
import type { Connection, mongo } from 'mongoose';
import type { Collected, Collection } from './blobs';

type Database = NonNullable<Connection['db']>;
type Id = mongo.ObjectId;

export interface GridfsFile {
  _id: Id;
  filename: string;
  length: number;
  /** When it was put again last, or first seen by a collection: GridFS itself dates files by the client's clock. */
  putAt?: Date;
}

/** Chunks without a file, since a collection first saw them: they may belong to an upload that is running. */
interface Orphan {
  _id: Id;
  since: Date;
}

export async function collectGridfs(database: Database, collection: Collection): Promise<Collected> {
  return { ...(await collectFiles(database, collection)), leftovers: await collectChunks(database, collection) };
}

async function collectFiles(database: Database, { before, named, signal }: Collection): Promise<Pick<Collected, 'blobs' | 'bytes'>> {
  const files = database.collection<GridfsFile>('blobs.files', { writeConcern: { w: 'majority' } });
  const isOld = { putAt: { $lt: new Date(before) } };
  const old = await files.find(isOld, { projection: { filename: 1, length: 1 } }).toArray();
  await files.updateMany({ putAt: { $exists: false } }, { $currentDate: { putAt: true } });
  const collected = { blobs: 0, bytes: 0 };
  if (old.length === 0) return collected;
  const needed = await named();
  for (const { _id, filename, length } of old) {
    signal?.throwIfAborted();
    if (needed.has(filename)) continue;
    // The second look is part of the write: a put in between has dated the file.
    const { deletedCount } = await files.deleteOne({ _id, ...isOld });
    if (deletedCount === 0) continue;
    await database.collection('blobs.chunks').deleteMany({ files_id: _id });
    collected.blobs += 1;
    collected.bytes += length;
  }
  return collected;
}

async function collectChunks(database: Database, { before, signal }: Collection): Promise<number> {
  const files = database.collection<GridfsFile>('blobs.files');
  const chunks = database.collection<{ files_id: Id }>('blobs.chunks');
  const orphans = database.collection<Orphan>('blobs.orphans');
  const isFile = async (_id: Id) => (await files.findOne({ _id }, { projection: { _id: 1 } })) !== null;
  let removed = 0;
  for (const { _id } of await orphans.find({ since: { $lt: new Date(before) } }).toArray()) {
    if (!(await isFile(_id))) removed += (await chunks.deleteMany({ files_id: _id })).deletedCount;
    await orphans.deleteOne({ _id });
  }
  // In the order of GridFS's own index, which has all that is read here.
  const all = chunks.find({}, { projection: { _id: 0, files_id: 1 } }).sort({ files_id: 1, n: 1 });
  let last = '';
  for await (const { files_id: _id } of all) {
    signal?.throwIfAborted();
    if (_id.toString() === last) continue;
    last = _id.toString();
    if ((await isFile(_id)) || (await orphans.findOne({ _id }))) continue;
    await orphans.updateOne({ _id }, { $currentDate: { since: true } }, { upsert: true });
  }
  return removed;
}
