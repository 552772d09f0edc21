import type { Storage } from '../storage/storage';
import type { AuditStore } from './store';
import { createMongoAuditStore } from './store.mongo';
import { createSqliteAuditStore } from './store.sqlite';

export const openAuditStore = async (storage: Storage): Promise<AuditStore> =>
  storage.kind === 'sqlite' ? createSqliteAuditStore(storage.database) : createMongoAuditStore(storage.connection);
