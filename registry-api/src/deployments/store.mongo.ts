import { type Connection, Schema } from 'mongoose';
import { isDuplicate } from '../storage/mongo/connection';
import type { Lease } from './lease';
import type { LeaseStore } from './store';
import type { Watch } from './watch';

/** A lease that ended stays as its own tombstone: one document, so that a late heartbeat cannot bring it back. */
type LeaseDocument = Omit<Lease, 'id'> & { _id: string; endedAt: number | null };

const leaseSchema = new Schema<LeaseDocument>(
  {
    _id: { type: String, required: true },
    widget: String,
    version: String,
    channel: String,
    deployment: { _id: false, uid: String, name: String, namespace: String, cluster: { type: String, default: null } },
    revision: Number,
    pod: { _id: false, uid: String, name: String },
    ready: Boolean,
    draining: Boolean,
    holder: String,
    createdAt: Number,
    beatAt: Number,
    endedAt: { type: Number, default: null },
  },
  { versionKey: false, collection: 'leases' },
);
leaseSchema.index({ widget: 1, channel: 1, endedAt: 1 });
leaseSchema.index({ 'pod.uid': 1, endedAt: 1 });
leaseSchema.index({ endedAt: 1, beatAt: 1 });

interface WatchDocument extends Watch {
  _id: 'watch';
}

const watchSchema = new Schema<WatchDocument>(
  {
    _id: { type: String, required: true },
    availableSince: { type: Number, required: true },
    tickedAt: { type: Number, required: true },
  },
  { versionKey: false, collection: 'leaseWatch' },
);

export async function createMongoLeaseStore(connection: Connection): Promise<LeaseStore> {
  const leases = connection.model<LeaseDocument>('Lease', leaseSchema);
  const watches = connection.model<WatchDocument>('LeaseWatch', watchSchema);
  await leases.createIndexes();

  /** Creates what is not there; false when it is. */
  async function created(make: () => Promise<unknown>): Promise<boolean> {
    try {
      await make();
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  const found = async (filter: Record<string, unknown>): Promise<Lease[]> =>
    (await leases.find({ ...filter, endedAt: null }).lean()).map(leaseOf);

  return {
    find: async (id) => {
      const document = await leases.findOne({ _id: id, endedAt: null }).lean();
      return document ? leaseOf(document) : null;
    },
    write: async ({ id, ...fields }) => {
      for (;;) {
        const renewed = await leases.updateOne({ _id: id, endedAt: null }, { $set: fields });
        if (renewed.matchedCount === 1) return 'written';
        if (await created(() => leases.create([{ _id: id, ...fields, endedAt: null }]))) return 'written';
        // It is there after all: ended, or made by somebody else just now.
        if (await leases.findOne({ _id: id, endedAt: { $ne: null } }).lean()) return 'ended';
      }
    },
    end: async (id, at) => {
      for (;;) {
        const before = await leases.findOneAndUpdate({ _id: id, endedAt: null }, { $set: { endedAt: at } }).lean();
        if (before) return leaseOf(before);
        if (await created(() => leases.create([{ _id: id, endedAt: at }]))) return null;
        // It is there after all: ended before, or made by somebody else just now.
        if (await leases.findOne({ _id: id, endedAt: { $ne: null } }).lean()) return null;
      }
    },
    drop: async (id, beatAt, at) =>
      (await leases.updateOne({ _id: id, endedAt: null, beatAt }, { $set: { endedAt: at } })).matchedCount === 1,
    ofPod: (uid) => found({ 'pod.uid': uid }),
    ofChannel: (widget, channel) => found({ widget, channel }),
    ofWidget: (widget) => found({ widget }),
    silent: async (from, to, limit) =>
      (
        await leases
          .find({ endedAt: null, $or: [{ beatAt: { $lt: from } }, { beatAt: { $gt: to } }] })
          .limit(limit)
          .lean()
      ).map(leaseOf),
    channels: async () => {
      const groups = await leases.aggregate<{ _id: { widget: string; channel: string } }>([
        { $match: { endedAt: null } },
        { $group: { _id: { widget: '$widget', channel: '$channel' } } },
      ]);
      return groups.map(({ _id: { widget, channel } }) => ({ widget, channel }));
    },
    forget: async (before) => {
      await leases.deleteMany({ endedAt: { $ne: null, $lt: before } });
    },
    watch: async () => {
      const document = await watches.findById('watch').lean();
      return document ? { availableSince: document.availableSince, tickedAt: document.tickedAt } : null;
    },
    tick: async (before, next) =>
      before
        ? (await watches.updateOne({ _id: 'watch', ...before }, { $set: next })).matchedCount === 1
        : created(() => watches.create([{ _id: 'watch', ...next }])),
  };
}

function leaseOf({ _id, endedAt: _endedAt, ...fields }: LeaseDocument): Lease {
  return { id: _id, ...fields };
}
