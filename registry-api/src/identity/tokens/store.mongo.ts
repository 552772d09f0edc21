import { type Connection, Schema } from 'mongoose';
import type { TokenStore } from './store';
import type { TokenRecord } from './token';

type TokenDocument = Omit<TokenRecord, 'id'> & { _id: string };

const schema = new Schema<TokenDocument>(
  {
    _id: { type: String, required: true },
    hash: { type: String, required: true },
    name: { type: String, required: true },
    team: { type: String, required: true },
    createdBy: { type: String, required: true },
    createdAt: { type: String, required: true },
    expiresAt: { type: String, required: true },
    lastUsedAt: { type: String, default: null },
    revokedAt: { type: String, default: null },
  },
  { collection: 'tokens', versionKey: false },
);
schema.index({ hash: 1 }, { unique: true });
schema.index({ createdBy: 1, createdAt: -1 });

export async function mongoTokens(connection: Connection): Promise<TokenStore> {
  const tokens = connection.model('Token', schema);
  await tokens.createIndexes();
  return {
    async add({ id, ...rest }) {
      await tokens.create({ _id: id, ...rest });
    },
    findByHash: async (hash) => tokenOf(await tokens.findOne({ hash }).lean()),
    find: async (id) => tokenOf(await tokens.findOne({ _id: id }).lean()),
    async list(createdBy) {
      const wanted = createdBy === undefined ? { revokedAt: null } : { revokedAt: null, createdBy };
      const found = await tokens.find(wanted).sort({ createdAt: -1, _id: 1 }).lean();
      return found.flatMap((document) => tokenOf(document) ?? []);
    },
    revoke: async (id, at) => (await tokens.updateOne({ _id: id, revokedAt: null }, { $set: { revokedAt: at } })).modifiedCount === 1,
    async used(id, at) {
      await tokens.updateOne({ _id: id, $or: [{ lastUsedAt: null }, { lastUsedAt: { $lt: at } }] }, { $set: { lastUsedAt: at } });
    },
  };
}

function tokenOf(found: TokenDocument | null): TokenRecord | undefined {
  if (!found) return undefined;
  const { _id, ...rest } = found;
  return { id: _id, ...rest };
}
