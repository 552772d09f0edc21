import { type Connection, Schema } from 'mongoose';
import { isDuplicate } from '../../storage/mongo/connection';
import { type PersonalKind, type PersonalStore, personalStore } from './store';

interface PersonalDocument {
  /** `<kind> <layout> <user>` */
  _id: string;
  layout: string;
  /** JSON: settings are anybody's keys. */
  text: string;
  /** Absent in what an older version wrote. */
  mark?: string;
}

const schema = new Schema<PersonalDocument>(
  {
    _id: { type: String, required: true },
    layout: { type: String, required: true },
    text: { type: String, required: true },
    mark: { type: String },
  },
  { collection: 'layout_personal', versionKey: false },
);
schema.index({ layout: 1 });

const markedBy = (mark: string) => (mark === '' ? { $exists: false } : mark);

export async function mongoPersonal(connection: Connection): Promise<PersonalStore> {
  const documents = connection.model('LayoutPersonal', schema);
  await documents.createIndexes();
  const key = (layout: string, user: string, kind: PersonalKind): string => `${kind} ${layout} ${user}`;
  return personalStore({
    async get(layout, user, kind) {
      const found = await documents.findOne({ _id: key(layout, user, kind) }).lean();
      return found ? { text: found.text, mark: found.mark ?? '' } : undefined;
    },
    async put(layout, user, kind, next) {
      const write = () => documents.updateOne({ _id: key(layout, user, kind) }, { $set: { layout, ...next } }, { upsert: true });
      try {
        await write();
      } catch (error) {
        // Two first writes at once: the second finds the document now.
        if (!isDuplicate(error)) throw error;
        await write();
      }
    },
    async replace(layout, user, kind, mark, next) {
      const _id = key(layout, user, kind);
      if (mark !== null) {
        const written = await documents.updateOne({ _id, mark: markedBy(mark) }, { $set: next });
        return written.matchedCount === 1;
      }
      try {
        await documents.create({ _id, layout, ...next });
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    async remove(layout, user, kind, mark) {
      const _id = key(layout, user, kind);
      const gone = await documents.deleteOne({ _id, ...(mark === undefined ? {} : { mark: markedBy(mark) }) });
      return mark === undefined || gone.deletedCount === 1 || !(await documents.exists({ _id }));
    },
    async removeLayout(layout) {
      await documents.deleteMany({ layout });
    },
  });
}
