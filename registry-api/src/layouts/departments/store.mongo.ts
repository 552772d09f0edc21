import { type Connection, Schema } from 'mongoose';
import { isDuplicate } from '../../storage/mongo/connection';
import { pendingField, pendingIn, type Waiting, waiting } from '../../storage/mongo/pending';
import { type DepartmentPin, type DepartmentRecord, pinsKey } from './department';
import type { DepartmentStore } from './store';

interface DepartmentDocument {
  _id: string;
  title: string;
  home: string | null;
  pins: DepartmentPin[];
  pinsKey: string;
  pending: Waiting[];
}

const nothingPinned = { home: null, pins: [] };

const schema = new Schema<DepartmentDocument>(
  {
    _id: { type: String, required: true },
    title: { type: String, required: true },
    home: { type: String, default: null },
    pins: { type: Schema.Types.Mixed, required: true },
    pinsKey: { type: String, required: true },
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
          await departments.create({ _id: id, title, ...nothingPinned, pinsKey: pinsKey(nothingPinned), pending: waiting(about) });
        } catch (error) {
          // Somebody created it in between: then this is a renaming after all.
          if (!isDuplicate(error) || !(await renamed())) throw error;
        }
      }
      return (await find(id)) ?? { id, title, ...nothingPinned };
    },
    find,
    all: async () => (await departments.find({}, { pending: 0 }).sort({ _id: 1 }).lean()).map(departmentOf),
    async setPins(id, former, next, about) {
      // A replica of the version before several pins creates departments without a key.
      const unchanged = former.pins.length > 0 ? pinsKey(former) : { $in: [pinsKey(former), null] };
      const written = await departments.updateOne(
        { _id: id, pinsKey: unchanged },
        { $set: { home: next.home, pins: next.pins, pinsKey: pinsKey(next) }, $push: { pending: { $each: waiting(about) } } },
      );
      return written.matchedCount === 1;
    },
    ...pendingIn(connection, 'departments'),
  };
}

type Found = Pick<DepartmentDocument, '_id' | 'title'> & Partial<Pick<DepartmentDocument, 'home' | 'pins'>>;

const departmentOf = ({ _id, title, home, pins }: Found): DepartmentRecord => ({ id: _id, title, home: home ?? null, pins: pins ?? [] });
