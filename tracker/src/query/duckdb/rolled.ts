/**
 * Questions about long ranges, answered from the sums by the hour (sinks/rollup.ts) for the whole hours within, and from the events for what
 * lies around them. The same answers as from the events alone, to the last visitor. Only without filters: the sums know of none.
 */
import type { DuckDBValue } from '@duckdb/node-api';
import { HOUR } from '../../sinks/rollup';
import type { BucketCount, Scope, TopItem } from '../port';
import { bigints, number, type Values } from './conditions';
import type { Read } from './read';

/** Whole hours: from the first, before the last. */
interface Hours {
  first: number;
  last: number;
}

/** Fewer are counted as quickly one by one. */
const WORTHWHILE = 12;
const ATTEMPTS = 3;
const UNTIL = 'SELECT hour FROM rolled_until WHERE site_id = $site';

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
    if (rows.every(([still]) => number(still) >= hours.last)) return rows;
  }
  return null;
}

const STILL = `(${UNTIL}) AS still`;
const ROLLED = 'site_id = $site AND hour >= $first AND hour < $last';

/** Events of the range outside of the whole hours, on both sides. */
const around = (columns: string, more = ''): string => `
  SELECT ${columns} FROM events WHERE site_id = $site AND ts >= $from AND ts < $first * ${HOUR} ${more}
  UNION ALL SELECT ${columns} FROM events WHERE site_id = $site AND ts >= $last * ${HOUR} AND ts < $to ${more}`;

const bounds = ({ from, to }: Pick<Scope, 'from' | 'to'>): Values => ({ from: BigInt(from), to: BigInt(to) });

export async function rolledVisitors(read: Read, scope: Pick<Scope, 'site' | 'from' | 'to'>, signal: AbortSignal): Promise<number | null> {
  const rows = await overRolled(read, scope, signal, (_, values) => ({
    sql: `SELECT ${STILL}, (SELECT coalesce(sum(visitors), 0)::BIGINT FROM rolled_hours WHERE ${ROLLED} AND previous < $first) + (
      SELECT count(*) FROM (SELECT DISTINCT md5_number(visitor_id) AS visitor FROM (${around('visitor_id')})) a
      WHERE NOT EXISTS (FROM rolled_visitors v WHERE ${ROLLED} AND v.visitor = a.visitor)
    )`,
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
    return {
      sql: `SELECT ${STILL}, start, sum(views)::BIGINT, coalesce(sum(visitors) FILTER (WHERE previous < start), 0)::BIGINT
        FROM rolled_hours ASOF JOIN (SELECT unnest($starts) AS start) b ON hour >= start WHERE ${ROLLED} GROUP BY start ORDER BY start`,
      values: {
        ...values,
        first: BigInt((starts[low] ?? 0) / HOUR),
        last: BigInt((ends[high - 1] ?? 0) / HOUR),
        starts: bigints(starts.slice(low, high).map((start) => start / HOUR)),
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

export async function rolledPages(read: Read, scope: Scope, limit: number, signal: AbortSignal): Promise<TopItem[] | null> {
  const rows = await overRolled(read, scope, signal, (_, values) => ({
    sql: `WITH around AS MATERIALIZED (${around('path, md5_number(visitor_id) AS visitor, event_name, dwell_ms', "AND path <> ''")}),
    sums AS MATERIALIZED (
      SELECT path, sum(views)::BIGINT AS views, sum(dwell)::BIGINT AS dwell, sum(visitors)::BIGINT AS visitors FROM (
        SELECT path, sum(views) AS views, sum(dwell) AS dwell, coalesce(sum(visitors) FILTER (WHERE previous < $first), 0) AS visitors
        FROM rolled_pages WHERE ${ROLLED} GROUP BY path
        UNION ALL
        SELECT path, count(*) FILTER (WHERE event_name = 'view'), coalesce(sum(dwell_ms) FILTER (WHERE event_name = 'dwell'), 0), 0
        FROM around GROUP BY path
      ) GROUP BY path HAVING sum(views) > 0 OR sum(dwell) > 0
    ),
    -- Of pages with as many views as the last one shown, visitors decide: those have to be counted too.
    shown AS MATERIALIZED (
      FROM sums WHERE views >= (SELECT min(views) FROM (SELECT views FROM sums ORDER BY views DESC LIMIT $limit))
    ),
    more AS (
      SELECT path, count(*) AS visitors FROM (SELECT DISTINCT path, visitor FROM around WHERE path IN (SELECT path FROM shown)) a
      WHERE NOT EXISTS (FROM rolled_page_visitors v WHERE ${ROLLED} AND v.path = a.path AND v.visitor = a.visitor) GROUP BY path
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
