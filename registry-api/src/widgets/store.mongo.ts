import { type Connection, type QueryFilter, Schema } from 'mongoose';
import { isDuplicate, serverTime } from '../storage/mongo/connection';
import { pendingField, pendingIn, type Waiting, waiting } from '../storage/mongo/pending';
import { categoryKey, searchWords, sortKey } from './search-words';
import { contentKey, type WidgetQuery, type WidgetStore } from './store';
import type { VersionContent, WidgetRecord } from './widget';

/** Records travel as text: their keys are free, and every field that is searched stands beside them. */
interface WidgetDocument {
  _id: string;
  revision: number;
  listed: boolean;
  sortKey: string;
  publisher: string;
  words: string[];
  categories: { key: string; title: string }[];
  record: string;
  pending: Waiting[];
}

interface ContentDocument {
  _id: string;
  content: string;
  /** The server's time; what an older version of this service put has none until a collection sees it. */
  putAt?: Date;
}

const widgetSchema = new Schema<WidgetDocument>(
  {
    _id: { type: String, required: true },
    revision: { type: Number, required: true },
    listed: { type: Boolean, required: true },
    sortKey: { type: String, required: true },
    publisher: { type: String, required: true },
    words: [String],
    categories: [{ _id: false, key: String, title: String }],
    record: { type: String, required: true },
    pending: pendingField,
  },
  { versionKey: false, collection: 'widgets' },
);
widgetSchema.index({ listed: 1, sortKey: 1 });
widgetSchema.index({ words: 1 });
widgetSchema.index({ listed: 1, 'categories.key': 1, sortKey: 1 });
widgetSchema.index({ publisher: 1, listed: 1, sortKey: 1 });
widgetSchema.index({ 'pending.id': 1 }, { sparse: true });

const contentSchema = new Schema<ContentDocument>(
  { _id: { type: String, required: true }, content: { type: String, required: true }, putAt: Date },
  { versionKey: false, collection: 'widgetContents' },
);

export async function createMongoWidgetStore(connection: Connection): Promise<WidgetStore> {
  const widgets = connection.model<WidgetDocument>('Widget', widgetSchema);
  const contents = connection.model<ContentDocument>('WidgetContent', contentSchema);
  await widgets.createIndexes();

  const recordOf = ({ record }: Pick<WidgetDocument, 'record'>) => JSON.parse(record) as WidgetRecord;

  async function insert(record: WidgetRecord, pending: Waiting[]): Promise<boolean> {
    try {
      await widgets.create([{ _id: record.name, ...fieldsOf(record), pending }]);
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  async function replace(record: WidgetRecord, pending: Waiting[]): Promise<boolean> {
    const result = await widgets.updateOne(
      { _id: record.name, revision: record.revision - 1 },
      { $set: fieldsOf(record), $push: { pending: { $each: pending } } },
    );
    return result.matchedCount === 1;
  }

  return {
    find: async (name) => {
      const document = await widgets.findById(name).select('record').lean();
      return document ? recordOf(document) : null;
    },
    revisions: async (names) => {
      const documents = await widgets
        .find({ _id: { $in: [...names] } })
        .select('revision')
        .lean();
      return new Map(documents.map(({ _id, revision }) => [_id, revision]));
    },
    commit: (record, about) => (record.revision === 1 ? insert(record, waiting(about)) : replace(record, waiting(about))),
    putContent: async (version) => {
      try {
        await contents.updateOne(
          { _id: contentKey(version.name, version.version, version.digest) },
          { $setOnInsert: { content: JSON.stringify(version) }, $currentDate: { putAt: true } },
          { upsert: true },
        );
      } catch (error) {
        // Two at once: the other one has put it.
        if (!isDuplicate(error)) throw error;
      }
    },
    content: async (name, version, digest) => {
      const document = await contents.findById(contentKey(name, version, digest)).lean();
      return document ? (JSON.parse(document.content) as VersionContent) : null;
    },
    contents: async function* () {
      for await (const { content } of contents.find().lean().cursor()) yield JSON.parse(content) as VersionContent;
    },
    now: () => serverTime(connection),
    collectContents: async (before) => {
      const isOld = { putAt: { $lt: new Date(before) } };
      const old = await contents.find(isOld).select('_id').lean();
      await contents.updateMany({ putAt: { $exists: false } }, { $currentDate: { putAt: true } });
      if (old.length === 0) return 0;
      // After the list: whoever names one of these later has put it again, and the removal asks for its date.
      const named = new Set<string>();
      for await (const document of widgets.find().select('record').lean().cursor()) {
        const { name, versions } = recordOf(document);
        for (const { version, digest } of versions) named.add(contentKey(name, version, digest));
      }
      let removed = 0;
      for (const { _id } of old) if (!named.has(_id)) removed += (await contents.deleteOne({ _id, ...isOld })).deletedCount;
      return removed;
    },
    // The publisher of a listing is the owner: nobody else can publish.
    owners: async () => (await widgets.find().select('publisher').lean()).map(({ _id, publisher }) => ({ name: _id, owner: publisher })),
    list: async (query) => {
      const filter = filterOf(query);
      const total = await widgets.countDocuments(filter);
      const documents = await widgets
        .find(query.after === null ? filter : { ...filter, sortKey: { $gt: query.after } })
        .sort({ sortKey: 1 })
        .limit(query.limit + 1)
        .select('record sortKey')
        .lean();
      const shown = documents.slice(0, query.limit);
      return { items: shown.map(recordOf), next: documents.length > query.limit ? (shown.at(-1)?.sortKey ?? null) : null, total };
    },
    categories: async () => {
      const found = await widgets.aggregate<{ _id: string; title: string }>([
        { $match: { listed: true } },
        { $unwind: '$categories' },
        { $group: { _id: '$categories.key', title: { $min: '$categories.title' } } },
        { $sort: { _id: 1 } },
      ]);
      return found.map(({ title }) => title);
    },
    ...pendingIn(connection, 'widgets'),
  };
}

function fieldsOf(record: WidgetRecord): Omit<WidgetDocument, '_id' | 'pending'> {
  const { name, listing } = record;
  return {
    revision: record.revision,
    listed: listing.listed,
    sortKey: sortKey(name, listing),
    publisher: listing.publisher,
    words: searchWords(name, listing),
    categories: [...new Map(listing.categories.map((title) => [categoryKey(title), title]))].map(([key, title]) => ({ key, title })),
    record: JSON.stringify(record),
  };
}

/** Words are letters and digits only, so that none of them is special in an expression. */
function filterOf({ words, category, publisher }: WidgetQuery): QueryFilter<WidgetDocument> {
  const conditions: QueryFilter<WidgetDocument>[] = [{ listed: true }];
  for (const word of words) conditions.push({ words: { $regex: `^${word}` } });
  if (category !== null) conditions.push({ 'categories.key': category });
  if (publisher !== null) conditions.push({ publisher });
  return { $and: conditions };
}
