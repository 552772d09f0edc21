import { type Connection, Schema } from 'mongoose';
import { pendingField, pendingIn, type Waiting, waiting } from '../../storage/mongo/pending';
import type { TokenStore } from './store';
import type { TokenRecord } from './token';

type TokenDocument = Omit<TokenRecord, 'id'> & { _id: string; pending: Waiting[] };

const schema = new Schema<TokenDocument>(
  {
    _id: { type: String, required: true },
    hash: { type: String, required: true },
    name: { type: String, required: true },
    team: { type: String, default: null },
    department: { type: String, default: null },
    createdBy: { type: String, required: true },
    createdAt: { type: String, required: true },
    expiresAt: { type: String, required: true },
    lastUsedAt: { type: String, default: null },
    revokedAt: { type: String, default: null },
    pending: pendingField,
  },
  { collection: 'tokens', versionKey: false },
);
schema.index({ hash: 1 }, { unique: true });
schema.index({ createdBy: 1, createdAt: -1 });
schema.index({ revokedAt: 1, createdAt: -1, _id: 1 });
schema.index({ 'pending.id': 1 }, { sparse: true });

export async function mongoTokens(connection: Connection): Promise<TokenStore> {
  const tokens = connection.model('Token', schema);
  await tokens.createIndexes();
  return {
    async add({ id, ...rest }, about) {
      await tokens.create({ _id: id, ...rest, pending: waiting(about) });
    },
    findByHash: async (hash) => tokenOf(await tokens.findOne({ hash }).lean()),
    find: async (id) => tokenOf(await tokens.findOne({ _id: id }).lean()),
    async list(createdBy) {
      const wanted = createdBy === undefined ? { revokedAt: null } : { revokedAt: null, createdBy };
      const found = await tokens.find(wanted).sort({ createdAt: -1, _id: 1 }).lean();
      return found.flatMap((document) => tokenOf(document) ?? []);
    },
    revoke: async (id, at, about) => {
      const change = { $set: { revokedAt: at }, $push: { pending: { $each: waiting(about) } } };
      return (await tokens.updateOne({ _id: id, revokedAt: null }, change)).modifiedCount === 1;
    },
    async used(id, at) {
      await tokens.updateOne({ _id: id, $or: [{ lastUsedAt: null }, { lastUsedAt: { $lt: at } }] }, { $set: { lastUsedAt: at } });
    },
    ...pendingIn(connection, 'tokens'),
  };
}

function tokenOf(found: TokenDocument | null): TokenRecord | undefined {
  if (!found) return undefined;
  const { _id, pending: _, ...rest } = found;
  // Of before there were any for departments.
  return { id: _id, ...rest, department: rest.department ?? null };
}
