import type { Storage } from '../../storage/storage';
import { watchMongo } from './mongo';
import type { Plans } from './plan';
import { watchSqlite } from './sqlite';

/** From now on. A MongoDB must have been opened with `monitorCommands=true`. */
export const watchPlans = (storage: Storage): Plans =>
  storage.kind === 'sqlite' ? watchSqlite(storage.database) : watchMongo(storage.connection);
