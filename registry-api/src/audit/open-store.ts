import { join } from 'node:path';
import { removeTemporary } from '../storage/durable-file';
import type { Storage } from '../storage/storage';
import type { HeadStore } from './heads';
import { fileHeads } from './heads.file';
import { mongoHeads } from './heads.mongo';
import type { AuditStore } from './store';
import { createMongoAuditStore } from './store.mongo';
import { createSqliteAuditStore } from './store.sqlite';

export const openAuditStore = async (storage: Storage): Promise<AuditStore> =>
  storage.kind === 'sqlite' ? createSqliteAuditStore(storage.database) : createMongoAuditStore(storage.connection);

export async function openHeads(storage: Storage): Promise<HeadStore> {
  if (storage.kind === 'mongo') return mongoHeads(storage.connection);
  const file = join(storage.folder, 'audit-head.json');
  await removeTemporary(file);
  return fileHeads(file);
}
