import { join } from 'node:path';
import type { Storage } from '../storage/storage';
import type { HeadStore } from './heads';
import { fileHeads } from './heads.file';
import { mongoHeads } from './heads.mongo';
import type { AuditStore } from './store';
import { createMongoAuditStore } from './store.mongo';
import { createSqliteAuditStore } from './store.sqlite';

export const openAuditStore = async (storage: Storage): Promise<AuditStore> =>
  storage.kind === 'sqlite' ? createSqliteAuditStore(storage.database) : createMongoAuditStore(storage.connection);

export const openHeads = (storage: Storage): HeadStore =>
  storage.kind === 'sqlite' ? fileHeads(join(storage.folder, 'audit-head.json')) : mongoHeads(storage.connection);
