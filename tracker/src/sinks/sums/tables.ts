/**
 * Sums beside the events, so that questions about long ranges need not look at every event.
 *
 * An event is either in the sums or waits for them in `pending`, from the transaction on that stores it: so at every moment
 *
 *     what the sums say + what is pending = what a count of the events says,
 *
 * for every hour, page and session, whatever came late, twice or was erased. A question adds the two and never looks at the events of an hour
 * that came late. Folding (fold.ts) moves what is pending into the sums, in one transaction as well: a crash between any two statements
 * leaves the sums as they were. Only the events of a file that had no such sums are in neither: those from `unsummed.hour` on, until
 * catching up has come to them, oldest first. A site without such a row has none of them.
 *
 * Distinct visitors of a range cannot be added up from those of its hours. But with the hour in which each visitor was seen before they can:
 * those of the hours from a to b are the rows of these hours whose previous hour is before a. An event that comes late is a row more, and the
 * row of the same visitor that follows gets another `previous`; no other visitor is concerned, and neither is one when another is erased.
 *
 * Visitors and sessions are kept as the 128 bits of an MD5 of their site and name: one site's are never another's, and numbers are smaller
 * than texts and quicker to compare. A visitor of a page is that number, mixed with the page's MD5. Pages have short numbers of their own.
 */
export const HOUR = 3_600_000;
/** In hours. */
export const DAY = 24;
/** Later than any hour. */
export const NEVER = 2_147_483_647;

/** Of an event: what sums are made of. Counts of what was dropped are no events: their site has a slash in its name. */
export const SUMMED_FIELDS = `site_id, ts, md5_number(site_id || '/' || visitor_id) AS visitor, md5_number(site_id || '/' || session_id) AS session,
  session_id, nullif(path, '') AS path, event_name = 'view' AS view, CASE WHEN event_name = 'dwell' THEN dwell_ms END AS dwell`;
export const OF_A_SITE = "NOT contains(site_id, '/')";

/** Of a row with a visitor and a path. */
export const PAIR = 'xor(visitor, md5_number(path))';

const FIELDS =
  'site_id VARCHAR, ts BIGINT, visitor UHUGEINT, session UHUGEINT, session_id VARCHAR, path VARCHAR, view BOOLEAN, dwell BIGINT';

/** Sums of before there was `pending`: made anew from the events. */
const EARLIER = ['rolled_to', 'rolled_visitors', 'rolled_hours', 'rolled_page_visitors', 'rolled_pages', 'rolled_page_days'];

export const SUMS_SCHEMA = [
  // First of all, and only once: whatever is stored from here on is pending, or counted in here.
  `CREATE TABLE IF NOT EXISTS unsummed AS
  SELECT site_id, (min(ts) // ${HOUR})::INTEGER AS hour, count(*)::BIGINT AS events FROM events WHERE ${OF_A_SITE} GROUP BY site_id`,
  ...EARLIER.map((table) => `DROP TABLE IF EXISTS ${table}`),
  `CREATE TABLE IF NOT EXISTS pending (${FIELDS})`,
  'CREATE TABLE IF NOT EXISTS summed_visitors (site_id VARCHAR, hour INTEGER, visitor UHUGEINT, previous INTEGER)',
  'CREATE TABLE IF NOT EXISTS summed_paths (page INTEGER, path VARCHAR)',
  'CREATE TABLE IF NOT EXISTS summed_page_visitors (site_id VARCHAR, hour INTEGER, page INTEGER, visitor UHUGEINT, previous INTEGER)',
  // How many rows the two have of each previous hour; of pages by the day, and without those who were there before on the same day.
  'CREATE TABLE IF NOT EXISTS summed_hour_visitors (site_id VARCHAR, hour INTEGER, previous INTEGER, visitors BIGINT)',
  'CREATE TABLE IF NOT EXISTS summed_page_day_visitors (site_id VARCHAR, day INTEGER, page INTEGER, previous INTEGER, visitors BIGINT)',
  'CREATE TABLE IF NOT EXISTS summed_hours (site_id VARCHAR, hour INTEGER, views BIGINT)',
  'CREATE TABLE IF NOT EXISTS summed_pages (site_id VARCHAR, hour INTEGER, page INTEGER, views BIGINT, dwell BIGINT)',
  'CREATE TABLE IF NOT EXISTS summed_page_days (site_id VARCHAR, day INTEGER, page INTEGER, views BIGINT, dwell BIGINT)',
  `CREATE TABLE IF NOT EXISTS summed_sessions (site_id VARCHAR, session UHUGEINT, session_id VARCHAR, first BIGINT, last BIGINT, views BIGINT,
    stay BIGINT, entry VARCHAR, entered BIGINT, exit VARCHAR, exited BIGINT)`,
  // The same by the hour, for sessions that go on over an end of a range: a late event makes them days long.
  `CREATE TABLE IF NOT EXISTS summed_session_hours (site_id VARCHAR, hour INTEGER, session UHUGEINT, first BIGINT, last BIGINT, views BIGINT,
    stay BIGINT, entry VARCHAR, entered BIGINT, exit VARCHAR, exited BIGINT)`,
  `CREATE TEMP TABLE IF NOT EXISTS folding (${FIELDS}, hour INTEGER)`,
  `CREATE TEMP TABLE IF NOT EXISTS erased (${FIELDS}, hour INTEGER)`,
  'CREATE TEMP TABLE IF NOT EXISTS linked (site_id VARCHAR, hour INTEGER, page INTEGER, visitor UHUGEINT, was INTEGER, previous INTEGER)',
];

/** A session as its events make it; `stay` is null where none of them tells. */
export const SESSION_OF_EVENTS = `min(ts) AS first, max(ts) AS last, count(*) FILTER (WHERE view) AS views, sum(dwell)::BIGINT AS stay,
  arg_min(path, ts) FILTER (WHERE view AND path IS NOT NULL) AS entry, min(ts) FILTER (WHERE view AND path IS NOT NULL) AS entered,
  arg_max(path, ts) FILTER (WHERE view AND path IS NOT NULL) AS exit, max(ts) FILTER (WHERE view AND path IS NOT NULL) AS exited`;

/** The tables of sessions: what tells their rows apart, and what a row says beside the session. */
export const SESSION_TABLES = [
  { table: 'summed_sessions', key: ['session'], columns: 'any_value(site_id) AS site_id, session, any_value(session_id) AS session_id' },
  { table: 'summed_session_hours', key: ['session', 'hour'], columns: 'any_value(site_id) AS site_id, hour, session' },
] as const;
