import { type Connection, Schema } from 'mongoose';
import type { PendingEvent } from '../../events/pending';
import { isDuplicate } from '../../storage/mongo/connection';
import type { DepartmentRecord } from './department';
import type { DepartmentStore } from './store';

interface DepartmentDocument {
  _id: string;
  title: string;
  layout: string | null;
  pinnedBy: string | null;
  pinnedAt: string | null;
  pending: PendingEvent[];
}

const schema = new Schema<DepartmentDocument>(
  {
    _id: { type: String, required: true },
    title: { type: String, required: true },
    layout: { type: String, default: null },
    pinnedBy: { type: String, default: null },
    pinnedAt: { type: String, default: null },
    pending: { type: [Schema.Types.Mixed], required: true } as never,
  },
  { collection: 'departments', versionKey: false, minimize: false },
);
schema.index({ 'pending.id': 1 }, { sparse: true });

export async function mongoDepartments(connection: Connection): Promise<DepartmentStore> {
  const departments = connection.model('Department', schema);
  await departments.createIndexes();
  const find = async (id: string): Promise<DepartmentRecord | undefined> => {
    const found = await departments.findOne({ _id: id }).lean();
    return found ? departmentOf(found) : undefined;
  };
  return {
    async put(id, title) {
      const renamed = async (): Promise<boolean> => (await departments.updateOne({ _id: id }, { $set: { title } })).matchedCount === 1;
      if (!(await renamed())) {
        try {
          await departments.create({ _id: id, title, layout: null, pinnedBy: null, pinnedAt: null, pending: [] });
        } catch (error) {
          // Somebody created it in between: then this is a renaming after all.
          if (!isDuplicate(error) || !(await renamed())) throw error;
        }
      }
      return (await find(id)) ?? { id, title, pin: null };
    },
    find,
    all: async () => (await departments.find({}, { pending: 0 }).sort({ _id: 1 }).lean()).map(departmentOf),
    async pin(id, former, { layout, by, at }, event) {
      const written = await departments.updateOne(
        { _id: id, layout: former },
        { $set: { layout, pinnedBy: by, pinnedAt: at }, $push: { pending: event } },
      );
      return written.matchedCount === 1;
    },
    async pending(limit) {
      const found = await departments
        .find({ 'pending.id': { $exists: true } }, { pending: 1 })
        .limit(limit)
        .lean();
      return found.map(({ _id, pending }) => ({ key: _id, events: pending }));
    },
    async clear(key, eventIds) {
      await departments.updateOne({ _id: key }, { $pull: { pending: { id: { $in: eventIds } } } });
    },
  };
}

function departmentOf({ _id, title, layout, pinnedBy, pinnedAt }: Omit<DepartmentDocument, 'pending'>): DepartmentRecord {
  return { id: _id, title, pin: layout === null ? null : { layout, by: pinnedBy ?? '', at: pinnedAt ?? '' } };
}
