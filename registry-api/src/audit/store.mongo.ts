import type { AuditEntry } from '@datamesh/contracts';
import { type Connection, Schema } from 'mongoose';
import { isDuplicate } from '../storage/mongo/connection';
import type { AuditStore } from './store';

/** The entry is kept as text: the hash covers its exact values, and keys of `details` are free. */
interface AuditDocument {
  _id: number;
  entry: string;
}

const schema = new Schema<AuditDocument>(
  { _id: { type: Number, required: true }, entry: { type: String, required: true } },
  { versionKey: false, collection: 'audit' },
);

export function createMongoAuditStore(connection: Connection): AuditStore {
  const audit = connection.model<AuditDocument>('AuditEntry', schema);
  const entryOf = (document: AuditDocument) => JSON.parse(document.entry) as AuditEntry;
  return {
    last: async () => {
      const document = await audit.findOne().sort({ _id: -1 }).lean();
      return document ? entryOf(document) : null;
    },
    insert: async (entry) => {
      try {
        await audit.create([{ _id: entry.seq, entry: JSON.stringify(entry) }]);
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    newest: async (limit, before) => {
      const below = before === null ? {} : { _id: { $lt: before } };
      return (await audit.find(below).sort({ _id: -1 }).limit(limit).lean()).map(entryOf);
    },
  };
}
