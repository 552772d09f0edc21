import type { Storage } from '../storage/storage';
import type { LeaseStore } from './store';
import { createMongoLeaseStore } from './store.mongo';
import { createSqliteLeaseStore } from './store.sqlite';

export const openLeaseStore = async (storage: Storage): Promise<LeaseStore> =>
  storage.kind === 'sqlite' ? createSqliteLeaseStore(storage.database) : createMongoLeaseStore(storage.connection);
