import { type Connection, Schema } from 'mongoose';
import { isDuplicate } from '../../storage/mongo/connection';
import { searchWords } from '../../storage/search-words';
import type { PeopleStore, PersonRecord } from './store';

interface PersonDocument extends Omit<PersonRecord, 'id'> {
  _id: string;
  sorted: string;
  words: string[];
}

const schema = new Schema<PersonDocument>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    departments: [String],
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
    async signedIn({ id, name, departments, signedInAt }) {
      const words = searchWords(name);
      const put = () =>
        people.updateOne({ _id: id }, { $set: { name, departments, signedInAt, words, sorted: words.join(' ') } }, { upsert: true });
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
      // Letters and digits only: nothing in them means anything to a pattern.
      const found = await people
        .find({ words: { $all: words.map((word) => new RegExp(`^${word}`)) }, signedInAt: { $gte: since }, _id: { $ne: except } })
        .sort({ sorted: 1, _id: 1 })
        .limit(limit)
        .lean();
      return found.map(({ _id, name, departments, signedInAt }) => ({ id: _id, name, departments, signedInAt }));
    },
    async names(ids) {
      const found = await people.find({ _id: { $in: [...ids] } }, { name: 1 }).lean();
      return new Map(found.map(({ _id, name }) => [_id, name]));
    },
  };
}
