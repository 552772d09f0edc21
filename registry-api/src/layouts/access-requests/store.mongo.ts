import { type Connection, Schema } from 'mongoose';
import { isDuplicate } from '../../storage/mongo/connection';
import { pendingField, pendingIn, type Waiting, waiting } from '../../storage/mongo/pending';
import type { AccessRequestRecord, AccessRequestStore } from './store';

interface AccessRequestDocument extends AccessRequestRecord {
  /** `<layout> <by>` */
  _id: string;
  state: 'open' | 'granted' | 'declined';
  pending: Waiting[];
}

const schema = new Schema<AccessRequestDocument>(
  {
    _id: { type: String, required: true },
    id: { type: String, required: true },
    layout: { type: String, required: true },
    owner: { type: String, required: true },
    by: { type: String, required: true },
    name: { type: String, required: true },
    may: { type: String, required: true },
    note: { type: String },
    at: { type: String, required: true },
    until: { type: Number, required: true },
    state: { type: String, required: true },
    pending: pendingField,
  },
  { collection: 'access_requests', versionKey: false, id: false },
);
schema.index({ id: 1 });
schema.index({ owner: 1, state: 1, at: 1 });
schema.index({ by: 1, state: 1 });
schema.index({ layout: 1, state: 1, at: -1 });
schema.index({ until: 1 });
schema.index({ 'pending.id': 1 }, { sparse: true });

export async function mongoAccessRequests(connection: Connection): Promise<AccessRequestStore> {
  const requests = connection.model('AccessRequest', schema);
  await requests.createIndexes();
  return {
    async ask(request, { most, now }, about) {
      // What waits is the relay's first.
      await requests.deleteMany({ until: { $lte: now }, 'pending.0': { $exists: false } });
      const { note, ...rest } = request;
      const change = {
        $set: { ...rest, state: 'open' as const, ...(note === undefined ? {} : { note }) },
        ...(note === undefined ? { $unset: { note: 1 as const } } : {}),
        $push: { pending: { $each: waiting(about) } },
      };
      const there = { _id: `${request.layout} ${request.by}`, $nor: [{ state: 'declined' as const, until: { $gt: now } }] };
      try {
        await requests.updateOne(there, change, { upsert: true });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        // Declined, or the first of two at once: the second finds it now.
        if ((await requests.updateOne(there, change)).matchedCount !== 1) {
          await requests.updateOne({ _id: there._id }, { $set: { at: request.at } });
          return 'refused';
        }
      }
      const past = await requests.find({ layout: request.layout, state: 'open' }, { _id: 1 }).sort({ at: -1, id: 1 }).skip(most).lean();
      if (past.length > 0) await requests.updateMany({ _id: { $in: past.map(({ _id }) => _id) } }, { $set: { until: now } });
      return 'asked';
    },
    waiting: (by, now) => requests.countDocuments({ by, state: 'open', until: { $gt: now } }),
    async forOwner(owner, now, limit) {
      const found = await requests
        .find({ owner, state: 'open', until: { $gt: now } }, { pending: 0 })
        .sort({ at: 1, id: 1 })
        .limit(limit)
        .lean();
      return found.map(recordOf);
    },
    async ofLayout(layout, now) {
      const found = await requests.find({ layout, state: 'open', until: { $gt: now } }, { pending: 0 }).lean();
      return found.map(recordOf);
    },
    async askedAt(layout, by, now) {
      const found = await requests.findOne({ _id: `${layout} ${by}`, state: { $ne: 'granted' }, until: { $gt: now } }, { at: 1 }).lean();
      return found?.at;
    },
    async find(id, now) {
      const found = await requests.findOne({ id, state: 'open', until: { $gt: now } }, { pending: 0 }).lean();
      return found ? recordOf(found) : undefined;
    },
    async close(id, how, until, about) {
      const change = { $set: { state: how, until }, $push: { pending: { $each: waiting(about) } } };
      return (await requests.updateOne({ id, state: 'open' }, change)).matchedCount === 1;
    },
    ...pendingIn(connection, 'access_requests'),
  };
}

const recordOf = ({ _id: _, state: __, ...record }: Omit<AccessRequestDocument, 'pending'>): AccessRequestRecord => record;
