/**
 * Ids in ranges, for lists that are longer than the store counts, or this process reads, at a time. Session ids are base64url of a hash, so
 * ranges by the first character are of about equal size; whatever else they were, each id would be in exactly one.
 */

import { RARE_VALUES } from '../missing';
import type { QueryContext } from '../port';
import type { Reader, Row } from './reader';
import { column, joined, type Sql, sql } from './sql';

/** In the order of their codes. */
const ALPHABET = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const PARTS = 8;

interface Range {
  from: number;
  to: number;
}

/** Calls `take` with all rows of a query, one part after the other; `queryOf` gets the condition that makes a part. */
export async function inSlices(
  reader: Reader,
  queryOf: (part: Sql | null) => Sql,
  limit: number,
  context: QueryContext,
  take: (rows: readonly Row[]) => void,
): Promise<void> {
  await part({ from: 0, to: ALPHABET.length });

  async function part(range: Range): Promise<void> {
    const { rows, groupsLeftOut } = await reader.attempt(queryOf(conditionOf(range)), limit, context);
    const whole = !groupsLeftOut && rows.length < limit;
    const smaller = whole ? [] : partsOf(range);
    if (smaller.length === 0) {
      if (!whole) context.partial(RARE_VALUES);
      return take(rows);
    }
    for (const each of smaller) await part(each);
  }
}

function partsOf({ from, to }: Range): Range[] {
  const step = Math.ceil((to - from) / PARTS);
  if (to - from <= 1) return [];
  const starts = Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => from + index * step);
  return starts.map((start) => ({ from: start, to: Math.min(start + step, to) }));
}

/** The first range has no lower end and the last no upper one, so that nothing is outside of all. */
function conditionOf({ from, to }: Range): Sql | null {
  const id = column('session_id');
  const bounds = [
    ...(from > 0 ? [sql`${id} >= ${ALPHABET.charAt(from)}`] : []),
    ...(to < ALPHABET.length ? [sql`${id} < ${ALPHABET.charAt(to)}`] : []),
  ];
  return bounds.length > 0 ? joined(bounds, ' AND ') : null;
}
