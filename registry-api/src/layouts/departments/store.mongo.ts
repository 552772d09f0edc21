import { type Connection, Schema } from 'mongoose';
import { isDuplicate } from '../../storage/mongo/connection';
import { pendingField, pendingIn, type Waiting, waiting } from '../../storage/mongo/pending';
import type { DepartmentRecord } from './department';
import type { DepartmentStore } from './store';

interface DepartmentDocument {
  _id: string;
  title: string;
  layout: string | null;
  pinnedBy: string | null;
  pinnedAt: string | null;
  pending: Waiting[];
}

const schema = new Schema<DepartmentDocument>(
  {
    _id: { type: String, required: true },
    title: { type: String, required: true },
    layout: { type: String, default: null },
    pinnedBy: { type: String, default: null },
    pinnedAt: { type: String, default: null },
    pending: pendingField,
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
    async put(id, title, about) {
      const change = { $set: { title }, $push: { pending: { $each: waiting(about) } } };
      const renamed = async (): Promise<boolean> => (await departments.updateOne({ _id: id }, change)).matchedCount === 1;
      if (!(await renamed())) {
        try {
          await departments.create({ _id: id, title, layout: null, pinnedBy: null, pinnedAt: null, pending: waiting(about) });
        } catch (error) {
          // Somebody created it in between: then this is a renaming after all.
          if (!isDuplicate(error) || !(await renamed())) throw error;
        }
      }
      return (await find(id)) ?? { id, title, pin: null };
    },
    find,
    all: async () => (await departments.find({}, { pending: 0 }).sort({ _id: 1 }).lean()).map(departmentOf),
    async pin(id, former, { layout, by, at }, about) {
      const written = await departments.updateOne(
        { _id: id, layout: former },
        { $set: { layout, pinnedBy: by, pinnedAt: at }, $push: { pending: { $each: waiting(about) } } },
      );
      return written.matchedCount === 1;
    },
    ...pendingIn(connection, 'departments'),
  };
}

function departmentOf({ _id, title, layout, pinnedBy, pinnedAt }: Omit<DepartmentDocument, 'pending'>): DepartmentRecord {
  return { id: _id, title, pin: layout === null ? null : { layout, by: pinnedBy ?? '', at: pinnedAt ?? '' } };
}
