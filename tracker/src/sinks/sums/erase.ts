/** Takes visitors of a site out of the events and of the sums, as if they had never been there. Within a transaction of the one who writes. */
import { BIGINT, type DuckDBConnection, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import { countsOf, countVisitors, foldPending } from './fold';
import { HOUR, NEVER, PAIR, SESSION_OF_EVENTS, SESSION_TABLES, SUMMED_FIELDS } from './tables';

const THEIRS = 'site_id = $site AND list_contains($visitors, visitor_id)';
/** Of a site's events: those that the sums know of. */
const KNOWN = `ts < coalesce((SELECT hour FROM unsummed WHERE site_id = $site), ${NEVER})::BIGINT * ${HOUR}`;

/** What is left of nothing, and pages that nobody else was on: their addresses may tell of whoever is erased. */
const FORGET = [
  'DELETE FROM summed_hour_visitors WHERE visitors = 0',
  'DELETE FROM summed_page_day_visitors WHERE visitors = 0',
  ...['summed_pages', 'summed_page_days'].map(
    (table) =>
      `DELETE FROM ${table} WHERE views = 0 AND dwell = 0 AND page IN (SELECT page FROM summed_paths WHERE path IN (SELECT path FROM erased))`,
  ),
  `DELETE FROM summed_paths WHERE path IN (SELECT path FROM erased)
    AND page NOT IN (SELECT page FROM summed_pages) AND page NOT IN (SELECT page FROM summed_page_visitors)`,
];

export async function eraseVisitors(connection: DuckDBConnection, site: string, visitors: readonly string[]): Promise<void> {
  const values = { site, visitors: listValue(visitors) };
  const types = { visitors: LIST(VARCHAR) };
  // Then the sums say what the events say, and what goes from the one can be taken off the other.
  await foldPending(connection);
  await connection.run(
    `INSERT INTO erased SELECT ${SUMMED_FIELDS}, (ts // ${HOUR})::INTEGER FROM events WHERE ${THEIRS} AND ${KNOWN}`,
    values,
    types,
  );
  await connection.run(`DELETE FROM events WHERE ${THEIRS}`, values, types);
  await forgetVisitors(connection, 'summed_visitors', 'SELECT visitor FROM erased');
  await forgetVisitors(connection, 'summed_page_visitors', `SELECT ${PAIR} FROM erased WHERE path IS NOT NULL`);
  for (const statement of countsOf('erased', '-')) await connection.run(statement);
  for (const statement of FORGET) await connection.run(statement);
  await sumSessionsAnew(connection, site);
  await connection.run(
    `UPDATE unsummed SET events = (SELECT count(*) FROM events e WHERE e.site_id = $site AND e.ts >= unsummed.hour::BIGINT * ${HOUR})
    WHERE site_id = $site`,
    { site },
  );
  await connection.run('DELETE FROM erased');
}

async function forgetVisitors(
  connection: DuckDBConnection,
  table: 'summed_visitors' | 'summed_page_visitors',
  visitors: string,
): Promise<void> {
  await countVisitors(connection, table, `SELECT *, -1 AS n FROM ${table} WHERE visitor IN (${visitors})`);
  await connection.run(`DELETE FROM ${table} WHERE visitor IN (${visitors})`);
}

/** A session that goes on over midnight is of two visitors where visitors are told apart by the day: what the other did stays. */
async function sumSessionsAnew(connection: DuckDBConnection, site: string): Promise<void> {
  const THESE = 'session IN (SELECT session FROM erased)';
  const span = await connection.runAndReadAll(`SELECT min(first), max(last) FROM summed_sessions WHERE ${THESE}`);
  const [first, last] = span.getRows()[0] ?? [];
  if (typeof first !== 'bigint' || typeof last !== 'bigint') return;
  for (const { table, key, columns } of SESSION_TABLES) {
    await connection.run(`DELETE FROM ${table} WHERE ${THESE}`);
    await connection.run(
      `INSERT INTO ${table} BY NAME
      SELECT ${columns}, ${SESSION_OF_EVENTS} FROM (
        SELECT ${SUMMED_FIELDS}, (ts // ${HOUR})::INTEGER AS hour FROM events
        WHERE site_id = $site AND ts >= $first AND ts <= $last AND session_id IN (SELECT session_id FROM erased) AND ${KNOWN}
      ) GROUP BY ${key.join(', ')}`,
      { site, first, last },
      { first: BIGINT, last: BIGINT },
    );
  }
}
