import { type Connection, Schema } from 'mongoose';
import { pendingField, pendingIn, type Waiting, waiting } from '../../storage/mongo/pending';
import type { TrustStore } from './store';
import type { Trust } from './trust';

/** The trust as text: paths of claims hold dots. What was removed stays until its audit entry has been relayed. */
interface TrustDocument {
  _id: string;
  team: string;
  issuer: string;
  createdAt: string;
  trust: string;
  removed: boolean;
  pending: Waiting[];
}

const schema = new Schema<TrustDocument>(
  {
    _id: { type: String, required: true },
    team: { type: String, required: true },
    issuer: { type: String, required: true },
    createdAt: { type: String, required: true },
    trust: { type: String, required: true },
    removed: { type: Boolean, required: true },
    pending: pendingField,
  },
  { versionKey: false, collection: 'trusts' },
);
schema.index({ team: 1, createdAt: 1 });
schema.index({ issuer: 1, createdAt: 1 });
schema.index({ 'pending.id': 1 }, { sparse: true });

export async function createMongoTrustStore(connection: Connection): Promise<TrustStore> {
  const trusts = connection.model<TrustDocument>('Trust', schema);
  await trusts.createIndexes();
  const trustOf = ({ trust }: Pick<TrustDocument, 'trust'>) => JSON.parse(trust) as Trust;
  const found = async (filter: { team: string } | { issuer: string }) =>
    (
      await trusts
        .find({ ...filter, removed: false })
        .sort({ createdAt: 1, _id: 1 })
        .lean()
    ).map(trustOf);
  return {
    add: async (trust, about) => {
      const { id, team, issuer, createdAt } = trust;
      await trusts.create([{ _id: id, team, issuer, createdAt, trust: JSON.stringify(trust), removed: false, pending: waiting(about) }]);
    },
    find: async (id) => {
      const document = await trusts.findOne({ _id: id, removed: false }).lean();
      return document ? trustOf(document) : null;
    },
    remove: async (id, about) => {
      const change = { $set: { removed: true }, $push: { pending: { $each: waiting(about) } } };
      return (await trusts.updateOne({ _id: id, removed: false }, change)).modifiedCount === 1;
    },
    ofTeam: (team) => found({ team }),
    ofIssuer: (issuer) => found({ issuer }),
    ...pendingIn(connection, 'trusts', async (id) => {
      await trusts.deleteOne({ _id: id, removed: true, pending: { $size: 0 } });
    }),
  };
}
