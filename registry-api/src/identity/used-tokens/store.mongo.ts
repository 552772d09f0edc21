import { createHash } from 'node:crypto';
import { type Connection, Schema } from 'mongoose';
import { isDuplicate } from '../../storage/mongo/connection';
import type { UsedTokens } from './store';

interface UsedToken {
  /** Hash of issuer and jti, whose length is the issuer's choice. */
  _id: string;
  until: number;
}

const schema = new Schema<UsedToken>(
  { _id: { type: String, required: true }, until: { type: Number, required: true } },
  { versionKey: false, collection: 'usedTokens' },
);
schema.index({ until: 1 });

/** Forgets tokens that are over with each new one. */
export async function createMongoUsedTokens(connection: Connection, now: () => number): Promise<UsedTokens> {
  const used = connection.model<UsedToken>('UsedToken', schema);
  await used.createIndexes();
  return {
    use: async (issuer, jti, until) => {
      await used.deleteMany({ until: { $lt: now() } });
      try {
        await used.create([{ _id: keyOf(issuer, jti), until }]);
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    isUsed: async (issuer, jti) => (await used.exists({ _id: keyOf(issuer, jti) })) !== null,
  };
}

const keyOf = (issuer: string, jti: string): string =>
  createHash('sha256')
    .update(JSON.stringify([issuer, jti]))
    .digest('base64url');
