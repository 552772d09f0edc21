import { type Connection, Schema } from 'mongoose';
import { isDuplicate } from '../storage/mongo/connection';
import { type AuditRow, type AuditStore, aboutOf } from './store';

/** The entry is kept as text: the hash covers its exact values, and keys of `details` are free. */
interface AuditDocument extends Omit<AuditRow, 'seq'> {
  _id: number;
  /** Of the pending entry; entries of the schema's version 1 have none. */
  id?: string;
  /** To be looked up, see aboutOf. */
  about: string;
}

const text = { type: String, required: true };
const schema = new Schema<AuditDocument>(
  {
    _id: { type: Number, required: true },
    id: String,
    about: text,
    at: text,
    actor: text,
    action: text,
    subject: text,
    entry: text,
  },
  { versionKey: false, collection: 'audit', id: false },
);
schema.index({ id: 1 }, { unique: true, sparse: true });
schema.index({ about: 1, _id: -1 });
schema.index({ at: -1, _id: -1 });
for (const name of ['actor', 'action', 'subject']) schema.index({ [name]: 1, at: -1, _id: -1 });

export async function createMongoAuditStore(connection: Connection): Promise<AuditStore> {
  const audit = connection.model<AuditDocument>('AuditEntry', schema);
  await audit.createIndexes();
  const rowOf = ({ _id: seq, at, actor, action, subject, entry }: AuditDocument): AuditRow => ({ seq, at, actor, action, subject, entry });
  return {
    last: async () => {
      const document = await audit.findOne().sort({ _id: -1 }).lean();
      return document ? rowOf(document) : null;
    },
    insert: async (entry, id) => {
      try {
        const { at, actor, action, subject } = entry;
        await audit.create([{ _id: entry.seq, id, about: aboutOf(entry), at, actor, action, subject, entry: JSON.stringify(entry) }]);
        return 'inserted';
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        // Either it is there already, or another replica took the number.
        return (await audit.exists({ id })) ? 'known' : 'taken';
      }
    },
    page: async ({ of, from, to, after, limit }) => {
      const at = { ...(from === null ? {} : { $gte: from }), ...(to === null ? {} : { $lt: to }) };
      const wanted = {
        ...(of ? { [of[0]]: of[1] } : {}),
        ...(from === null && to === null ? {} : { at }),
        ...(after ? { $or: [{ at: { $lt: after.at } }, { at: after.at, _id: { $lt: after.seq } }] } : {}),
      };
      return (await audit.find(wanted).sort({ at: -1, _id: -1 }).limit(limit).lean()).map(rowOf);
    },
    after: async (seq, limit) => {
      const found = await audit
        .find({ _id: { $gt: seq } })
        .sort({ _id: 1 })
        .limit(limit)
        .lean();
      return found.map(rowOf);
    },
    about: async (subjects, limit, before) => {
      const below = before === null ? {} : { _id: { $lt: before } };
      const found = await audit
        .find({ about: { $in: [...subjects] }, ...below })
        .sort({ _id: -1 })
        .limit(limit)
        .lean();
      return found.map(rowOf);
    },
    has: async (action, subject) => (await audit.exists({ about: aboutOf({ action, subject }) })) !== null,
  };
}
