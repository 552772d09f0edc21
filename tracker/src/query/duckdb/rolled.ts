/**
 * Questions about long ranges, answered from the sums by the hour (sinks/rollup.ts) for the whole hours within, and from the events for what
 * lies around them. The same answers as from the events alone, to the last visitor. Only without filters: the sums know of none.
 */
import type { DuckDBValue } from '@duckdb/node-api';
import { DAY, HOUR } from '../../sinks/rollup';
import type { BucketCount, Scope, TopItem } from '../port';
import { bigints, number, type Values } from './conditions';
import { evenStep } from './even-step';
import type { Read } from './read';

/** Whole hours: from the first, before the last. */
interface Hours {
  first: number;
  last: number;
}

/** Fewer are counted as quickly one by one. */
const WORTHWHILE = 12;
const ATTEMPTS = 3;
const UNTIL = 'SELECT hour FROM rolled_to WHERE site_id = $site';

/**
 * Answers with `ask` over the whole hours of a range that are in the sums; null when there are too few. The first column that `ask` selects must
 * be `still`: when the sums have shrunk below those hours meanwhile, it is asked again.
 */
async function overRolled(
  read: Read,
  { site, from, to }: Pick<Scope, 'site' | 'from' | 'to'>,
  signal: AbortSignal,
  ask: (hours: Hours, values: Values) => { sql: string; values: Values } | null,
): Promise<DuckDBValue[][] | null> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const [[until] = []] = await read(UNTIL, { site }, signal);
    const hours = { first: Math.ceil(from / HOUR), last: Math.min(Math.floor(to / HOUR), number(until)) };
    if (hours.last - hours.first < WORTHWHILE) return null;
    const question = ask(hours, { site, first: BigInt(hours.first), last: BigInt(hours.last) });
    if (!question) return null;
    const rows = await read(question.sql, question.values, signal);
    // No rows at all may be the answer, or a table that is being made anew: the events know.
    if (rows.length === 0) return null;
    if (rows.every(([still]) => number(still) >= hours.last)) return rows;
  }
  return null;
}

const STILL = `(${UNTIL}) AS still`;
const ROLLED = 'site_id = $site AND hour >= $first AND hour < $last';

/** Events of the range outside of the whole hours, on both sides; those at its beginning are marked as `early`. */
const around = (columns: string, more = ''): string => `
  SELECT true AS early, ${columns} FROM events WHERE site_id = $site AND ts >= $from AND ts < $first * ${HOUR} ${more}
  UNION ALL SELECT false, ${columns} FROM events WHERE site_id = $site AND ts >= $last * ${HOUR} AND ts < $to ${more}`;

/** As a list, so that DuckDB does not take them for as many as all events, and look for all visitors among them instead of the reverse. */
const visitorsAround = (when: string): string => `(SELECT unnest((SELECT list(DISTINCT visitor) FROM around WHERE ${when})))`;

/**
 * Those around who were seen in the whole hours as well, and in which of them. Who was there just before is known by the hour seen before: a
 * number to look for. The others have to be looked for by themselves.
 */
const SEEN = `
  SELECT hour, visitor FROM rolled_visitors WHERE ${ROLLED} AND previous = $first - 1 AND visitor IN ${visitorsAround('early')}
  UNION SELECT hour, visitor FROM rolled_visitors WHERE ${ROLLED} AND visitor IN ${visitorsAround('NOT early')}`;

const bounds = ({ from, to }: Pick<Scope, 'from' | 'to'>): Values => ({ from: BigInt(from), to: BigInt(to) });

export async function rolledVisitors(read: Read, scope: Pick<Scope, 'site' | 'from' | 'to'>, signal: AbortSignal): Promise<number | null> {
  const rows = await overRolled(read, scope, signal, (_, values) => ({
    sql: `WITH around AS MATERIALIZED (SELECT DISTINCT early, md5_number(visitor_id) AS visitor FROM (${around('visitor_id')}))
      SELECT ${STILL}, (SELECT coalesce(sum(visitors), 0)::BIGINT FROM rolled_hours WHERE ${ROLLED} AND previous < $first)
        + (SELECT count(DISTINCT visitor) FROM around) - (SELECT count(DISTINCT visitor) FROM (${SEEN}))`,
    values: { ...values, ...bounds(scope) },
  }));
  return rows && number(rows[0]?.[1]);
}

/** Buckets that are whole hours in the sums, in one run of `starts`; the rest is for `raw`. */
export async function rolledSeries(
  read: Read,
  scope: Scope,
  starts: readonly number[],
  signal: AbortSignal,
  raw: (scope: Scope, starts: readonly number[]) => Promise<BucketCount[]>,
): Promise<BucketCount[] | null> {
  if (starts.some((start) => start % HOUR !== 0)) return null;
  const ends = [...starts.slice(1), scope.to];
  let [low, high] = [0, 0];
  const rows = await overRolled(read, scope, signal, ({ first, last }, values) => {
    const inside = starts.map((start, index) => start >= first * HOUR && (ends[index] ?? scope.to) <= last * HOUR);
    [low, high] = [inside.indexOf(true), inside.lastIndexOf(true) + 1];
    if (low < 0) return null;
    const hourly = starts.slice(low, high).map((start) => start / HOUR);
    const step = evenStep(hourly);
    const start = step === null ? 'b.start' : '$first + (hour - $first) // $step * $step';
    const source = step === null ? 'rolled_hours ASOF JOIN (SELECT unnest($starts) AS start) b ON hour >= b.start' : 'rolled_hours';
    return {
      sql: `SELECT ${STILL}, start, sum(views)::BIGINT, coalesce(sum(visitors) FILTER (WHERE previous < start), 0)::BIGINT
        FROM (SELECT ${start} AS start, views, visitors, previous FROM ${source} WHERE ${ROLLED}) GROUP BY start ORDER BY start`,
      values: {
        ...values,
        first: BigInt(hourly[0] ?? 0),
        last: BigInt((ends[high - 1] ?? 0) / HOUR),
        ...(step === null ? { starts: bigints(hourly) } : { step: BigInt(step) }),
      },
    };
  });
  if (!rows) return null;
  const before = low > 0 ? await raw({ ...scope, to: starts[low] ?? scope.to }, starts.slice(0, low)) : [];
  const after = high < starts.length ? await raw({ ...scope, from: starts[high] ?? scope.from }, starts.slice(high)) : [];
  const rolled = rows.map(([, start, views, visitors]) => ({
    start: number(start) * HOUR,
    views: number(views),
    visitors: number(visitors),
  }));
  return [...before, ...rolled, ...after];
}

/** Whole days by the day, the hours before and after them by the hour. Numbers of our own, not of the request. */
function pagesOf({ first, last }: Hours): string {
  const days = { first: Math.ceil(first / DAY), last: Math.floor(last / DAY) };
  const columns = 'path, previous, visitors, views, dwell';
  const hours = (from: number, to: number) =>
    `SELECT ${columns} FROM rolled_pages WHERE site_id = $site AND hour >= ${from} AND hour < ${to}`;
  if (days.last <= days.first) return hours(first, last);
  return `${hours(first, days.first * DAY)}
    UNION ALL SELECT ${columns} FROM rolled_page_days WHERE site_id = $site AND day >= ${days.first} AND day < ${days.last}
    UNION ALL ${hours(days.last * DAY, last)}`;
}

export async function rolledPages(read: Read, scope: Scope, limit: number, signal: AbortSignal): Promise<TopItem[] | null> {
  const rows = await overRolled(read, scope, signal, (hours, values) => ({
    sql: `WITH around AS MATERIALIZED (${around('path, md5_number(visitor_id) AS visitor, event_name, dwell_ms', "AND path <> ''")}),
    sums AS MATERIALIZED (
      SELECT path, sum(views)::BIGINT AS views, sum(dwell)::BIGINT AS dwell, sum(visitors)::BIGINT AS visitors FROM (
        SELECT path, sum(views) AS views, sum(dwell) AS dwell, sum(CASE WHEN previous < $first THEN visitors ELSE 0 END) AS visitors
        FROM (${pagesOf(hours)}) GROUP BY path
        UNION ALL
        SELECT path, count(*) FILTER (WHERE event_name = 'view'), coalesce(sum(dwell_ms) FILTER (WHERE event_name = 'dwell'), 0), 0
        FROM around GROUP BY path
      ) GROUP BY path HAVING sum(views) > 0 OR sum(dwell) > 0
    ),
    -- Of pages with as many views as the last one shown, visitors decide: those have to be counted too.
    shown AS MATERIALIZED (
      FROM sums WHERE views >= (SELECT min(views) FROM (SELECT views FROM sums ORDER BY views DESC LIMIT $limit))
    ),
    pairs AS MATERIALIZED (SELECT DISTINCT early, path, visitor FROM around WHERE path IN (SELECT path FROM shown)),
    again AS (
      SELECT path, visitor FROM rolled_page_visitors
      WHERE ${ROLLED} AND previous = $first - 1 AND visitor IN ${visitorsAround('early')}
        AND (path, visitor) IN (SELECT path, visitor FROM pairs WHERE early)
      UNION SELECT path, visitor FROM rolled_page_visitors
      WHERE ${ROLLED} AND (hour, visitor) IN (
        SELECT hour, visitor FROM rolled_visitors WHERE ${ROLLED} AND visitor IN ${visitorsAround('NOT early')}
      ) AND (path, visitor) IN (SELECT path, visitor FROM pairs WHERE NOT early)
    ),
    more AS (
      SELECT path, sum(visitors)::BIGINT AS visitors FROM (
        SELECT path, count(DISTINCT visitor) AS visitors FROM pairs GROUP BY path UNION ALL SELECT path, -count(*) FROM again GROUP BY path
      ) GROUP BY path
    )
    SELECT ${STILL}, path, views, shown.visitors + coalesce(more.visitors, 0) AS visitors, dwell
    FROM shown LEFT JOIN more USING (path) ORDER BY views DESC, visitors DESC, path LIMIT $limit`,
    values: { ...values, ...bounds(scope), limit },
  }));
  if (!rows) return null;
  return rows.map(([, path, views, visitors, dwell]) => ({
    value: String(path),
    views: number(views),
    visitors: number(visitors),
    dwellMs: number(dwell),
  }));
}
