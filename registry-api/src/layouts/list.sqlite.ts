/** A page of layouts: read from the index that leads straight to it, so that it costs what it shows and not what there is. */
import { afterWord, rarest } from '../storage/search-words';
import type { Database } from '../storage/sqlite/database';
import { hasWords, wordCounter, wordRanges } from '../storage/sqlite/words';
import type { LayoutHead } from './layout';
import type { LayoutStore, ListPosition, ListQuery } from './store';

interface Row {
  id: string;
  updated_at: string;
  head: string;
}

const layoutWords = { table: 'layout_words', of: 'layout' };

/** What is asked of each layout that is come upon, whichever index leads there; what is in the bin is in no list. */
const fits = `l.binned_at IS NULL AND (:readers IS NULL OR EXISTS (SELECT 1 FROM layout_readers a WHERE a.layout = l.id AND a.reader IN (SELECT value FROM json_each(:readers))))
   AND (:owner IS NULL OR l.owner = :owner) AND (:notOwner IS NULL OR l.owner <> :notOwner)
   AND (:departments IS NULL OR l.department IN (SELECT value FROM json_each(:departments)))
   AND ${hasWords(layoutWords, 'l.id')}`;

/** `from` and `leads`: the index; `at`: its own columns of the position, in whose order it gives layouts. */
const page = (from: string, leads: string, [at, id]: readonly [string, string] = ['l.updated_at', 'l.id']) =>
  `SELECT l.id, l.updated_at, l.head FROM ${from} WHERE ${leads} AND (${at}, ${id}) < (:at, :id) AND ${fits}
     ORDER BY ${at} DESC, ${id} DESC LIMIT :limit`;

/** Sorts after every position. */
export const newest: ListPosition = { updatedAt: afterWord(''), id: '' };

/** `common`: a word that so many layouts have does not lead: they are come upon soon by whatever else does. */
export function sqliteLayoutList(database: Database, common = 5000): LayoutStore['list'] {
  // Each gives its part of the page in order.
  const all = database.prepare(page('layouts l', 'TRUE'));
  const ofOwner = database.prepare(page('layouts l', 'l.owner = :lead'));
  const ofDepartment = database.prepare(page('layouts l', 'l.department = :lead'));
  // CROSS JOIN: in this order.
  const ofReader = database.prepare(
    page('layout_readers f CROSS JOIN layouts l ON l.id = f.layout', 'f.reader = :lead', ['f.updated_at', 'f.layout']),
  );
  const ofWord = database.prepare(
    page('(SELECT DISTINCT layout FROM layout_words WHERE word >= :lead AND word < :to) f CROSS JOIN layouts l ON l.id = f.layout', 'TRUE'),
  );
  const ofIds = database.prepare(page('json_each(:lead) f CROSS JOIN layouts l ON l.id = f.value', 'TRUE'));
  const countOf = wordCounter(database, layoutWords, common);

  return async ({ readers, owner, notOwner, words = [], departments, ids, after, limit }: ListQuery) => {
    const json = (value: string[] | null | undefined): string | null => (value ? JSON.stringify(value) : null);
    const asked = {
      readers: json(readers),
      owner: owner ?? null,
      notOwner: notOwner ?? null,
      departments: json(departments),
      words: wordRanges(words),
      at: (after ?? newest).updatedAt,
      id: (after ?? newest).id,
      limit,
    };
    const rare = rarest(words, countOf, common);
    const parts = (): unknown[] => {
      if (ids) return ofIds.all({ ...asked, lead: JSON.stringify(ids) });
      if (rare !== undefined) return ofWord.all({ ...asked, lead: rare, to: afterWord(rare) });
      if (owner !== undefined) return ofOwner.all({ ...asked, lead: owner });
      if (departments) return departments.flatMap((lead) => ofDepartment.all({ ...asked, lead }));
      if (readers) return readers.flatMap((lead) => ofReader.all({ ...asked, lead }));
      return all.all(asked);
    };
    const rows = new Map((parts() as Row[]).map((row) => [row.id, row]));
    return [...rows.values()]
      .sort(byNewest)
      .slice(0, limit)
      .map(({ head }) => JSON.parse(head) as LayoutHead);
  };
}

const byNewest = (a: Row, b: Row): number =>
  a.updated_at === b.updated_at ? (a.id < b.id ? 1 : -1) : a.updated_at < b.updated_at ? 1 : -1;
