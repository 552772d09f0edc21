import type { Storage } from '../../storage/storage';
import { createMongoUsedTokens } from './used-tokens.mongo';
import { createSqliteUsedTokens } from './used-tokens.sqlite';
import type { UsedTokens } from './verify';

/** `now` in milliseconds. */
export const openUsedTokens = async (storage: Storage, now: () => number): Promise<UsedTokens> =>
  storage.kind === 'sqlite' ? createSqliteUsedTokens(storage.database, now) : createMongoUsedTokens(storage.connection, now);
