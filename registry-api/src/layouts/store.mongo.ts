import { type Connection, Schema } from 'mongoose';
import { isDuplicate } from '../storage/mongo/connection';
import { pendingField, pendingIn, type Waiting, waiting } from '../storage/mongo/pending';
import { type BodyDocument, bodyIn, documentOf } from './document';
import { mongoHolding, termsIndex } from './holding/holding.mongo';
import { type BinMark, type LayoutBody, type LayoutHead, type LayoutRecord, type PinMark, readersOf, widgetsIn } from './layout';
import { titleKey, titleWords } from './search-words';
import { keyOf, type LayoutStore, maxRevisionNames, pinKey } from './store';

interface LayoutDocument {
  _id: string;
  owner: string;
  department: string | null;
  updatedAt: string;
  revision: number;
  readers: string[];
  widgets: string[];
  /** Of the title, as they are looked up. */
  words: string[];
  /** What the order of titles goes by. */
  titleKey: string;
  pinKey: string;
  pins: PinMark[];
  /** Of revisions, by their number; absent before the first. */
  names?: Record<string, string>;
  head: LayoutHead;
  /** A text is of a version that knew no better, and beside this one for a moment: see storage/mongo/schema.ts. */
  body: BodyDocument | string;
  /** Absent: not in the bin. What is there has no readers, words or widgets. */
  bin?: BinMark;
  /** A deleted layout stays, empty, until the relay has what waits in it. */
  deleted: boolean;
  pending: Waiting[];
}
interface RevisionDocument {
  /** `<layout> <revision>`: what makes keeping a revision twice the same as once. */
  _id: string;
  layout: string;
  revision: number;
  head: LayoutHead;
  /** JSON: nobody looks for anything in what has been. */
  body: string;
}

const options = { versionKey: false, minimize: false } as const;
const layoutSchema = new Schema<LayoutDocument>(
  {
    _id: { type: String, required: true },
    owner: { type: String, required: true },
    department: { type: String, default: null },
    updatedAt: { type: String, required: true },
    revision: { type: Number, required: true },
    readers: [String],
    widgets: [String],
    words: [String],
    titleKey: String,
    pinKey: { type: String, required: true },
    pins: { type: Schema.Types.Mixed, required: true },
    names: { type: Schema.Types.Mixed },
    head: { type: Schema.Types.Mixed, required: true },
    body: { type: Schema.Types.Mixed },
    bin: { type: Schema.Types.Mixed },
    deleted: { type: Boolean, required: true },
    pending: pendingField,
  },
  { ...options, collection: 'layouts' },
);
layoutSchema.index({ readers: 1, updatedAt: -1, _id: -1 });
layoutSchema.index({ updatedAt: -1, _id: -1 });
layoutSchema.index({ owner: 1, updatedAt: -1, _id: -1 });
layoutSchema.index({ department: 1, updatedAt: -1, _id: -1 });
layoutSchema.index({ readers: 1, titleKey: 1, _id: 1 });
layoutSchema.index({ titleKey: 1, _id: 1 });
layoutSchema.index({ owner: 1, titleKey: 1, _id: 1 });
layoutSchema.index({ department: 1, titleKey: 1, _id: 1 });
layoutSchema.index({ owner: 1, 'bin.at': -1, _id: -1 });
layoutSchema.index({ 'bin.at': 1 }, { sparse: true });
// With the mark, so that copies are counted from the index alone.
layoutSchema.index({ 'head.forkedFrom.layout': 1, 'bin.at': 1 }, { sparse: true });
layoutSchema.index({ widgets: 1 });
layoutSchema.index({ words: 1 });
layoutSchema.index(termsIndex);
layoutSchema.index({ 'pending.id': 1 }, { sparse: true });

const revisionSchema = new Schema<RevisionDocument>(
  {
    _id: { type: String, required: true },
    layout: { type: String, required: true },
    revision: { type: Number, required: true },
    head: { type: Schema.Types.Mixed, required: true },
    body: { type: String, required: true },
  },
  { ...options, collection: 'layout_revisions' },
);
revisionSchema.index({ layout: 1, revision: -1 });

export async function mongoLayouts(connection: Connection): Promise<LayoutStore> {
  const layouts = connection.model('Layout', layoutSchema);
  const revisions = connection.model('LayoutRevision', revisionSchema);
  await Promise.all([layouts.createIndexes(), revisions.createIndexes()]);
  const unchanged = ({ head, pins }: LayoutRecord) => ({ _id: head.id, revision: head.revision, pinKey: pinKey(pins), ...there });

  return {
    async create({ head, body, pins }, about) {
      await layouts.create({
        _id: head.id,
        ...searchable(head, body),
        head,
        body: documentOf(body),
        pins,
        pinKey: pinKey(pins),
        deleted: false,
        pending: waiting(about),
      });
    },
    async find(id) {
      const found = await layouts.findOne({ _id: id, ...there }).lean();
      return found ? recordOf(found) : undefined;
    },
    async list({ readers, owner, notOwner, words = [], departments, ids, sort, after, limit }) {
      const [key, direction, beyond] = sort === 'title' ? (['titleKey', 1, '$gt'] as const) : (['updatedAt', -1, '$lt'] as const);
      const found = await layouts
        .find(
          {
            ...there,
            ...(ids ? { _id: { $in: ids } } : {}),
            ...(readers ? { readers: { $in: readers } } : {}),
            ...(owner ? { owner } : notOwner ? { owner: { $ne: notOwner } } : {}),
            // Letters and digits only: nothing in them means anything to a pattern.
            ...(words.length > 0 ? { words: { $all: words.map((word) => new RegExp(`^${word}`)) } } : {}),
            ...(departments ? { department: { $in: departments } } : {}),
            ...(after ? { $or: [{ [key]: { [beyond]: keyOf(after) } }, { [key]: keyOf(after), _id: { [beyond]: after.id } }] } : {}),
          },
          { head: 1 },
        )
        .sort({ [key]: direction, _id: direction })
        .limit(limit)
        .lean();
      return found.map(({ head }) => head);
    },
    async save(from, { head, body }, about) {
      const { id, revision } = from.head;
      // The former state first: it is the same whoever writes it, and a save that then loses has kept nothing wrong.
      await keep({ _id: `${id} ${revision}`, layout: id, revision, head: from.head, body: JSON.stringify(from.body) });
      const written = await layouts.updateOne(unchanged(from), {
        $set: { ...searchable(head, body), head, body: documentOf(body) },
        $push: { pending: { $each: waiting(about) } },
      });
      if (written.matchedCount === 1) return 'saved';
      // Deleted in between: what was kept above must go as well.
      if (!(await layouts.exists({ _id: id, deleted: false }))) await revisions.deleteMany({ layout: id });
      return 'stale';
    },
    async bin(layout, mark, about) {
      const written = await layouts.updateOne(unchanged(layout), {
        $set: { bin: mark, readers: [], widgets: [], words: [] },
        $push: { pending: { $each: waiting(about) } },
      });
      return written.matchedCount === 1 ? 'binned' : 'stale';
    },
    async findBinned(id) {
      const found = await layouts.findOne({ _id: id, ...inBin }).lean();
      return found?.bin ? { ...recordOf(found), bin: found.bin } : undefined;
    },
    async listBinned({ owners, after, limit }) {
      const found = await layouts
        .find(
          {
            ...inBin,
            owner: { $in: owners },
            ...(after ? { $or: [{ 'bin.at': { $lt: after.updatedAt } }, { 'bin.at': after.updatedAt, _id: { $lt: after.id } }] } : {}),
          },
          { head: 1, bin: 1 },
        )
        .sort({ 'bin.at': -1, _id: -1 })
        .limit(limit)
        .lean();
      return found.flatMap(({ head, bin }) => (bin ? [{ head, bin }] : []));
    },
    async binnedBefore(at, limit) {
      const found = await layouts
        .find({ deleted: false, 'bin.at': { $lt: at } }, { _id: 1 })
        .sort({ 'bin.at': 1 })
        .limit(limit)
        .lean();
      return found.map(({ _id }) => _id);
    },
    async restore({ head, body, bin }, about) {
      const written = await layouts.updateOne(
        { _id: head.id, deleted: false, 'bin.at': bin.at },
        { $set: searchable(head, body), $unset: { bin: 1 }, $push: { pending: { $each: waiting(about) } } },
      );
      return written.matchedCount === 1 ? 'restored' : 'stale';
    },
    async remove({ head: { id }, bin }, about) {
      const written = await layouts.updateOne(
        { _id: id, deleted: false, 'bin.at': bin.at },
        {
          $set: { deleted: true, owner: '', department: null, titleKey: '', names: {}, body: {}, head: { id } },
          $unset: { bin: 1 },
          $push: { pending: { $each: waiting(about) } },
        },
      );
      if (written.matchedCount !== 1) return 'stale';
      await revisions.deleteMany({ layout: id });
      return 'removed';
    },
    async setPins(layout, pins) {
      const written = await layouts.updateOne(unchanged(layout), { $set: { pins, pinKey: pinKey(pins) } });
      return written.matchedCount === 1 ? 'saved' : 'stale';
    },
    async revisions(id, before, limit) {
      const wanted = before === null ? { layout: id } : { layout: id, revision: { $lt: before } };
      const current = await layouts.findOne({ _id: id, deleted: false }, { revision: 1 }).lean();
      if (!current) return [];
      const found = await revisions
        .find(wanted, { head: 1 })
        .sort({ revision: -1 })
        .limit(limit + 1)
        .lean();
      // A save that is just losing or has crashed may have kept the current state already.
      return found
        .map(({ head }) => head)
        .filter(({ revision }) => revision < current.revision)
        .slice(0, limit);
    },
    async revision(id, revision) {
      const found = await revisions.findOne({ _id: `${id} ${revision}` }).lean();
      return found ? { head: found.head, body: JSON.parse(found.body) as LayoutBody } : undefined;
    },
    async nameRevision(id, revision, name, about) {
      const field = `names.${revision}`;
      const known = await layouts.findOne({ _id: id, ...there }, { names: 1 }).lean();
      if (!known) return 'unknown';
      const names = known.names ?? {};
      if (name !== null && !(revision in names) && Object.keys(names).length >= maxRevisionNames) return 'full';
      const written = await layouts.updateOne(
        { _id: id, ...there },
        { ...(name === null ? { $unset: { [field]: 1 } } : { $set: { [field]: name } }), $push: { pending: { $each: waiting(about) } } },
      );
      return written.matchedCount === 1 ? 'named' : 'unknown';
    },
    async revisionNames(id) {
      const found = await layouts.findOne({ _id: id, deleted: false }, { names: 1 }).lean();
      return new Map(Object.entries(found?.names ?? {}).map(([revision, name]) => [Number(revision), name]));
    },
    async copies(ids) {
      const counts = await layouts.aggregate<{ _id: string; copies: number }>([
        // Of a deleted one nothing but its id is left.
        { $match: { 'head.forkedFrom.layout': { $in: [...ids] } } },
        { $group: { _id: '$head.forkedFrom.layout', copies: { $sum: { $cond: [{ $gt: ['$bin.at', null] }, 0, 1] } } } },
      ]);
      return new Map(counts.filter(({ copies }) => copies > 0).map(({ _id, copies }) => [_id, copies]));
    },
    async using(widgets) {
      const counts = await layouts.aggregate<{ _id: string; layouts: number }>([
        { $match: { deleted: false, widgets: { $in: widgets } } },
        { $unwind: '$widgets' },
        { $match: { widgets: { $in: widgets } } },
        { $group: { _id: '$widgets', layouts: { $sum: 1 } } },
      ]);
      return new Map(counts.map(({ _id, layouts: count }) => [_id, count]));
    },
    ...mongoHolding(connection),
    ...pendingIn(connection, 'layouts', async (id) => {
      await layouts.deleteOne({ _id: id, deleted: true, pending: { $size: 0 } });
    }),
  };

  async function keep(revision: RevisionDocument): Promise<void> {
    try {
      await revisions.create(revision);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }
}

/** Neither deleted nor in the bin. */
const there = { deleted: false, bin: null } as const;
const inBin = { deleted: false, 'bin.at': { $exists: true } } as const;

const recordOf = ({ head, body, pins }: Pick<LayoutDocument, 'head' | 'body' | 'pins'>): LayoutRecord => ({
  head,
  body: bodyIn(body),
  pins,
});

/** What queries look for, beside the document that they answer with. */
const searchable = (head: LayoutHead, body: LayoutBody) => ({
  owner: head.owner,
  department: head.department,
  updatedAt: head.updatedAt,
  revision: head.revision,
  readers: readersOf(head),
  widgets: widgetsIn(body),
  words: titleWords(head.title),
  titleKey: titleKey(head.title),
});
