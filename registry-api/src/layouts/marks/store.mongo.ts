import { type Connection, Schema } from 'mongoose';
import { isDuplicate } from '../../storage/mongo/connection';
import type { Mark, MarkKind, MarkStore } from './store';

interface MarkDocument extends Mark {
  /** `<kind> <layout> <user>` */
  _id: string;
  user: string;
  kind: MarkKind;
}

const text = { type: String, required: true } as const;
const schema = new Schema<MarkDocument>(
  { _id: text, user: text, kind: text, layout: text, at: text },
  { collection: 'layout_marks', versionKey: false },
);
schema.index({ user: 1, kind: 1, at: -1, layout: -1 });
schema.index({ layout: 1 });

export async function mongoMarks(connection: Connection): Promise<MarkStore> {
  const documents = connection.model('LayoutMark', schema);
  await documents.createIndexes();
  const key = (kind: MarkKind, user: string, layout: string): string => `${kind} ${layout} ${user}`;
  const newestFirst = { at: -1, layout: -1 } as const;
  return {
    async put(kind, user, { layout, at }, most) {
      const write = () => documents.updateOne({ _id: key(kind, user, layout) }, { $set: { user, kind, layout, at } }, { upsert: true });
      try {
        await write();
      } catch (error) {
        // Two first marks at once: the second finds the document now.
        if (!isDuplicate(error)) throw error;
        await write();
      }
      const old = await documents.find({ user, kind }, { _id: 1 }).sort(newestFirst).skip(most).lean();
      if (old.length > 0) await documents.deleteMany({ _id: { $in: old.map(({ _id }) => _id) } });
    },
    async remove(kind, user, layout) {
      return (await documents.deleteOne({ _id: key(kind, user, layout) })).deletedCount > 0;
    },
    async list(kind, user) {
      const found = await documents.find({ user, kind }, { _id: 0, layout: 1, at: 1 }).sort(newestFirst).lean();
      return found.map(({ layout, at }) => ({ layout, at }));
    },
    async removeLayout(layout) {
      await documents.deleteMany({ layout });
    },
  };
}
