/** Moves events into the sums. All of it within a transaction of the one who writes. */
import { type DuckDBConnection, INTEGER } from '@duckdb/node-api';
import { DAY, HOUR, OF_A_SITE, PAIR, SESSION_OF_EVENTS, SESSION_TABLES, SUMMED_FIELDS } from './tables';

/** For the events in `accepted`, which are being stored: they wait for the sums, but for those that catching up will come to. */
const AWAIT = `
  INSERT INTO pending SELECT ${SUMMED_FIELDS} FROM accepted a
  WHERE ${OF_A_SITE} AND NOT EXISTS (FROM unsummed u WHERE u.site_id = a.site_id AND a.ts >= u.hour::BIGINT * ${HOUR})`;
const COUNT_UNSUMMED = `
  UPDATE unsummed SET events = events + (
    SELECT count(*) FROM accepted a WHERE a.site_id = unsummed.site_id AND a.ts >= unsummed.hour::BIGINT * ${HOUR}
  )`;

export async function awaitSums(connection: DuckDBConnection): Promise<void> {
  await connection.run(AWAIT);
  await connection.run(COUNT_UNSUMMED);
}

/** Events that are in no sums yet. */
export interface Behind {
  /** That wait in `pending`. */
  pending: number;
  /** That catching up will come to. */
  unsummed: number;
}

export async function behindOf(connection: DuckDBConnection): Promise<Behind> {
  const counted = await connection.runAndReadAll(
    'SELECT (SELECT count(*) FROM pending), (SELECT coalesce(sum(events), 0)::BIGINT FROM unsummed)',
  );
  const [pending, unsummed] = counted.getRows()[0] ?? [];
  return { pending: Number(pending), unsummed: Number(unsummed) };
}

export async function foldPending(connection: DuckDBConnection): Promise<void> {
  await connection.run(`INSERT INTO folding SELECT *, (ts // ${HOUR})::INTEGER FROM pending`);
  await connection.run('DELETE FROM pending');
  await fold(connection);
}

/** A portion of the events that no sums were ever made of: of the site that has most of them. */
export async function catchUp(connection: DuckDBConnection, portion: number): Promise<void> {
  const found = await connection.runAndReadAll('SELECT site_id, hour FROM unsummed ORDER BY events DESC, site_id LIMIT 1');
  const [site, first] = found.getRows()[0] ?? [];
  if (typeof site !== 'string') return;
  const hours = await connection.runAndReadAll(
    `SELECT (ts // ${HOUR})::INTEGER AS hour, count(*) FROM events WHERE site_id = $site AND ts >= $first::BIGINT * ${HOUR} GROUP BY hour ORDER BY hour`,
    { site, first: Number(first) },
  );
  let [taken, left, end] = [0, 0, Number(first)];
  for (const [hour, events] of hours.getRows()) {
    // One hour at least, whatever is in it.
    if (left > 0 || (taken > 0 && taken + Number(events) > portion)) left += Number(events);
    else [taken, end] = [taken + Number(events), Number(hour) + 1];
  }
  await connection.run(
    `INSERT INTO folding SELECT ${SUMMED_FIELDS}, (ts // ${HOUR})::INTEGER FROM events
    WHERE site_id = $site AND ts >= $first::BIGINT * ${HOUR} AND ts < $end::BIGINT * ${HOUR}`,
    { site, first: Number(first), end },
    { first: INTEGER, end: INTEGER },
  );
  await fold(connection);
  if (left === 0) await connection.run('DELETE FROM unsummed WHERE site_id = $site', { site });
  else await connection.run('UPDATE unsummed SET hour = $end, events = $left WHERE site_id = $site', { site, end, left: BigInt(left) });
}

/** What is in `folding`. */
async function fold(connection: DuckDBConnection): Promise<void> {
  await connection.run(NUMBER_PATHS);
  await link(connection, 'summed_visitors', 'SELECT DISTINCT site_id, hour, NULL::INTEGER AS page, visitor FROM folding');
  await link(
    connection,
    'summed_page_visitors',
    `SELECT DISTINCT site_id, hour, page, ${PAIR} AS visitor FROM folding JOIN summed_paths USING (path)`,
  );
  for (const statement of countsOf('folding', '+')) await connection.run(statement);
  for (const statement of SESSIONS) await connection.run(statement);
  await connection.run('DELETE FROM folding');
}

/** Visitors that an hour did not have yet become rows of it, each between those of the same visitor's hours before and after. */
async function link(connection: DuckDBConnection, table: 'summed_visitors' | 'summed_page_visitors', seen: string): Promise<void> {
  const page = table === 'summed_visitors' ? 'NULL' : 'page';
  const columns = table === 'summed_visitors' ? 'site_id, hour, visitor, previous' : 'site_id, hour, page, visitor, previous';
  await connection.run('DELETE FROM linked');
  await connection.run(
    `INSERT INTO linked
    WITH seen AS MATERIALIZED (${seen}),
    known AS MATERIALIZED (SELECT site_id, hour, ${page} AS page, visitor, previous FROM ${table} WHERE visitor IN (SELECT visitor FROM seen)),
    fresh AS MATERIALIZED (FROM seen ANTI JOIN known USING (visitor, hour))
    SELECT site_id, hour, page, visitor, was, coalesce(lag(hour) OVER (PARTITION BY visitor ORDER BY hour), -1) AS previous
    FROM (
      SELECT site_id, hour, page, visitor, NULL::INTEGER AS was FROM fresh
      UNION ALL SELECT site_id, hour, page, visitor, previous FROM known WHERE visitor IN (SELECT visitor FROM fresh)
    )
    QUALIFY was IS DISTINCT FROM previous`,
  );
  await connection.run(
    `UPDATE ${table} SET previous = linked.previous FROM linked
    WHERE linked.was IS NOT NULL AND ${table}.visitor = linked.visitor AND ${table}.hour = linked.hour`,
  );
  await connection.run(`INSERT INTO ${table} SELECT ${columns} FROM linked WHERE was IS NULL ORDER BY hour, page`);
  await countVisitors(
    connection,
    table,
    'SELECT site_id, hour, page, previous, 1 AS n FROM linked UNION ALL SELECT site_id, hour, page, was, -1 FROM linked WHERE was IS NOT NULL',
  );
  await connection.run('DELETE FROM linked');
}

/** `changes`: rows with `n` more or less of them. */
export async function countVisitors(
  connection: DuckDBConnection,
  table: 'summed_visitors' | 'summed_page_visitors',
  changes: string,
): Promise<void> {
  const byDay = table === 'summed_page_visitors';
  const keys = byDay ? ['day', 'page', 'previous'] : ['hour', 'previous'];
  const of = byDay
    ? `SELECT site_id, hour // ${DAY} AS day, page, previous, n FROM (${changes}) WHERE previous < hour // ${DAY} * ${DAY}`
    : changes;
  await connection.run(
    `MERGE INTO ${byDay ? 'summed_page_day_visitors' : 'summed_hour_visitors'} s USING (
      SELECT site_id, ${keys.join(', ')}, sum(n)::BIGINT AS visitors FROM (${of}) GROUP BY ALL HAVING sum(n) <> 0 ORDER BY ${keys.join(', ')}
    ) d ON ${keys.map((key) => `s.${key} = d.${key}`).join(' AND ')} AND s.site_id = d.site_id
    WHEN MATCHED THEN UPDATE SET visitors = s.visitors + d.visitors
    WHEN NOT MATCHED THEN INSERT VALUES (d.site_id, ${keys.map((key) => `d.${key}`).join(', ')}, d.visitors)`,
  );
}

const NUMBER_PATHS = `
  INSERT INTO summed_paths
  SELECT (SELECT coalesce(max(page), 0) FROM summed_paths) + row_number() OVER (ORDER BY path), path
  FROM (SELECT DISTINCT path FROM folding WHERE path IS NOT NULL AND path NOT IN (SELECT path FROM summed_paths))`;

const PAGE_FIGURES = 'count(*) FILTER (WHERE view) AS views, coalesce(sum(dwell), 0)::BIGINT AS dwell';

/** Views and dwell of what is in a table, added or taken off. */
export function countsOf(table: 'folding' | 'erased', sign: '+' | '-'): string[] {
  const pages = (into: string, unit: string, expression: string) => `
    MERGE INTO ${into} s USING (
      SELECT site_id, ${expression} AS ${unit}, page, ${PAGE_FIGURES} FROM ${table} JOIN summed_paths USING (path) GROUP BY ALL ORDER BY ${unit}, page
    ) d ON s.page = d.page AND s.${unit} = d.${unit} AND s.site_id = d.site_id
    WHEN MATCHED THEN UPDATE SET views = s.views ${sign} d.views, dwell = s.dwell ${sign} d.dwell
    WHEN NOT MATCHED THEN INSERT VALUES (d.site_id, d.${unit}, d.page, ${sign} d.views, ${sign} d.dwell)`;
  return [
    `MERGE INTO summed_hours s USING (SELECT site_id, hour, count(*) FILTER (WHERE view) AS views FROM ${table} GROUP BY ALL ORDER BY hour) d
    ON s.site_id = d.site_id AND s.hour = d.hour
    WHEN MATCHED THEN UPDATE SET views = s.views ${sign} d.views
    WHEN NOT MATCHED THEN INSERT VALUES (d.site_id, d.hour, ${sign} d.views)`,
    pages('summed_pages', 'hour', 'hour'),
    pages('summed_page_days', 'day', `hour // ${DAY}`),
  ];
}

const SESSIONS = SESSION_TABLES.map(
  ({ table, key, columns }) => `
  MERGE INTO ${table} s USING (SELECT ${columns}, ${SESSION_OF_EVENTS} FROM folding GROUP BY ${key.join(', ')} ORDER BY first) d
  ON ${key.map((column) => `s.${column} = d.${column}`).join(' AND ')}
  WHEN MATCHED THEN UPDATE SET first = least(s.first, d.first), last = greatest(s.last, d.last), views = s.views + d.views,
    stay = CASE WHEN s.stay IS NULL THEN d.stay ELSE s.stay + coalesce(d.stay, 0) END,
    entry = CASE WHEN s.entered IS NULL OR d.entered < s.entered THEN d.entry ELSE s.entry END, entered = least(s.entered, d.entered),
    exit = CASE WHEN s.exited IS NULL OR d.exited >= s.exited THEN d.exit ELSE s.exit END, exited = greatest(s.exited, d.exited)
  WHEN NOT MATCHED THEN INSERT BY NAME`,
);
