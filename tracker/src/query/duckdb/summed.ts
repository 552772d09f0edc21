/**
 * Questions about long ranges, answered from the sums (sinks/sums/tables.ts) for the whole hours within, from the events that wait for the sums,
 * and from the events of the two hours that the range begins and ends within. The same answers as from the events alone, to the last visitor.
 * Only without filters: the sums know of none.
 */
import { listValue } from '@duckdb/node-api';
import { DAY, HOUR, NEVER, PAIR, SUMMED_FIELDS } from '../../sinks/sums/tables';
import { byCodePoint } from '../code-points';
import type { BucketCount, Scope, TopItem } from '../port';
import { bigints, number, type Values } from './conditions';
import { evenStep } from './even-step';
import type { Rows } from './snapshot';

/** How far the sums of a site go. */
export interface Reach {
  /** Events of this hour and later are in no sums, and do not wait for them. */
  hour: number;
  /** Events of the site that are in no sums yet. */
  behind: number;
}

export async function reachOf(rows: Rows, site: string): Promise<Reach> {
  const [[hour, unsummed, pending] = []] = await rows(
    `SELECT (SELECT hour FROM unsummed WHERE site_id = $site), (SELECT events FROM unsummed WHERE site_id = $site),
      (SELECT count(*) FROM pending WHERE site_id = $site)`,
    { site },
  );
  return { hour: typeof hour === 'number' ? hour : NEVER, behind: number(unsummed) + number(pending) };
}

/** Whole hours: from the first, before the last. */
export interface Hours {
  first: number;
  last: number;
}

/** Fewer are counted as quickly one by one. */
const WORTHWHILE = 12;

export function wholeHours({ from, to }: Pick<Scope, 'from' | 'to'>, reach: Reach): Hours | null {
  const hours = { first: Math.ceil(from / HOUR), last: Math.min(Math.floor(to / HOUR), reach.hour) };
  return hours.last - hours.first < WORTHWHILE ? null : hours;
}

type Range = Pick<Scope, 'site' | 'from' | 'to'>;

const SUMMED = 'site_id = $site AND hour >= $first AND hour < $last';
/** The first row of each visitor within the hours. */
const FIRST_SEEN = `${SUMMED} AND previous < $first`;

/** Events of the range that the sums of its whole hours do not hold: of the hours at both ends, and those that wait. */
const loose = (columns: string): string => `
  SELECT ${columns} FROM pending WHERE site_id = $site AND ts >= $low AND ts < $high
  UNION ALL SELECT ${columns} FROM (SELECT ${SUMMED_FIELDS} FROM events WHERE site_id = $site AND ts >= $from AND ts < $low)
  UNION ALL SELECT ${columns} FROM (SELECT ${SUMMED_FIELDS} FROM events WHERE site_id = $site AND ts >= $high AND ts < $to)`;

/** As a list, so that DuckDB takes them for few, and looks for them among all visitors or sessions instead of the reverse. */
export const listed = (column: string, table: string): string => `(SELECT unnest((SELECT list(DISTINCT ${column}) FROM ${table})))`;

const boundsOf = ({ site, from, to }: Range, { first, last }: Hours): Values => ({
  site,
  from: BigInt(from),
  to: BigInt(to),
  low: BigInt(first * HOUR),
  high: BigInt(last * HOUR),
});
const valuesOf = (range: Range, hours: Hours): Values => ({
  ...boundsOf(range, hours),
  first: BigInt(hours.first),
  last: BigInt(hours.last),
});

export async function summedVisitors(rows: Rows, range: Range, hours: Hours): Promise<number> {
  const [[visitors] = []] = await rows(
    `WITH loose AS MATERIALIZED (SELECT DISTINCT visitor FROM (${loose('visitor')}))
    SELECT (SELECT coalesce(sum(visitors), 0)::BIGINT FROM summed_hour_visitors WHERE ${FIRST_SEEN}) + (SELECT count(*) FROM loose)
      - (SELECT count(*) FROM summed_visitors WHERE ${FIRST_SEEN} AND visitor IN ${listed('visitor', 'loose')})`,
    valuesOf(range, hours),
  );
  return number(visitors);
}

/** Null where a bucket does not begin with an hour. */
export async function summedSeries(rows: Rows, range: Range, hours: Hours, starts: readonly number[]): Promise<BucketCount[] | null> {
  if (starts.some((start) => start % HOUR !== 0)) return null;
  const hourly = starts.map((start) => start / HOUR);
  const step = evenStep(hourly);
  // Even buckets are a division; of days and months with a change of clocks in them each hour has its bucket in a list.
  const start = step === null ? 'start' : '$zero + (hour - $zero) // $step * $step';
  const bucketed = step === null ? ' JOIN buckets USING (hour)' : '';
  const buckets = `buckets AS MATERIALIZED (
    SELECT h.hour, b.start FROM (SELECT unnest(range($zero, $end)) AS hour) h ASOF JOIN (SELECT unnest($starts) AS start) b ON h.hour >= b.start
  ),`;
  const zero = hourly[0] ?? 0;
  const found = await rows(
    `WITH ${step === null ? buckets : ''}
    loose AS MATERIALIZED (
      SELECT ${start} AS start, visitor, views FROM (
        SELECT (ts // ${HOUR})::BIGINT AS hour, visitor, count(*) FILTER (WHERE view) AS views FROM (${loose('ts, visitor, view')}) GROUP BY ALL
      )${bucketed}
    ),
    seen AS (SELECT ${start} AS start, visitor, previous FROM (FROM summed_visitors WHERE ${SUMMED})${bucketed})
    SELECT start, sum(views)::BIGINT, sum(visitors)::BIGINT AS visitors FROM (
      SELECT ${start} AS start, views, 0 AS visitors FROM (FROM summed_hours WHERE ${SUMMED})${bucketed}
      UNION ALL SELECT start, 0, sum(visitors) FILTER (WHERE previous < greatest(start, $first))
        FROM (SELECT ${start} AS start, previous, visitors FROM (FROM summed_hour_visitors WHERE ${SUMMED})${bucketed}) GROUP BY start
      UNION ALL SELECT start, sum(views), count(DISTINCT visitor) FROM loose GROUP BY start
      UNION ALL SELECT start, 0, -count(*) FROM seen
        WHERE start IN (SELECT start FROM loose) AND previous < greatest(start, $first) AND (start, visitor) IN (SELECT start, visitor FROM loose)
        GROUP BY start
    ) GROUP BY start HAVING sum(visitors) > 0 ORDER BY start`,
    {
      ...valuesOf(range, hours),
      zero: BigInt(zero),
      ...(step === null ? { starts: bigints(hourly), end: BigInt(Math.min(Math.ceil(range.to / HOUR), NEVER)) } : { step: BigInt(step) }),
    },
  );
  return found.map(([at, views, visitors]) => ({ start: number(at) * HOUR, views: number(views), visitors: number(visitors) }));
}

/** Rows of whole days by the day, of the hours before and after them by the hour. Numbers of our own, not of the request. */
function byDays({ first, last }: Hours, ofHours: string, ofDays: string): string {
  const days = { first: Math.ceil(first / DAY), last: Math.floor(last / DAY) };
  const hours = (from: number, to: number) => `${ofHours} AND site_id = $site AND hour >= ${from} AND hour < ${to}`;
  if (days.last <= days.first) return hours(first, last);
  return `${hours(first, days.first * DAY)}
    UNION ALL ${ofDays} AND site_id = $site AND day >= ${days.first} AND day < ${days.last}
    UNION ALL ${hours(days.last * DAY, last)}`;
}

const pagesOf = (hours: Hours): string =>
  byDays(hours, 'SELECT page, views, dwell FROM summed_pages WHERE true', 'SELECT page, views, dwell FROM summed_page_days WHERE true');

/** Of these pages, whoever was on them for the first time within the hours. */
const visitorsOf = (hours: Hours, among: string): string =>
  byDays(
    hours,
    `SELECT page, 1 AS visitors FROM summed_page_visitors WHERE previous < $first AND ${among}`,
    `SELECT page, visitors FROM summed_page_day_visitors WHERE previous < $first AND ${among}`,
  );

const LOOSE_PAGES = `loose AS MATERIALIZED (SELECT * FROM (${loose('visitor, path, view, dwell')}) WHERE path IS NOT NULL)`;

export async function summedPages(rows: Rows, range: Range, hours: Hours, limit: number): Promise<TopItem[]> {
  const bounds = boundsOf(range, hours);
  const shown = await rows(
    `WITH ${LOOSE_PAGES},
    sums AS MATERIALIZED (
      SELECT path, sum(views)::BIGINT AS views, sum(dwell)::BIGINT AS dwell FROM (
        SELECT path, views, dwell
        FROM (SELECT page, sum(views) AS views, sum(dwell) AS dwell FROM (${pagesOf(hours)}) GROUP BY page) JOIN summed_paths USING (page)
        UNION ALL SELECT path, count(*) FILTER (WHERE view), coalesce(sum(dwell), 0) FROM loose GROUP BY path
      ) GROUP BY path HAVING sum(views) > 0 OR sum(dwell) > 0
    )
    -- Of pages with as many views as the last one shown, visitors decide: those have to be counted too.
    SELECT path, page, views, dwell FROM sums LEFT JOIN summed_paths USING (path)
    WHERE views >= (SELECT min(views) FROM (SELECT views FROM sums ORDER BY views DESC LIMIT $limit))`,
    { ...bounds, limit },
  );
  if (shown.length === 0) return [];
  const pages = shown.flatMap(([, page]) => (typeof page === 'number' ? [page] : []));
  // Few numbers let DuckDB skip what has none of them; our own, not of the request.
  const among = pages.length === 0 ? 'false' : `page IN (${pages.join(', ')})`;
  const counted = await rows(
    `WITH ${LOOSE_PAGES},
    shown AS MATERIALIZED (SELECT unnest($paths) AS path),
    pairs AS MATERIALIZED (SELECT DISTINCT path, visitor, ${PAIR} AS pair FROM loose WHERE path IN (SELECT path FROM shown)),
    -- A page of theirs can only be in the hours that they themselves are in: far fewer rows to look at.
    theirs AS MATERIALIZED (SELECT DISTINCT hour FROM summed_visitors WHERE ${SUMMED} AND visitor IN ${listed('visitor', 'pairs')}),
    again AS (
      SELECT page FROM summed_page_visitors
      WHERE ${FIRST_SEEN} AND hour IN (SELECT hour FROM theirs) AND visitor IN ${listed('pair', 'pairs')}
    )
    SELECT path, count(*) FROM pairs GROUP BY path
    UNION ALL SELECT path, visitors FROM (
      SELECT page, sum(visitors)::BIGINT AS visitors FROM (${visitorsOf(hours, among)} UNION ALL SELECT page, -1 FROM again) GROUP BY page
    ) JOIN summed_paths USING (page)`,
    { ...valuesOf(range, hours), paths: listValue(shown.map(([path]) => String(path))) },
  );
  const visitors = new Map<string, number>();
  for (const [path, count] of counted) visitors.set(String(path), (visitors.get(String(path)) ?? 0) + number(count));
  return shown
    .map(([path, , views, dwell]) => ({
      value: String(path),
      views: number(views),
      visitors: visitors.get(String(path)) ?? 0,
      dwellMs: number(dwell),
    }))
    .sort((one, other) => other.views - one.views || other.visitors - one.visitors || byCodePoint(one.value, other.value))
    .slice(0, limit);
}
