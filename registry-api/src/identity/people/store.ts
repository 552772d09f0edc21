/** Somebody who has signed in, as they were the last time. */
export interface PersonRecord {
  id: string;
  name: string;
  /** Ids. */
  departments: string[];
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

/** Whom one can share with: nobody but the issuer knows who there is until they sign in. */
export interface PeopleStore {
  signedIn(person: PersonRecord): Promise<void>;
  /** By name. */
  search(query: PeopleQuery): Promise<PersonRecord[]>;
  /** Names by id, of those who are known. */
  names(ids: readonly string[]): Promise<Map<string, string>>;
}
