import { type Connection, Schema } from 'mongoose';
import { isDuplicate } from '../storage/mongo/connection';
import type { OutboxEvent, OutboxStore } from './outbox';
import type { PendingEvent } from './pending';

interface OutboxDocument {
  _id: number;
  eventId: string;
  at: string;
  /** The event as text: keys of its data are free. */
  event: string;
}

const schema = new Schema<OutboxDocument>(
  {
    _id: { type: Number, required: true },
    eventId: { type: String, required: true },
    at: { type: String, required: true },
    event: { type: String, required: true },
  },
  { versionKey: false, collection: 'outbox' },
);
schema.index({ eventId: 1 }, { unique: true });
schema.index({ at: 1 });

export async function createMongoOutbox(connection: Connection): Promise<OutboxStore> {
  const outbox = connection.model<OutboxDocument>('OutboxEvent', schema);
  await outbox.createIndexes();
  const eventOf = (document: OutboxDocument): OutboxEvent => ({ ...(JSON.parse(document.event) as PendingEvent), seq: document._id });
  const newest = async () => (await outbox.findOne().sort({ _id: -1 }).select('_id').lean())?._id ?? 0;
  const numberOf = async (eventId: string) => (await outbox.findOne({ eventId }).select('_id').lean())?._id;

  async function append(event: PendingEvent): Promise<number> {
    for (;;) {
      const seq = (await newest()) + 1;
      try {
        await outbox.create([{ _id: seq, eventId: event.id, at: event.at, event: JSON.stringify(event) }]);
        return seq;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        // Either the event is there already, or another replica took the number.
        const known = await numberOf(event.id);
        if (known !== undefined) return known;
      }
    }
  }

  return {
    append,
    after: async (seq, limit) =>
      (
        await outbox
          .find({ _id: { $gt: seq } })
          .sort({ _id: 1 })
          .limit(limit)
          .lean()
      ).map(eventOf),
    bounds: async () => {
      const first = await outbox.findOne().sort({ _id: 1 }).select('_id').lean();
      return { first: first?._id ?? 0, last: first ? await newest() : 0 };
    },
    trim: async (seq) => {
      const last = await newest();
      await outbox.deleteMany({ _id: { $lte: Math.min(seq, last - 1) } });
    },
    lastBefore: async (before) =>
      (
        await outbox
          .findOne({ at: { $lt: before } })
          .sort({ _id: -1 })
          .select('_id')
          .lean()
      )?._id ?? 0,
  };
}
