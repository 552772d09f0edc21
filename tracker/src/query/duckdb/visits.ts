/** What is said of sessions and of visitors over time, on DuckDB. */
import type { Dwell, Sessions } from '@datamesh/contracts';
import { type DuckDBConnection, DuckDBListValue, type DuckDBValue } from '@duckdb/node-api';
import type { Database } from '../../storage/database';
import { FunnelCount, MAX_FUNNEL_EVENTS, tooManyEvents, viewOfStep } from '../funnel';
import { DWELL_EDGES, DWELL_PERCENTS } from '../percentiles';
import { type Cohort, countedEvents, type Filter, type FunnelStep, type QueryContext, type Scope } from '../port';
import { cohortsOf, MAX_PERIODS } from '../retention';
import { bigints, filtersCondition, IS_VIEW, number, numberOrNull, scopeCondition, typesOf, type Values } from './conditions';
import { type Read, rowsOf } from './read';
import { type Store, summedOf } from './store';
import { summedVisits } from './summed-sessions';

type SessionsAnswer = Omit<Sessions, 'partial' | 'behind'>;

/** Of a table `visits` with a row for each session. */
const SESSIONS = `
  SELECT 'all' AS kind, NULL AS path, count(*) AS sessions, coalesce(sum(views), 0)::BIGINT, count(*) FILTER (WHERE views = 1),
    quantile_disc(last - first, 0.5) FROM visits WHERE views > 0
  UNION ALL (SELECT 'entry', entry, count(*) AS sessions, 0, 0, 0 FROM visits WHERE entry IS NOT NULL GROUP BY entry ORDER BY sessions DESC, entry LIMIT $limit)
  UNION ALL (SELECT 'exit', exit, count(*) AS sessions, 0, 0, 0 FROM visits WHERE exit IS NOT NULL GROUP BY exit ORDER BY sessions DESC, exit LIMIT $limit)`;

export async function sessions(store: Store, scope: Scope, limit: number, context: QueryContext): Promise<SessionsAnswer> {
  const summed = await summedOf(store, scope, context, async (rows, reach) => {
    const visits = await summedVisits(rows, scope, reach);
    return visits && sessionsOf(await rows(`WITH ${visits.sql} ${SESSIONS}`, { ...visits.values, limit }));
  });
  return summed ?? sessionsOfEvents(store.read, scope, limit, context.signal);
}

export async function sessionsOfEvents(read: Read, scope: Scope, limit: number, signal: AbortSignal): Promise<SessionsAnswer> {
  const { view } = countedEvents(scope.filters);
  const { sql, values } = scopeCondition(scope);
  const page = `FILTER (WHERE path <> '' AND ${IS_VIEW})`;
  const visits = `visits AS MATERIALIZED (
    SELECT count(*) FILTER (WHERE ${IS_VIEW}) AS views, min(ts) AS first, max(ts) AS last, arg_min(path, ts) ${page} AS entry, arg_max(path, ts) ${page} AS exit
    FROM events WHERE ${sql} GROUP BY session_id
  )`;
  return sessionsOf(await read(`WITH ${visits} ${SESSIONS}`, { ...values, view, limit }, signal));
}

function sessionsOf(rows: DuckDBValue[][]): SessionsAnswer {
  const pages = (kind: string) =>
    rows.filter(([each]) => each === kind).map(([, path, count]) => ({ path: String(path), sessions: number(count) }));
  const [, , count, views, bounces, median] = rows.find(([kind]) => kind === 'all') ?? [];
  return {
    sessions: number(count),
    views: number(views),
    bounces: number(bounces),
    medianDurationMs: numberOrNull(median),
    entries: pages('entry'),
    exits: pages('exit'),
  };
}

const BANDS = DWELL_EDGES.map((edge, index) => {
  const end = DWELL_EDGES[index + 1];
  return `count(*) FILTER (WHERE stay >= ${edge}${end === undefined ? '' : ` AND stay < ${end}`})`;
});

/** Of a table `stays`. */
const DWELL = `SELECT count(*), quantile_disc(stay, [${DWELL_PERCENTS.map((percent) => percent / 100).join(', ')}]), ${BANDS.join(', ')} FROM stays`;

type DwellAnswer = Omit<Dwell, 'partial' | 'behind'>;

export async function dwell(store: Store, scope: Scope, context: QueryContext): Promise<DwellAnswer> {
  const summed = await summedOf(store, scope, context, async (rows, reach) => {
    const visits = await summedVisits(rows, scope, reach);
    if (!visits) return null;
    return dwellOf(await rows(`WITH ${visits.sql}, stays AS (SELECT stay FROM visits WHERE stay IS NOT NULL) ${DWELL}`, visits.values));
  });
  return summed ?? dwellOfEvents(store.read, scope, context.signal);
}

export async function dwellOfEvents(read: Read, scope: Scope, signal: AbortSignal): Promise<DwellAnswer> {
  const counted = countedEvents(scope.filters);
  const { sql, values } = scopeCondition(scope);
  const stays = `stays AS (
    SELECT sum(dwell_ms)::BIGINT AS stay FROM events WHERE ${sql} AND event_name = $dwell AND dwell_ms IS NOT NULL GROUP BY session_id
  )`;
  return dwellOf(await read(`WITH ${stays} ${DWELL}`, { ...values, dwell: counted.dwell }, signal));
}

function dwellOf([row = []]: DuckDBValue[][]): DwellAnswer {
  const [count, percentiles, ...bands] = row;
  const found = percentiles instanceof DuckDBListValue ? percentiles.items : [];
  return {
    sessions: number(count),
    percentiles: DWELL_PERCENTS.flatMap((percent, index) => {
      const ms = numberOrNull(found[index]);
      return ms === null ? [] : [{ percent, ms }];
    }),
    distribution: DWELL_EDGES.map((fromMs, index) => ({ fromMs, toMs: DWELL_EDGES[index + 1] ?? null, sessions: number(bands[index]) })),
  };
}

/** The events that match a step come in order, without their names; who got how far is counted in funnel.ts, as for every engine. */
export async function funnel(
  database: Database,
  scope: Scope,
  steps: readonly Filter[],
  windowMs: number,
  signal: AbortSignal,
): Promise<FunnelStep[]> {
  const { sql, values } = scopeCondition(scope);
  const matches = steps.map((step, index) => stepCondition(scope.filters, step, index));
  const all: Values = Object.assign({ ...values }, ...matches.map((match) => match.values));
  const matched = matches.map((match, index) => `CASE WHEN ${match.sql} THEN ${1 << index} ELSE 0 END`).join(' + ');
  const from = `FROM (SELECT visitor_id, ts, event_id, ${matched} AS matched FROM events WHERE ${sql}) WHERE matched > 0`;
  return database.read(signal, async (connection) => {
    const [[count] = []] = await rowsOf(connection, `SELECT count(*) ${from}`, all);
    if (number(count) > MAX_FUNNEL_EVENTS) throw tooManyEvents();
    const funnelCount = new FunnelCount(steps.length, windowMs);
    await eachFunnelEvent(connection, `SELECT visitor_id, ts, matched ${from} ORDER BY ts, event_id`, all, (visitor, ts, steps) =>
      funnelCount.add({ visitor, ts, matched: steps }),
    );
    return funnelCount.result();
  });
}

function stepCondition(filters: readonly Filter[], step: Filter, index: number): { sql: string; values: Values } {
  const view = viewOfStep(filters, step);
  const { sql, values } = filtersCondition([step], `step${index}_`);
  if (view === null) return { sql, values };
  return { sql: `(event_name = $name${index} AND ${sql})`, values: { ...values, [`name${index}`]: view } };
}

/** Chunk by chunk, so that the collector gets its turns in between. */
async function eachFunnelEvent(
  connection: DuckDBConnection,
  sql: string,
  values: Values,
  take: (visitor: string, ts: number, matched: number) => void,
): Promise<void> {
  const result = await connection.stream(sql, values, typesOf(values));
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return;
    const [visitors = [], times = [], masks = []] = [0, 1, 2].map((column) => chunk.getColumnValues(column));
    for (let row = 0; row < chunk.rowCount; row++) take(String(visitors[row]), number(times[row]), number(masks[row]));
  }
}

export async function retention(read: Read, scope: Scope, starts: readonly number[], signal: AbortSignal): Promise<Cohort[]> {
  if (starts.length > MAX_PERIODS) throw new RangeError(`more than ${MAX_PERIODS} periods`);
  const { sql, values } = scopeCondition(scope);
  const rows = await read(
    `WITH periods AS (SELECT unnest($starts) AS start, generate_subscripts($starts, 1) - 1 AS period),
    seen AS (
      SELECT visitor_id, bit_or(1::BIGINT << period) AS periods FROM events ASOF JOIN periods ON ts >= start WHERE ${sql} GROUP BY visitor_id
    )
    SELECT periods, count(*) FROM seen GROUP BY periods`,
    { ...values, starts: bigints(starts) },
    signal,
  );
  return cohortsOf(
    rows.map(([periods, visitors]) => ({ periods: typeof periods === 'bigint' ? periods : 0n, visitors: number(visitors) })),
    starts.length,
  );
}
