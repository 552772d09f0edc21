import { searchWords } from '@datamesh/contracts/search-words';
import { type Connection, Schema } from 'mongoose';
import { isDuplicate } from '../../storage/mongo/connection';
import { type PeopleStore, type PersonRecord, positionOf } from './store';

interface PersonDocument extends Omit<PersonRecord, 'id' | 'roles' | 'teams'> {
  _id: string;
  roles?: PersonRecord['roles'];
  teams?: PersonRecord['teams'];
  sorted: string;
  words: string[];
}

const schema = new Schema<PersonDocument>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    departments: [String],
    roles: { type: [String], default: undefined },
    teams: { type: [String], default: undefined },
    signedInAt: { type: Number, required: true },
    sorted: { type: String },
    words: [String],
  },
  { collection: 'people', versionKey: false },
);
schema.index({ words: 1 });
schema.index({ sorted: 1, _id: 1 });

export async function mongoPeople(connection: Connection): Promise<PeopleStore> {
  const people = connection.model('Person', schema);
  await people.createIndexes();
  return {
    async signedIn({ id, name, roles, departments, teams, signedInAt }) {
      const words = searchWords(name);
      const { sorted } = positionOf({ id, name });
      const put = () =>
        people.updateOne({ _id: id }, { $set: { name, roles, departments, teams, signedInAt, words, sorted } }, { upsert: true });
      try {
        await put();
      } catch (error) {
        // Two windows signed in for the first time at once.
        if (!isDuplicate(error)) throw error;
        await put();
      }
    },
    async search({ words, since, except, limit }) {
      if (words.length === 0) return [];
      const found = await people
        .find({ ...having(words), signedInAt: { $gte: since }, _id: { $ne: except } })
        .sort({ sorted: 1, _id: 1 })
        .limit(limit)
        .lean();
      return found.map(personOf);
    },
    async page({ words, after, limit }) {
      const behind = after ? { $or: [{ sorted: { $gt: after.sorted } }, { sorted: after.sorted, _id: { $gt: after.id } }] } : {};
      const found = await people
        .find({ ...having(words), ...behind })
        .sort({ sorted: 1, _id: 1 })
        .limit(limit)
        .lean();
      return found.map(personOf);
    },
    async find(ids) {
      const found = await people.find({ _id: { $in: [...ids] } }).lean();
      return found.map(personOf);
    },
    async names(ids) {
      const found = await people.find({ _id: { $in: [...ids] } }, { name: 1 }).lean();
      return new Map(found.map(({ _id, name }) => [_id, name]));
    },
  };
}

/** Letters and digits only: nothing in them means anything to a pattern. */
const having = (words: readonly string[]) => (words.length === 0 ? {} : { words: { $all: words.map((word) => new RegExp(`^${word}`)) } });

const personOf = ({ _id, name, roles, departments, teams, signedInAt }: PersonDocument): PersonRecord => ({
  id: _id,
  name,
  roles: roles ?? null,
  departments,
  teams: teams ?? null,
  signedInAt,
});
