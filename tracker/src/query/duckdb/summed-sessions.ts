/**
 * What is said of sessions, from their sums (sinks/sums/tables.ts): those that lie within the range as they stand there, together with their
 * events that wait for the sums; those that go on over one of its ends from their events in the range. The same answers as from the events alone.
 */
import { HOUR, SESSION_OF_EVENTS, SUMMED_FIELDS } from '../../sinks/sums/tables';
import type { Scope } from '../port';
import type { Values } from './conditions';
import type { Rows } from './snapshot';
import type { Reach } from './summed';

type Range = Pick<Scope, 'site' | 'from' | 'to'>;

/** A table expression with a row for each session that has an event in the range. */
export interface SummedVisits {
  /** With the columns session, first, last, views, stay, entry, exit, as in the sums. */
  sql: string;
  values: Values;
}

/** Null where some of the range is in no sums yet. */
export async function summedVisits(rows: Rows, { site, from, to }: Range, reach: Reach): Promise<SummedVisits | null> {
  if (to > reach.hour * HOUR) return null;
  const values: Values = { site, from: BigInt(from), to: BigInt(to) };
  // How far they go may be told by an event that waits.
  const [[ids, end, begin] = []] = await rows(
    `WITH crossing AS MATERIALIZED (
      SELECT session, session_id, first, last FROM summed_sessions WHERE site_id = $site AND first < $from AND last >= $from
      UNION ALL SELECT session, session_id, first, last FROM summed_sessions WHERE site_id = $site AND first >= $from AND first < $to AND last >= $to
    ),
    later AS (SELECT session, min(ts) AS first, max(ts) AS last FROM pending WHERE site_id = $site GROUP BY session)
    SELECT list(session_id), max(greatest(c.last, l.last)) FILTER (WHERE c.first < $from), min(least(c.first, l.first)) FILTER (WHERE c.last >= $to)
    FROM crossing c LEFT JOIN later l USING (session)`,
    values,
  );
  const parts = [WITHIN];
  if (ids !== null && ids !== undefined) {
    Object.assign(values, { crossing: ids, ...stretches(from, to, numberOr(end, from - 1), numberOr(begin, to)) });
    parts.push(CROSSING);
  }
  if (reach.behind > 0) {
    const whole = ids === null || ids === undefined ? '' : 'AND session_id NOT IN (SELECT unnest($crossing))';
    parts[0] = `${WITHIN} AND session NOT IN (SELECT unnest((SELECT list(session) FROM waiting)))`;
    parts.push(MERGED);
    return { sql: `waiting AS MATERIALIZED (${waiting(whole)}), visits AS NOT MATERIALIZED (${parts.join(' UNION ALL ')})`, values };
  }
  return { sql: `visits AS NOT MATERIALIZED (${parts.join(' UNION ALL ')})`, values };
}

const COLUMNS = 'first, last, views, stay, entry, exit';
const INSIDE = 'site_id = $site AND first >= $from AND last < $to';
const WITHIN = `SELECT ${COLUMNS} FROM summed_sessions WHERE ${INSIDE}`;

/** What of the range has events of sessions that go on over its beginning, and over its end. */
function stretches(from: number, to: number, end: number, begin: number): Values {
  const early = Math.min(end + 1, to);
  const late = Math.max(begin, from);
  return { early: BigInt(early), late: BigInt(Math.max(late, early)) };
}
const numberOr = (value: unknown, otherwise: number): number => (typeof value === 'bigint' ? Number(value) : otherwise);

const inStretch = (low: string, high: string): string =>
  `SELECT ${SUMMED_FIELDS} FROM events WHERE site_id = $site AND ts >= ${low} AND ts < ${high} AND session_id IN (SELECT unnest($crossing))`;
const CROSSING = `
  SELECT ${COLUMNS} FROM (
    SELECT session_id, ${SESSION_OF_EVENTS} FROM (${inStretch('$from', '$early')} UNION ALL ${inStretch('$late', '$to')}) GROUP BY session_id
  )`;

const waiting = (whole: string): string => `
  SELECT session, ${SESSION_OF_EVENTS} FROM pending WHERE site_id = $site AND ts >= $from AND ts < $to ${whole} GROUP BY session`;
const MERGED = `
  SELECT min(first) AS first, max(last) AS last, sum(views)::BIGINT AS views, sum(stay)::BIGINT AS stay,
    arg_min(entry, entered) AS entry, arg_max(exit, exited) AS exit
  FROM (
    SELECT session, ${COLUMNS}, entered, exited FROM summed_sessions
    WHERE ${INSIDE} AND session IN (SELECT unnest((SELECT list(session) FROM waiting)))
    UNION ALL SELECT session, ${COLUMNS}, entered, exited FROM waiting
  ) GROUP BY session`;
