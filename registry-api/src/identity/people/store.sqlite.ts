import { afterWord, rarest, searchWords } from '../../storage/search-words';
import { atomically, type Database, migrate } from '../../storage/sqlite/database';
import { hasWords, wordCounter, wordRanges } from '../../storage/sqlite/words';
import type { PeopleStore, PersonRecord } from './store';

const schema = [
  'CREATE TABLE people (id TEXT PRIMARY KEY, sorted TEXT NOT NULL, signed_in_at INTEGER NOT NULL, record TEXT NOT NULL) STRICT',
  `CREATE TABLE people_words (word TEXT NOT NULL, person TEXT NOT NULL REFERENCES people ON DELETE CASCADE,
     PRIMARY KEY (word, person)) STRICT, WITHOUT ROWID`,
  'CREATE INDEX people_words_person ON people_words (person, word)',
  'CREATE INDEX people_sorted ON people (sorted, id)',
];

const peopleWords = { table: 'people_words', of: 'person' };

const recordIn = (row: unknown): PersonRecord => JSON.parse((row as { record: string }).record) as PersonRecord;

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
      `SELECT record FROM people p WHERE ${leads} AND signed_in_at >= :since
         AND id <> :except AND ${hasWords(peopleWords, 'p.id')}
         ORDER BY sorted, id LIMIT :limit`,
    );
  // A rare word leads, by its index; where all are common, the order of names. Of those who are come upon each word is asked.
  const byWord = search('id IN (SELECT person FROM people_words WHERE word >= :from AND word < :to)');
  const byName = search("sorted >= ''");
  const countOf = wordCounter(database, peopleWords, common);
  const named = database.prepare('SELECT record FROM people WHERE id IN (SELECT value FROM json_each(?))');
  return {
    async signedIn(person) {
      const words = searchWords(person.name);
      atomically(database, () => {
        put.run(person.id, words.join(' '), person.signedInAt, JSON.stringify(person));
        clearWords.run(person.id);
        for (const word of words) addWord.run(word, person.id);
      });
    },
    async search({ words, since, except, limit }) {
      if (words.length === 0) return [];
      const asked = { words: wordRanges(words), since, except, limit };
      const rare = rarest(words, countOf, common);
      const found = rare === undefined ? byName.all(asked) : byWord.all({ ...asked, from: rare, to: afterWord(rare) });
      return found.map(recordIn);
    },
    async names(ids) {
      return new Map(
        named
          .all(JSON.stringify(ids))
          .map(recordIn)
          .map(({ id, name }) => [id, name]),
      );
    },
  };
}
