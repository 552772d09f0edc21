import { type Connection, Schema } from 'mongoose';
import { isDuplicate } from '../storage/mongo/connection';
import type { HeadStore } from './heads';

interface HeadDocument {
  _id: string;
  seq: number;
  hash: string;
}

const schema = new Schema<HeadDocument>(
  { _id: { type: String, required: true }, seq: { type: Number, required: true }, hash: { type: String, required: true } },
  { versionKey: false, collection: 'audit_head' },
);

export function mongoHeads(connection: Connection): HeadStore {
  const heads = connection.model<HeadDocument>('AuditHead', schema);
  return {
    read: async () => {
      const found = await heads.findById('head').lean();
      return found ? { seq: found.seq, hash: found.hash } : null;
    },
    write: async ({ seq, hash }) => {
      try {
        await heads.updateOne({ _id: 'head', seq: { $lt: seq } }, { $set: { seq, hash } }, { upsert: true });
      } catch (error) {
        // Another replica has kept a later one, which this could not become.
        if (!isDuplicate(error)) throw error;
      }
    },
  };
}
