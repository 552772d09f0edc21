import { type Connection, Schema } from 'mongoose';
import { isDuplicate } from '../../storage/mongo/connection';
import { PARTS, type PresenceStore, type PresentPage, partAt } from './store';

type PresenceDocument = Omit<PresentPage, 'id' | 'part'> & { _id: string; part: number };

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;
const schema = new Schema<PresenceDocument>(
  { _id: text, layout: text, user: text, part: number, panel: { type: String, default: null }, at: number, until: number },
  { versionKey: false, collection: 'presence' },
);
schema.index({ layout: 1, part: -1, at: -1 });
schema.index({ user: 1, at: -1 });
schema.index({ until: 1 });

export async function mongoPresence(connection: Connection): Promise<PresenceStore> {
  const pages = connection.model<PresenceDocument>('PresentPage', schema);
  await pages.createIndexes();
  const pageOf = ({ _id, layout, user, part, panel, at, until }: PresenceDocument): PresentPage => ({
    id: _id,
    layout,
    user,
    part: partAt(part),
    panel,
    at,
    until,
  });
  return {
    put: async ({ id, part, ...page }, most) => {
      const write = () => pages.findOneAndUpdate({ _id: id }, { $set: { ...page, part: PARTS.indexOf(part) } }, { upsert: true }).lean();
      const before = await write().catch((error: unknown) => {
        // Two first reports at once: the second finds the document now.
        if (!isDuplicate(error)) throw error;
        return write();
      });
      if (before) return pageOf(before);
      const older = await pages.find({ user: page.user }, { _id: 1 }).sort({ at: -1 }).skip(most).lean();
      if (older.length > 0) await pages.deleteMany({ _id: { $in: older.map(({ _id }) => _id) } });
      return null;
    },
    remove: async (id, layout) => (await pages.deleteOne({ _id: id, layout })).deletedCount > 0,
    of: async (layout, now, limit) =>
      (
        await pages
          .find({ layout, until: { $gt: now } })
          .sort({ part: -1, at: -1 })
          .limit(limit)
          .lean()
      ).map(pageOf),
    forget: async (now) => {
      const layouts = await pages.distinct('layout', { until: { $lte: now } });
      if (layouts.length > 0) await pages.deleteMany({ until: { $lte: now } });
      return layouts.sort();
    },
  };
}
