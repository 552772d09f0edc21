/** Searching by the beginnings of words: a table of (word, what has it), with an index that begins with either. */
import { afterWord } from '../search-words';
import type { Database } from './database';

interface WordTable {
  table: string;
  /** The column that names what has the word. */
  of: string;
}

/** SQL: whether what `id` names has each of the words that are bound to `:words` by `wordRanges`. */
export const hasWords = ({ table, of }: WordTable, id: string): string =>
  `NOT EXISTS (SELECT 1 FROM json_each(:words) r WHERE NOT EXISTS (SELECT 1 FROM ${table} w
     WHERE w.${of} = ${id} AND w.word >= json_extract(r.value, '$[0]') AND w.word < json_extract(r.value, '$[1]')))`;

export const wordRanges = (words: readonly string[]): string => JSON.stringify(words.map((word) => [word, afterWord(word)]));

/** How many have a word that begins so; those beyond `most` are not counted. */
export function wordCounter(database: Database, { table }: WordTable, most: number): (word: string) => number {
  const count = database.prepare(`SELECT count(*) AS found FROM (SELECT 1 FROM ${table} WHERE word >= ? AND word < ? LIMIT ${most})`);
  return (word) => (count.get(word, afterWord(word)) as { found: number }).found;
}
