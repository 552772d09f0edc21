/** What is said of sessions and of visitors over time, on DuckDB. */
import type { Dwell, Sessions } from '@datamesh/contracts';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Database } from '../../storage/database';
import { FunnelCount, MOST_FUNNEL_EVENTS, tooManyEvents, viewOfStep } from '../funnel';
import { DWELL_EDGES, DWELL_PERCENTS } from '../percentiles';
import { type Cohort, countedEvents, type Filter, type FunnelStep, type Scope } from '../port';
import { cohortsOf, MOST_PERIODS } from '../retention';
import { bigints, filtersCondition, IS_VIEW, number, numberOrNull, scopeCondition, typesOf, type Values } from './conditions';
import { type Read, rowsOf } from './read';

type SessionsAnswer = Omit<Sessions, 'partial'>;

export async function sessions(read: Read, scope: Scope, limit: number, signal: AbortSignal): Promise<SessionsAnswer> {
  const { view } = countedEvents(scope.filters);
  const { sql, values } = scopeCondition(scope);
  const rows = await read(
    `WITH visits AS MATERIALIZED (
      SELECT count(*) FILTER (WHERE ${IS_VIEW}) AS views, max(ts) - min(ts) AS duration,
        arg_min(path, ts) FILTER (WHERE path <> '' AND ${IS_VIEW}) AS entry, arg_max(path, ts) FILTER (WHERE path <> '' AND ${IS_VIEW}) AS exit
      FROM events WHERE ${sql} GROUP BY session_id HAVING views > 0
    )
    SELECT 'all' AS kind, NULL AS path, count(*) AS sessions, coalesce(sum(views), 0)::BIGINT, count(*) FILTER (WHERE views = 1),
      quantile_disc(duration, 0.5) FROM visits
    UNION ALL (SELECT 'entry', entry, count(*) AS sessions, 0, 0, 0 FROM visits WHERE entry IS NOT NULL GROUP BY entry ORDER BY sessions DESC, entry LIMIT $limit)
    UNION ALL (SELECT 'exit', exit, count(*) AS sessions, 0, 0, 0 FROM visits WHERE exit IS NOT NULL GROUP BY exit ORDER BY sessions DESC, exit LIMIT $limit)`,
    { ...values, view, limit },
    signal,
  );
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

export async function dwell(read: Read, scope: Scope, signal: AbortSignal): Promise<Omit<Dwell, 'partial'>> {
  const counted = countedEvents(scope.filters);
  const { sql, values } = scopeCondition(scope);
  const percents = DWELL_PERCENTS.map((percent) => `quantile_disc(stay, ${percent / 100})`).join(', ');
  const rows = await read(
    `WITH stays AS MATERIALIZED (
      SELECT sum(dwell_ms)::BIGINT AS stay FROM events WHERE ${sql} AND event_name = $dwell AND dwell_ms IS NOT NULL GROUP BY session_id
    ),
    bands AS (SELECT unnest($edges) AS edge)
    SELECT NULL AS edge, count(*) AS sessions, ${percents} FROM stays
    UNION ALL BY NAME SELECT edge, count(*) AS sessions FROM stays ASOF JOIN bands ON stay >= edge GROUP BY edge`,
    { ...values, dwell: counted.dwell, edges: bigints(DWELL_EDGES) },
    signal,
  );
  const [, count, ...found] = rows.find(([edge]) => edge === null) ?? [];
  const bands = new Map(rows.map(([edge, inside]) => [numberOrNull(edge), number(inside)]));
  return {
    sessions: number(count),
    percentiles: DWELL_PERCENTS.flatMap((percent, index) => {
      const ms = numberOrNull(found[index]);
      return ms === null ? [] : [{ percent, ms }];
    }),
    distribution: DWELL_EDGES.map((fromMs, index) => ({
      fromMs,
      toMs: DWELL_EDGES[index + 1] ?? null,
      sessions: bands.get(fromMs) ?? 0,
    })),
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
    if (number(count) > MOST_FUNNEL_EVENTS) throw tooManyEvents();
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
  if (starts.length > MOST_PERIODS) throw new RangeError(`more than ${MOST_PERIODS} periods`);
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
