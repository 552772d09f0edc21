import type { Storage } from '../storage/storage';
import type { AccessRequestStore } from './access-requests/store';
import { mongoAccessRequests } from './access-requests/store.mongo';
import { sqliteAccessRequests } from './access-requests/store.sqlite';
import type { DepartmentStore } from './departments/store';
import { mongoDepartments } from './departments/store.mongo';
import { sqliteDepartments } from './departments/store.sqlite';
import type { MarkStore } from './marks/store';
import { mongoMarks } from './marks/store.mongo';
import { sqliteMarks } from './marks/store.sqlite';
import type { PersonalStore } from './personal/store';
import { mongoPersonal } from './personal/store.mongo';
import { sqlitePersonal } from './personal/store.sqlite';
import type { PresenceStore } from './presence/store';
import { mongoPresence } from './presence/store.mongo';
import { sqlitePresence } from './presence/store.sqlite';
import type { LayoutStore } from './store';
import { mongoLayouts } from './store.mongo';
import { sqliteLayouts } from './store.sqlite';

export interface LayoutStores {
  layouts: LayoutStore;
  personal: PersonalStore;
  marks: MarkStore;
  departments: DepartmentStore;
  accessRequests: AccessRequestStore;
  presence: PresenceStore;
}

export async function layoutStores(storage: Storage): Promise<LayoutStores> {
  if (storage.kind === 'sqlite') {
    const { database } = storage;
    return {
      layouts: sqliteLayouts(database),
      personal: sqlitePersonal(database),
      marks: sqliteMarks(database),
      departments: sqliteDepartments(database),
      accessRequests: sqliteAccessRequests(database),
      presence: sqlitePresence(database),
    };
  }
  const { connection } = storage;
  return {
    layouts: await mongoLayouts(connection),
    personal: await mongoPersonal(connection),
    marks: await mongoMarks(connection),
    departments: await mongoDepartments(connection),
    accessRequests: await mongoAccessRequests(connection),
    presence: await mongoPresence(connection),
  };
}
