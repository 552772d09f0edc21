/** Totals, series and top lists on DuckDB. */
import type { AnyDimension, Props, Totals } from '@datamesh/contracts';
import { type BucketCount, countedEvents, type QueryContext, type Scope, type TopItem } from '../port';
import { bigints, columnOf, IS_VIEW, number, numberOrNull, scopeCondition, type Values } from './conditions';
import { evenStep } from './even-step';
import type { Read } from './read';
import type { Rows } from './snapshot';
import { type Store, summedOf } from './store';
import { type Hours, summedPages, summedSeries, summedVisitors, wholeHours } from './summed';
import { summedVisits } from './summed-sessions';

/** What the sums of the whole hours of a range say; null where they cannot, or hardly help. */
const overHours = <T>(
  store: Store,
  scope: Scope,
  context: QueryContext,
  ask: (rows: Rows, hours: Hours) => Promise<T | null>,
): Promise<T | null> =>
  summedOf(store, scope, context, async (rows, reach) => {
    const hours = wholeHours(scope, reach);
    return hours && ask(rows, hours);
  });

export async function totals(store: Store, scope: Scope, context: QueryContext): Promise<Totals> {
  const summed = await summedOf(store, scope, context, async (rows, reach) => {
    const visits = await summedVisits(rows, scope, reach);
    const hours = wholeHours(scope, reach);
    if (!visits || !hours) return null;
    const [[sessions, views, stay] = []] = await rows(
      `WITH ${visits.sql} SELECT count(*), coalesce(sum(views), 0)::BIGINT, quantile_disc(stay, 0.5) FROM visits`,
      visits.values,
    );
    const visitors = await summedVisitors(rows, scope, hours);
    return { visitors, views: number(views), sessions: number(sessions), medianDwellMs: numberOrNull(stay) };
  });
  return summed ?? totalsOfEvents(store.read, scope, context.signal);
}

export async function totalsOfEvents(read: Read, scope: Scope, signal: AbortSignal): Promise<Totals> {
  const { view, dwell } = countedEvents(scope.filters);
  const { sql, values } = scopeCondition(scope);
  const [row = []] = await read(
    `WITH visits AS (
      SELECT count(*) FILTER (WHERE ${IS_VIEW}) AS views, sum(dwell_ms) FILTER (WHERE event_name = $dwell)::BIGINT AS stay
      FROM events WHERE ${sql} GROUP BY session_id
    )
    SELECT (SELECT count(DISTINCT visitor_id) FROM events WHERE ${sql}), count(*), coalesce(sum(views), 0)::BIGINT, quantile_disc(stay, 0.5)
    FROM visits`,
    { ...values, view, dwell },
    signal,
  );
  return { visitors: number(row[0]), views: number(row[2]), sessions: number(row[1]), medianDwellMs: numberOrNull(row[3]) };
}

export async function visitors(store: Store, scope: Scope, context: QueryContext): Promise<number> {
  const summed = await overHours(store, scope, context, (rows, hours) => summedVisitors(rows, scope, hours));
  return summed ?? visitorsOfEvents(store.read, scope, context.signal);
}

export async function visitorsOfEvents(read: Read, scope: Scope, signal: AbortSignal): Promise<number> {
  const { sql, values } = scopeCondition(scope);
  const [row = []] = await read(`SELECT count(DISTINCT visitor_id) FROM events WHERE ${sql}`, values, signal);
  return number(row[0]);
}

export async function series(store: Store, scope: Scope, starts: readonly number[], context: QueryContext): Promise<BucketCount[]> {
  const summed = await overHours(store, scope, context, (rows, hours) => summedSeries(rows, scope, hours, starts));
  return summed ?? seriesOfEvents(store.read, scope, starts, context.signal);
}

export async function seriesOfEvents(read: Read, scope: Scope, starts: readonly number[], signal: AbortSignal): Promise<BucketCount[]> {
  const { view } = countedEvents(scope.filters);
  const { sql, values } = scopeCondition(scope);
  const step = evenStep(starts);
  // Even buckets are a division; days and months with a change of clocks in them are looked up in the list of starts.
  const start = step === null ? 'b.start' : '$first + (e.ts - $first) // $step * $step';
  const source = step === null ? 'events e ASOF JOIN (SELECT unnest($starts) AS start) b ON e.ts >= b.start' : 'events e';
  const bounds: Values = step === null ? { starts: bigints(starts) } : { first: BigInt(starts[0] ?? scope.from), step: BigInt(step) };
  const rows = await read(
    `SELECT ${start} AS bucket, count(*) FILTER (WHERE ${IS_VIEW}), count(DISTINCT visitor_id)
    FROM ${source} WHERE ${sql} GROUP BY bucket ORDER BY bucket`,
    { ...values, ...bounds, view },
    signal,
  );
  return rows.map(([at, views, visitors]) => ({ start: number(at), views: number(views), visitors: number(visitors) }));
}

export async function top(store: Store, scope: Scope, dimension: AnyDimension, limit: number, context: QueryContext): Promise<TopItem[]> {
  const summed =
    dimension === 'path' ? await overHours(store, scope, context, (rows, hours) => summedPages(rows, scope, hours, limit)) : null;
  return summed ?? topOfEvents(store.read, scope, dimension, limit, context.signal);
}

export async function topOfEvents(
  read: Read,
  scope: Scope,
  dimension: AnyDimension,
  limit: number,
  signal: AbortSignal,
): Promise<TopItem[]> {
  const { view, dwell } = countedEvents(scope.filters, dimension);
  const { sql, values } = scopeCondition(scope);
  const column = columnOf(dimension, 'key');
  const rows = await read(
    `SELECT value, count(*) FILTER (WHERE ${IS_VIEW}) AS views, count(DISTINCT visitor_id) AS visitors,
      coalesce(sum(dwell_ms) FILTER (WHERE event_name = $dwell), 0)::BIGINT AS dwell
    FROM (SELECT ${column.sql} AS value, event_name, visitor_id, dwell_ms FROM events WHERE ${sql})
    WHERE value <> '' GROUP BY value HAVING views > 0 OR dwell > 0
    ORDER BY views DESC, visitors DESC, value LIMIT $limit`,
    { ...values, ...column.values, view, dwell, limit },
    signal,
  );
  return rows.map(([value, views, visitors, stay]) => ({
    value: String(value),
    views: number(views),
    visitors: number(visitors),
    dwellMs: number(stay),
  }));
}

export async function props(read: Read, scope: Scope, limit: number, signal: AbortSignal): Promise<Props['items']> {
  const { sql, values } = scopeCondition(scope);
  const rows = await read(
    `SELECT key, count(*) AS events FROM (SELECT unnest(TRY(json_keys(props))) AS key FROM events WHERE props IS NOT NULL AND ${sql})
    GROUP BY key ORDER BY events DESC, key LIMIT $limit`,
    { ...values, limit },
    signal,
  );
  return rows.map(([key, events]) => ({ key: String(key), events: number(events) }));
}
