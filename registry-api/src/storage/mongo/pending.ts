/** What waits for the relay, inside the document that it is about: one write with its change. */
import type { Connection } from 'mongoose';
import type { Pending, PendingSource } from '../../events/pending';

/** As text: keys of an event's data are free. */
export interface Waiting {
  id: string;
  event: string;
}

/** The field `pending` of a schema. */
export const pendingField = [{ _id: false, id: String, event: String }];

export const waiting = (items: readonly Pending[]): Waiting[] => items.map((item) => ({ id: item.id, event: JSON.stringify(item) }));

/** Until the schema's version 2 some rooms kept events as they are. */
const itemOf = (kept: Waiting | Pending): Pending => ('event' in kept ? (JSON.parse(kept.event) as Pending) : kept);

interface Carrier {
  _id: string;
  pending: Waiting[];
}

/** `cleared`: runs after items of a document were cleared. */
export function pendingIn(
  connection: Connection,
  collection: string,
  cleared: (key: string) => Promise<void> = async () => {},
): PendingSource {
  const documents = connection.collection<Carrier>(collection);
  return {
    pending: async (limit) => {
      const found = await documents
        .find({ 'pending.id': { $exists: true } })
        .project<Carrier>({ pending: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id, pending }) => ({ key: _id, items: pending.map(itemOf) }));
    },
    clear: async (key, ids) => {
      await documents.updateOne({ _id: key }, { $pull: { pending: { id: { $in: ids } } } });
      await cleared(key);
    },
  };
}
