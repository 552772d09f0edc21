import type { Storage } from '../../storage/storage';
import type { TrustStore } from './store';
import { createMongoTrustStore } from './store.mongo';
import { createSqliteTrustStore } from './store.sqlite';

export const openTrustStore = async (storage: Storage): Promise<TrustStore> =>
  storage.kind === 'sqlite' ? createSqliteTrustStore(storage.database) : createMongoTrustStore(storage.connection);
