import type { User } from '@datamesh/contracts';
import { searchWords } from '@datamesh/contracts/search-words';

/** Somebody who has signed in, as they were the last time. */
export interface PersonRecord {
  id: string;
  name: string;
  /** null: not noted, as of whoever has not signed in since they are. */
  roles: User['roles'] | null;
  /** Ids. */
  departments: string[];
  /** As with roles. */
  teams: string[] | null;
  /** Milliseconds since the epoch. */
  signedInAt: number;
}

export interface PeopleQuery {
  /** As searchWords gives them: each is the beginning of a word of the name. None finds nobody. */
  words: string[];
  /** Who signed in before is not found. Milliseconds since the epoch. */
  since: number;
  /** An id that is not found. */
  except: string;
  limit: number;
}

/** Where somebody stands in the order of names. */
export interface PersonPosition {
  sorted: string;
  id: string;
}

export const positionOf = ({ id, name }: Pick<PersonRecord, 'id' | 'name'>): PersonPosition => ({
  id,
  sorted: searchWords(name).join(' '),
});

export interface PeoplePage {
  /** As in a PeopleQuery; none: everybody. */
  words: string[];
  /** Those behind it. */
  after: PersonPosition | null;
  limit: number;
}

/** Whom one can share with: nobody but the issuer knows who there is until they sign in. */
export interface PeopleStore {
  signedIn(person: PersonRecord): Promise<void>;
  /** By name. */
  search(query: PeopleQuery): Promise<PersonRecord[]>;
  /** By name. */
  page(page: PeoplePage): Promise<PersonRecord[]>;
  /** Those who are known of these ids. */
  find(ids: readonly string[]): Promise<PersonRecord[]>;
  /** Names by id, of those who are known. */
  names(ids: readonly string[]): Promise<Map<string, string>>;
}
