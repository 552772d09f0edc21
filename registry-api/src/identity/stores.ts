import type { Storage } from '../storage/storage';
import type { KeyStore } from './keys/store';
import { mongoKeys } from './keys/store.mongo';
import { sqliteKeys } from './keys/store.sqlite';
import type { PeopleStore } from './people/store';
import { mongoPeople } from './people/store.mongo';
import { sqlitePeople } from './people/store.sqlite';
import type { SessionStore } from './sessions/store';
import { mongoSessions } from './sessions/store.mongo';
import { sqliteSessions } from './sessions/store.sqlite';
import type { TokenStore } from './tokens/store';
import { mongoTokens } from './tokens/store.mongo';
import { sqliteTokens } from './tokens/store.sqlite';

export interface IdentityStores {
  sessions: SessionStore;
  tokens: TokenStore;
  keys: KeyStore;
  people: PeopleStore;
}

export async function identityStores(storage: Storage): Promise<IdentityStores> {
  if (storage.kind === 'sqlite') {
    const { database } = storage;
    return {
      sessions: sqliteSessions(database),
      tokens: sqliteTokens(database),
      keys: sqliteKeys(database),
      people: sqlitePeople(database),
    };
  }
  const { connection } = storage;
  return {
    sessions: await mongoSessions(connection),
    tokens: await mongoTokens(connection),
    keys: await mongoKeys(connection),
    people: await mongoPeople(connection),
  };
}
