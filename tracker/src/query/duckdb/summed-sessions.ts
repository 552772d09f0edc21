/**
 * What is said of sessions, from their sums (sinks/sums/tables.ts): those that lie within the range as they stand there, those that go on over
 * one of its ends from their hours and, of the hours that the range begins and ends within, from their events; each together with its events
 * that wait for the sums. The same answers as from the events alone.
 */
import { HOUR, SESSION_OF_EVENTS, SUMMED_FIELDS } from '../../sinks/sums/tables';
import type { Scope } from '../port';
import type { Values } from './conditions';
import type { Rows } from './snapshot';
import { listed, type Reach } from './summed';

/** For a `WITH`: tables, the last of which is `visits`, with a row for each session that has an event in the range. */
export interface SummedVisits {
  sql: string;
  values: Values;
}

/** Null where some of the range is in no sums yet. */
export async function summedVisits(
  rows: Rows,
  { site, from, to }: Pick<Scope, 'site' | 'from' | 'to'>,
  reach: Reach,
): Promise<SummedVisits | null> {
  if (to > reach.hour * HOUR) return null;
  const first = Math.ceil(from / HOUR);
  const last = Math.max(Math.floor(to / HOUR), first);
  // Within one hour there is no whole one: all of it is its beginning.
  const [low, high] = first * HOUR > to ? [to, to] : [first * HOUR, last * HOUR];
  const range = asBigints({ site, from, to });
  const [[latest, earliest] = []] = await rows(EXTENTS, range);
  // Between the last hour of those that cross the beginning and the first of those that cross the end there is nothing of either.
  const head = clamped(typeof latest === 'bigint' ? Math.floor(Number(latest) / HOUR) + 1 : first, first, last);
  const tail = clamped(typeof earliest === 'bigint' ? Math.floor(Number(earliest) / HOUR) : last, head, last);
  return {
    sql: `${CROSSING}, ${reach.behind > 0 ? `${WAITING}, ${VISITS_AND_WAITING}` : VISITS}`,
    values: { ...range, ...asBigints({ first, head, tail, last, low, high: Math.max(high, low) }) },
  };
}

const clamped = (hour: number, least: number, most: number): number => Math.min(Math.max(hour, least), most);
const asBigints = (values: Record<string, string | number>): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? BigInt(value) : value]));

const COLUMNS = 'first, last, views, stay, entry, exit';
const PARTS = 'session, first, last, views, stay, entry, entered, exit, exited';
const INSIDE = 'site_id = $site AND first >= $from AND last < $to';

const CROSSES_BEGINNING = 'site_id = $site AND first < $from AND last >= $from';
const CROSSES_END = 'site_id = $site AND first >= $from AND first < $to AND last >= $to';

const EXTENTS = `
  SELECT (SELECT max(last) FROM summed_sessions WHERE ${CROSSES_BEGINNING}), (SELECT min(first) FROM summed_sessions WHERE ${CROSSES_END})`;

const CROSSING = `crossing AS MATERIALIZED (
    SELECT session, session_id FROM summed_sessions WHERE ${CROSSES_BEGINNING}
    UNION ALL SELECT session, session_id FROM summed_sessions WHERE ${CROSSES_END}
  )`;

const eventsOfCrossing = (low: string, high: string): string =>
  `SELECT ${SUMMED_FIELDS} FROM events WHERE site_id = $site AND ts >= ${low} AND ts < ${high} AND session_id IN ${listed('session_id', 'crossing')}`;
/** Only of the hours that they can have: DuckDB skips the blocks of all others, which may be months. */
const hoursOfCrossing = (low: string, high: string): string => `
    SELECT ${PARTS} FROM summed_session_hours
    WHERE site_id = $site AND hour >= ${low} AND hour < ${high} AND session IN ${listed('session', 'crossing')}`;
const PARTS_OF_CROSSING = `${hoursOfCrossing('$first', '$head')}
    UNION ALL ${hoursOfCrossing('$tail', '$last')}
    UNION ALL SELECT session, ${SESSION_OF_EVENTS} FROM (
      ${eventsOfCrossing('$from', '$low')} UNION ALL ${eventsOfCrossing('$high', '$to')}
    ) GROUP BY session`;

/** Of the two hours at the ends, events of sessions that cross them are read from the events, whether they wait or not. */
const WAITING = `waiting AS MATERIALIZED (
    SELECT session, ${SESSION_OF_EVENTS} FROM pending
    WHERE site_id = $site AND ts >= $from AND ts < $to AND ((ts >= $low AND ts < $high) OR session NOT IN ${listed('session', 'crossing')})
    GROUP BY session
  )`;

const merged = (parts: string): string => `
    SELECT min(first) AS first, max(last) AS last, sum(views)::BIGINT AS views, sum(stay)::BIGINT AS stay,
      arg_min(entry, entered) AS entry, arg_max(exit, exited) AS exit
    FROM (${parts}) GROUP BY session`;

const VISITS = `parts AS MATERIALIZED (${merged(PARTS_OF_CROSSING)}),
  visits AS NOT MATERIALIZED (SELECT ${COLUMNS} FROM summed_sessions WHERE ${INSIDE} UNION ALL FROM parts)`;
const VISITS_AND_WAITING = `parts AS MATERIALIZED (${merged(`${PARTS_OF_CROSSING}
    UNION ALL SELECT ${PARTS} FROM summed_sessions WHERE ${INSIDE} AND session IN ${listed('session', 'waiting')}
    UNION ALL SELECT ${PARTS} FROM waiting`)}),
  visits AS NOT MATERIALIZED (
    SELECT ${COLUMNS} FROM summed_sessions WHERE ${INSIDE} AND session NOT IN ${listed('session', 'waiting')} UNION ALL FROM parts
  )`;
