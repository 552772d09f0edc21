import { type Connection, Schema } from 'mongoose';
import { isDuplicate } from '../../storage/mongo/connection';
import { type PersonalKind, type PersonalStore, personalStore } from './store';

interface PersonalDocument {
  /** `<kind> <layout> <user>` */
  _id: string;
  layout: string;
  /** JSON: settings are anybody's keys. */
  text: string;
}

const schema = new Schema<PersonalDocument>(
  { _id: { type: String, required: true }, layout: { type: String, required: true }, text: { type: String, required: true } },
  { collection: 'layout_personal', versionKey: false },
);
schema.index({ layout: 1 });

export async function mongoPersonal(connection: Connection): Promise<PersonalStore> {
  const documents = connection.model('LayoutPersonal', schema);
  await documents.createIndexes();
  const key = (layout: string, user: string, kind: PersonalKind): string => `${kind} ${layout} ${user}`;
  return personalStore({
    get: async (layout, user, kind) => (await documents.findOne({ _id: key(layout, user, kind) }).lean())?.text,
    async put(layout, user, kind, text) {
      const write = () => documents.updateOne({ _id: key(layout, user, kind) }, { $set: { layout, text } }, { upsert: true });
      try {
        await write();
      } catch (error) {
        // Two first writes at once: the second finds the document now.
        if (!isDuplicate(error)) throw error;
        await write();
      }
    },
    async remove(layout, user, kind) {
      await documents.deleteOne({ _id: key(layout, user, kind) });
    },
    async removeLayout(layout) {
      await documents.deleteMany({ layout });
    },
  });
}
