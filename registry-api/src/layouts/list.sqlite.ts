/** A page of layouts: read from the index that leads straight to it, so that it costs what it shows and not what there is. */
import { afterWord, byCodePoints, rarest } from '../storage/search-words';
import type { Database } from '../storage/sqlite/database';
import { hasWords, wordCounter, wordRanges } from '../storage/sqlite/words';
import type { LayoutHead } from './layout';
import { keyOf, type LayoutStore, type ListPosition, type ListQuery, type TitlePosition } from './store';

interface Row {
  id: string;
  at: string;
  head: string;
}

/** A column that layouts and their readers have, and which way it goes. */
interface Order {
  column: 'updated_at' | 'title_key';
  direction: 'ASC' | 'DESC';
}

const layoutWords = { table: 'layout_words', of: 'layout' };

/** What is asked of each layout that is come upon, whichever index leads there; what is in the bin is in no list. */
const fits = `l.binned_at IS NULL AND (:readers IS NULL OR EXISTS (SELECT 1 FROM layout_readers a WHERE a.layout = l.id AND a.reader IN (SELECT value FROM json_each(:readers))))
   AND (:owner IS NULL OR l.owner = :owner) AND (:notOwner IS NULL OR l.owner <> :notOwner)
   AND (:departments IS NULL OR l.department IN (SELECT value FROM json_each(:departments)))
   AND ${hasWords(layoutWords, 'l.id')}`;

/** Sorts after every position. */
export const newest: ListPosition = { updatedAt: afterWord(''), id: '' };
/** Sorts before every position. */
const firstTitle: TitlePosition = { title: '', id: '' };

/** `from` and `leads`: the index; `at`: its own columns of the position, in whose order it gives layouts. */
const page = ({ column, direction }: Order, from: string, leads: string, [at, id]: readonly [string, string] = [`l.${column}`, 'l.id']) =>
  `SELECT l.id, ${at} AS at, l.head FROM ${from} WHERE ${leads} AND (${at}, ${id}) ${direction === 'ASC' ? '>' : '<'} (:at, :id) AND ${fits}
     ORDER BY ${at} ${direction}, ${id} ${direction} LIMIT :limit`;

/** Each gives its part of the page in order. */
const pagesIn = (database: Database, order: Order) => ({
  all: database.prepare(page(order, 'layouts l', 'TRUE')),
  ofOwner: database.prepare(page(order, 'layouts l', 'l.owner = :lead')),
  ofDepartment: database.prepare(page(order, 'layouts l', 'l.department = :lead')),
  // CROSS JOIN: in this order.
  ofReader: database.prepare(
    page(order, 'layout_readers f CROSS JOIN layouts l ON l.id = f.layout', 'f.reader = :lead', [`f.${order.column}`, 'f.layout']),
  ),
  ofWord: database.prepare(
    page(
      order,
      '(SELECT DISTINCT layout FROM layout_words WHERE word >= :lead AND word < :to) f CROSS JOIN layouts l ON l.id = f.layout',
      'TRUE',
    ),
  ),
  ofIds: database.prepare(page(order, 'json_each(:lead) f CROSS JOIN layouts l ON l.id = f.value', 'TRUE')),
});

/** `common`: a word that so many layouts have does not lead: they are come upon soon by whatever else does. */
export function sqliteLayoutList(database: Database, common = 5000): LayoutStore['list'] {
  const pages = {
    changed: pagesIn(database, { column: 'updated_at', direction: 'DESC' }),
    title: pagesIn(database, { column: 'title_key', direction: 'ASC' }),
  };
  const countOf = wordCounter(database, layoutWords, common);

  return async ({ readers, owner, notOwner, words = [], departments, ids, sort = 'changed', after, limit }: ListQuery) => {
    const json = (value: string[] | null | undefined): string | null => (value ? JSON.stringify(value) : null);
    const position = after ?? (sort === 'title' ? firstTitle : newest);
    const asked = {
      readers: json(readers),
      owner: owner ?? null,
      notOwner: notOwner ?? null,
      departments: json(departments),
      words: wordRanges(words),
      at: keyOf(position),
      id: position.id,
      limit,
    };
    const { all, ofOwner, ofDepartment, ofReader, ofWord, ofIds } = pages[sort];
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
      .sort(sort === 'title' ? ascending : (a, b) => ascending(b, a))
      .slice(0, limit)
      .map(({ head }) => JSON.parse(head) as LayoutHead);
  };
}

const ascending = (a: Row, b: Row): number => byCodePoints(a.at, b.at) || byCodePoints(a.id, b.id);
