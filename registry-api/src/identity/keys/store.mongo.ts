import type { JWK } from 'jose';
import { type Connection, Schema } from 'mongoose';
import { isDuplicate } from '../../storage/mongo/connection';
import type { KeyStore, SigningKey } from './store';

interface KeyDocument {
  /** One document, `current`: its id is what lets only one of several first starts win. */
  _id: string;
  kid: string;
  jwk: string;
  createdAt: string;
}

const schema = new Schema<KeyDocument>(
  {
    _id: { type: String, required: true },
    kid: { type: String, required: true },
    jwk: { type: String, required: true },
    createdAt: { type: String, required: true },
  },
  { collection: 'signing_keys', versionKey: false },
);

export async function mongoKeys(connection: Connection): Promise<KeyStore> {
  const keys = connection.model('SigningKey', schema);
  const current = async (): Promise<SigningKey | undefined> => {
    const found = await keys.findOne({ _id: 'current' }).lean();
    return found ? { kid: found.kid, privateJwk: JSON.parse(found.jwk) as JWK, createdAt: found.createdAt } : undefined;
  };
  return {
    current,
    async begin(key) {
      try {
        await keys.create({ _id: 'current', kid: key.kid, jwk: JSON.stringify(key.privateJwk), createdAt: key.createdAt });
        return key;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        return (await current()) ?? key;
      }
    },
  };
}
