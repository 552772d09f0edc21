/**
 * Sums by the hour, so that questions about long ranges need not look at every event. For each site all hours before `rolled_to` are in them,
 * made from the events alone; whatever changes events of such an hour (a late one, an erasure) moves `rolled_to` back in the same
 * transaction, and what lies behind it counts for nothing until it is made anew. So sums and events never disagree.
 *
 * Distinct visitors of a range cannot be added up from those of its hours. But with the hour in which each visitor was seen before they can:
 * those of the hours from a to b are all whose previous hour is before a.
 *
 * Visitors are kept as the 128 bits of an MD5: as many as their ids have, smaller, and quicker to compare.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import { BIGINT, INTEGER, LIST, listValue, VARCHAR } from '@duckdb/node-api';

export const HOUR = 3_600_000;
/** In hours. */
export const DAY = 24;
/** Later than any hour. */
const NEVER = 2_147_483_647;

export const ROLLUP_SCHEMA = [
  'CREATE TABLE IF NOT EXISTS rolled_to (site_id VARCHAR PRIMARY KEY, hour INTEGER NOT NULL)',
  'CREATE TABLE IF NOT EXISTS rolled_visitors (site_id VARCHAR, hour INTEGER, visitor UHUGEINT, previous INTEGER)',
  'CREATE TABLE IF NOT EXISTS rolled_hours (site_id VARCHAR, hour INTEGER, previous INTEGER, visitors INTEGER, views INTEGER)',
  'CREATE TABLE IF NOT EXISTS rolled_page_visitors (site_id VARCHAR, hour INTEGER, path VARCHAR, visitor UHUGEINT, previous INTEGER)',
  'CREATE TABLE IF NOT EXISTS rolled_pages (site_id VARCHAR, hour INTEGER, path VARCHAR, previous INTEGER, visitors INTEGER, views INTEGER, dwell BIGINT)',
  'CREATE TABLE IF NOT EXISTS rolled_page_days (site_id VARCHAR, day INTEGER, path VARCHAR, previous INTEGER, visitors INTEGER, views INTEGER, dwell BIGINT)',
];
const TABLES = ['rolled_visitors', 'rolled_hours', 'rolled_page_visitors', 'rolled_pages'] as const;

/** Events that are taken into the sums in one go, about: the sink waits for as long. */
const PORTION = 500_000;
/** Clients are late by a little all the time: an hour is left alone for as long after its end. */
const SETTLED = 10 * 60_000;

/** For the events in `arriving`: the sums end before the oldest of them. */
export const LOWER = `
  UPDATE rolled_to SET hour = a.hour
  FROM (SELECT site_id, (min(ts) // ${HOUR})::INTEGER AS hour FROM arriving GROUP BY site_id) a
  WHERE rolled_to.site_id = a.site_id AND a.hour < rolled_to.hour`;

/** Before the events of these visitors are deleted. */
export async function lowerForErasure(connection: DuckDBConnection, site: string, visitors: readonly string[]): Promise<void> {
  const values = { site, visitors: listValue(visitors) };
  const types = { visitors: LIST(VARCHAR) };
  await connection.run(
    `UPDATE rolled_to SET hour = e.hour
    FROM (SELECT (min(ts) // ${HOUR})::INTEGER AS hour FROM events WHERE site_id = $site AND list_contains($visitors, visitor_id)) e
    WHERE site_id = $site AND e.hour < rolled_to.hour`,
    values,
    types,
  );
  for (const table of ['rolled_visitors', 'rolled_page_visitors'])
    await connection.run(`DELETE FROM ${table} WHERE site_id = $site AND visitor IN (SELECT md5_number(unnest($visitors)))`, values, types);
}

/** Takes settled hours into the sums, a portion of each site; true when there are more. Within a transaction of the one who writes. */
export async function rollUp(connection: DuckDBConnection, now: number): Promise<boolean> {
  const settled = Math.floor((now - SETTLED) / HOUR);
  // Records of what was dropped stand under a name that no site has.
  const sites = await connection.runAndReadAll("SELECT DISTINCT site_id FROM events WHERE NOT contains(site_id, '/')");
  let more = false;
  for (const [site] of sites.getRows()) if (await rollUpSite(connection, String(site), settled)) more = true;
  return more;
}

async function rollUpSite(connection: DuckDBConnection, site: string, settled: number): Promise<boolean> {
  const known = await connection.runAndReadAll(
    `SELECT coalesce((SELECT hour FROM rolled_to WHERE site_id = $site), (SELECT min(ts) // ${HOUR} FROM events WHERE site_id = $site))`,
    { site },
  );
  const first = Number(known.getRows()[0]?.[0] ?? settled);
  if (first >= settled) return false;
  const last = await endOfPortion(connection, site, first, settled);
  const values = { site, first, last, from: BigInt(first * HOUR), to: BigInt(last * HOUR) };
  const types = { first: INTEGER, last: INTEGER, from: BIGINT, to: BIGINT };
  for (const table of TABLES)
    await connection.run(`DELETE FROM ${table} WHERE site_id = $site AND hour >= $first`, pick(values, 'site', 'first'), types);
  for (const statement of ROLL) await connection.run(statement, values, types);
  await rollUpDays(connection, site, first, last);
  await connection.run(
    'INSERT INTO rolled_to VALUES ($site, $last) ON CONFLICT (site_id) DO UPDATE SET hour = excluded.hour',
    pick(values, 'site', 'last'),
    types,
  );
  return last < settled;
}

async function endOfPortion(connection: DuckDBConnection, site: string, first: number, settled: number): Promise<number> {
  const hours = await connection.runAndReadAll(
    `SELECT (ts // ${HOUR})::INTEGER AS hour, count(*) FROM events WHERE site_id = $site AND ts >= $from AND ts < $to GROUP BY hour ORDER BY hour`,
    { site, from: BigInt(first * HOUR), to: BigInt(settled * HOUR) },
    { from: BIGINT, to: BIGINT },
  );
  let events = 0;
  for (const [hour, count] of hours.getRows()) {
    events += Number(count);
    if (events > PORTION) return Math.max(Number(hour), first + 1);
  }
  return settled;
}

/** Pages of whole days (in UTC): a tenth of the rows. */
async function rollUpDays(connection: DuckDBConnection, site: string, first: number, last: number): Promise<void> {
  const days = { site, first: Math.floor(first / DAY), last: Math.floor(last / DAY) };
  const types = { first: INTEGER, last: INTEGER };
  await connection.run('DELETE FROM rolled_page_days WHERE site_id = $site AND day >= $first', pick(days, 'site', 'first'), types);
  await connection.run(
    `INSERT INTO rolled_page_days
    SELECT $site, hour // ${DAY} AS day, path,
      -- Who was there before on the same day counts for no range that has the whole day.
      CASE WHEN previous >= hour // ${DAY} * ${DAY} THEN ${NEVER} ELSE previous END AS before, sum(visitors), sum(views), sum(dwell)
    FROM rolled_pages WHERE site_id = $site AND hour >= $first * ${DAY} AND hour < $last * ${DAY} GROUP BY day, path, before ORDER BY day, path`,
    days,
    types,
  );
}

const SCOPE = 'site_id = $site AND ts >= $from AND ts < $to';
const ROLLED = 'site_id = $site AND hour >= $first AND hour < $last';
const AT = `(ts // ${HOUR})::INTEGER AS hour, md5_number(visitor_id) AS visitor`;

/** Each in turn; -1 stands for nobody before. */
const ROLL = [
  `INSERT INTO rolled_visitors
  WITH fresh AS MATERIALIZED (SELECT DISTINCT ${AT} FROM events WHERE ${SCOPE}),
  before AS (
    SELECT visitor, max(hour) AS hour FROM rolled_visitors WHERE site_id = $site AND hour < $first AND visitor IN (SELECT visitor FROM fresh)
    GROUP BY visitor
  )
  SELECT $site, f.hour, f.visitor, coalesce(lag(f.hour) OVER (PARTITION BY f.visitor ORDER BY f.hour), b.hour, -1)
  FROM fresh f LEFT JOIN before b ON b.visitor = f.visitor WHERE $last > $first ORDER BY f.hour`,

  `INSERT INTO rolled_hours
  SELECT $site, hour, previous, count(*), sum(views) FROM
    (SELECT ${AT}, count(*) FILTER (WHERE event_name = 'view') AS views FROM events WHERE ${SCOPE} GROUP BY ALL) e
    JOIN (SELECT hour, visitor, previous FROM rolled_visitors WHERE ${ROLLED}) v USING (hour, visitor)
  GROUP BY hour, previous ORDER BY hour`,

  `INSERT INTO rolled_page_visitors
  WITH fresh AS MATERIALIZED (SELECT DISTINCT ${AT}, path FROM events WHERE ${SCOPE} AND path <> ''),
  before AS (
    SELECT path, visitor, max(hour) AS hour FROM rolled_page_visitors
    WHERE site_id = $site AND hour < $first AND visitor IN (SELECT visitor FROM fresh) GROUP BY path, visitor
  )
  SELECT $site, f.hour, f.path, f.visitor, coalesce(lag(f.hour) OVER (PARTITION BY f.path, f.visitor ORDER BY f.hour), b.hour, -1)
  FROM fresh f LEFT JOIN before b ON b.path = f.path AND b.visitor = f.visitor WHERE $last > $first ORDER BY f.hour, f.path`,

  `INSERT INTO rolled_pages
  SELECT $site, hour, path, previous, count(*), sum(views), coalesce(sum(dwell), 0) FROM
    (
      SELECT ${AT}, path, count(*) FILTER (WHERE event_name = 'view') AS views, sum(dwell_ms) FILTER (WHERE event_name = 'dwell') AS dwell
      FROM events WHERE ${SCOPE} AND path <> '' GROUP BY ALL
    ) e
    JOIN (SELECT hour, path, visitor, previous FROM rolled_page_visitors WHERE ${ROLLED}) v USING (hour, path, visitor)
  GROUP BY hour, path, previous ORDER BY hour, path`,
];

function pick<T extends object, Name extends keyof T>(values: T, ...names: Name[]): Pick<T, Name> {
  return Object.fromEntries(names.map((name) => [name, values[name]])) as Pick<T, Name>;
}
