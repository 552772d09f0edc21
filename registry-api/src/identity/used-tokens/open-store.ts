import type { Storage } from '../../storage/storage';
import type { UsedTokens } from './store';
import { createMongoUsedTokens } from './store.mongo';
import { createSqliteUsedTokens } from './store.sqlite';

/** `now` in milliseconds. */
export const openUsedTokens = async (storage: Storage, now: () => number): Promise<UsedTokens> =>
  storage.kind === 'sqlite' ? createSqliteUsedTokens(storage.database, now) : createMongoUsedTokens(storage.connection, now);
