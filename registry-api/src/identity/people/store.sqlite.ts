import { searchWords } from '@datamesh/contracts/search-words';
import { afterWord, rarest } from '../../storage/search-words';
import { atomically, type Database, migrate } from '../../storage/sqlite/database';
import { hasWords, wordCounter, wordRanges } from '../../storage/sqlite/words';
import { type PeopleStore, type PersonRecord, positionOf } from './store';

const schema = [
  'CREATE TABLE people (id TEXT PRIMARY KEY, sorted TEXT NOT NULL, signed_in_at INTEGER NOT NULL, record TEXT NOT NULL) STRICT',
  `CREATE TABLE people_words (word TEXT NOT NULL, person TEXT NOT NULL REFERENCES people ON DELETE CASCADE,
     PRIMARY KEY (word, person)) STRICT, WITHOUT ROWID`,
  'CREATE INDEX people_words_person ON people_words (person, word)',
  'CREATE INDEX people_sorted ON people (sorted, id)',
];

const peopleWords = { table: 'people_words', of: 'person' };

const recordIn = (row: unknown): PersonRecord => {
  const record = JSON.parse((row as { record: string }).record) as Omit<PersonRecord, 'roles' | 'teams'> & Partial<PersonRecord>;
  return { ...record, roles: record.roles ?? null, teams: record.teams ?? null };
};

/** `common`: the beginning of a word that so many share does not lead: they are come upon soon in the order of names. */
export function sqlitePeople(database: Database, common = 5000): PeopleStore {
  migrate(database, 'people', schema);
  const put = database.prepare(
    `INSERT INTO people (id, sorted, signed_in_at, record) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET sorted = excluded.sorted, signed_in_at = excluded.signed_in_at, record = excluded.record`,
  );
  const clearWords = database.prepare('DELETE FROM people_words WHERE person = ?');
  const addWord = database.prepare('INSERT INTO people_words (word, person) VALUES (?, ?)');
  const search = (leads: string) =>
    database.prepare(
      `SELECT record FROM people p WHERE ${leads} AND (sorted, id) > (:sorted, :id) AND signed_in_at >= :since
         AND id <> :except AND ${hasWords(peopleWords, 'p.id')}
         ORDER BY sorted, id LIMIT :limit`,
    );
  // A rare word leads, by its index; where all are common, the order of names. Of those who are come upon each word is asked.
  const byWord = search('id IN (SELECT person FROM people_words WHERE word >= :from AND word < :to)');
  const byName = search('sorted >= :sorted');
  const countOf = wordCounter(database, peopleWords, common);
  const byIds = database.prepare('SELECT record FROM people WHERE id IN (SELECT value FROM json_each(?))');
  function found(asked: { words: string[]; since: number; except: string; limit: number; sorted: string; id: string }): PersonRecord[] {
    const { words } = asked;
    const bound = { ...asked, words: wordRanges(words) };
    const rare = words.length === 0 ? undefined : rarest(words, countOf, common);
    return (rare === undefined ? byName.all(bound) : byWord.all({ ...bound, from: rare, to: afterWord(rare) })).map(recordIn);
  }
  const known = (ids: readonly string[]): PersonRecord[] => byIds.all(JSON.stringify(ids)).map(recordIn);
  return {
    async signedIn(person) {
      const words = searchWords(person.name);
      atomically(database, () => {
        put.run(person.id, positionOf(person).sorted, person.signedInAt, JSON.stringify(person));
        clearWords.run(person.id);
        for (const word of words) addWord.run(word, person.id);
      });
    },
    async search({ words, since, except, limit }) {
      return words.length === 0 ? [] : found({ words, since, except, limit, sorted: '', id: '' });
    },
    page: async ({ words, after, limit }) => found({ words, since: 0, except: '', limit, ...(after ?? { sorted: '', id: '' }) }),
    find: async (ids) => known(ids),
    names: async (ids) => new Map(known(ids).map(({ id, name }) => [id, name])),
  };
}
