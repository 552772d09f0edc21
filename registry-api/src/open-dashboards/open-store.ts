import type { Storage } from '../storage/storage';
import type { OpenDashboardStore } from './store';
import { createMongoOpenDashboards } from './store.mongo';
import { createSqliteOpenDashboards } from './store.sqlite';

export const openDashboardStore = async (storage: Storage): Promise<OpenDashboardStore> =>
  storage.kind === 'sqlite' ? createSqliteOpenDashboards(storage.database) : createMongoOpenDashboards(storage.connection);
