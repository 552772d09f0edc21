/** The queries on DuckDB. Values are always bound; a column's name comes from a list of our own, never from the request. */
import type { Dimension, Totals } from '@datamesh/contracts';
import { BIGINT, type DuckDBConnection, type DuckDBType, type DuckDBValue, LIST, listValue } from '@duckdb/node-api';
import type { Database } from '../storage/database';
import { type BucketCount, countedEvents, type QueryEngine, type Scope, type TopItem } from './port';
import { DIMENSIONS } from './scope';

type Values = Record<string, DuckDBValue>;

export class DuckDbQueries implements QueryEngine {
  constructor(private readonly database: Database) {}

  async totals(scope: Scope, signal: AbortSignal): Promise<Totals> {
    const { view, dwell } = countedEvents(scope.filters);
    const { condition, values } = where(scope);
    const [row = []] = await this.rows(
      `WITH scope AS MATERIALIZED (SELECT event_name, visitor_id, session_id, dwell_ms FROM events WHERE ${condition}),
      stays AS (
        SELECT sum(dwell_ms)::BIGINT AS stay FROM scope WHERE event_name = $dwell AND dwell_ms IS NOT NULL GROUP BY session_id
      )
      SELECT count(DISTINCT visitor_id), count(*) FILTER (WHERE $view IS NULL OR event_name = $view), count(DISTINCT session_id),
        (SELECT quantile_disc(stay, 0.5) FROM stays)
      FROM scope`,
      { ...values, view, dwell },
      signal,
    );
    return {
      visitors: number(row[0]),
      views: number(row[1]),
      sessions: number(row[2]),
      medianDwellMs: row[3] === null ? null : number(row[3]),
    };
  }

  async live(site: string, since: number, signal: AbortSignal): Promise<number> {
    const [row = []] = await this.rows(
      'SELECT count(DISTINCT visitor_id) FROM events WHERE site_id = $site AND ts >= $since',
      { site, since: BigInt(since) },
      signal,
    );
    return number(row[0]);
  }

  async series(scope: Scope, starts: readonly number[], signal: AbortSignal): Promise<BucketCount[]> {
    const { view } = countedEvents(scope.filters);
    const { condition, values } = where(scope);
    const first = starts[0] ?? scope.from;
    const step = evenStep(starts);
    // Even buckets are a division; days and months with a change of clocks in them are looked up in the list of starts.
    const start = step === null ? 'b.start' : '$first + (e.ts - $first) // $step * $step';
    const source = step === null ? 'events e ASOF JOIN (SELECT unnest($starts) AS start) b ON e.ts >= b.start' : 'events e';
    const bounds: Values = step === null ? { starts: listValue(starts.map(BigInt)) } : { first: BigInt(first), step: BigInt(step) };
    const rows = await this.rows(
      `SELECT ${start} AS bucket, count(*) FILTER (WHERE $view IS NULL OR event_name = $view), count(DISTINCT visitor_id)
      FROM ${source} WHERE ${condition} GROUP BY bucket ORDER BY bucket`,
      { ...values, ...bounds, view },
      signal,
    );
    return rows.map(([at, views, visitors]) => ({ start: number(at), views: number(views), visitors: number(visitors) }));
  }

  async top(scope: Scope, dimension: Dimension, limit: number, signal: AbortSignal): Promise<TopItem[]> {
    const { view, dwell } = countedEvents(scope.filters, dimension);
    const { condition, values } = where(scope);
    const column = columnOf(dimension);
    const rows = await this.rows(
      `SELECT ${column} AS value, count(*) FILTER (WHERE $view IS NULL OR event_name = $view) AS views,
        count(DISTINCT visitor_id) AS visitors, coalesce(sum(dwell_ms) FILTER (WHERE event_name = $dwell), 0)::BIGINT AS dwell
      FROM events WHERE ${condition} AND ${column} IS NOT NULL
      GROUP BY value HAVING views > 0 OR dwell > 0
      ORDER BY views DESC, visitors DESC, value LIMIT $limit`,
      { ...values, view, dwell, limit },
      signal,
    );
    return rows.map(([value, views, visitors, stay]) => ({
      value: String(value),
      views: number(views),
      visitors: number(visitors),
      dwellMs: number(stay),
    }));
  }

  async check(signal: AbortSignal): Promise<void> {
    await this.rows('SELECT next FROM log_position LIMIT 1', {}, signal);
  }

  private rows(sql: string, values: Values, signal: AbortSignal): Promise<DuckDBValue[][]> {
    return this.database.read(signal, async (connection: DuckDBConnection) =>
      (await connection.runAndReadAll(sql, values, typesOf(values))).getRows(),
    );
  }
}

/** `site_id = … AND ts … AND path = $filter0 …` */
function where({ site, from, to, filters }: Scope): { condition: string; values: Values } {
  const conditions = ['site_id = $site', 'ts >= $from', 'ts < $to'];
  const values: Values = { site, from: BigInt(from), to: BigInt(to) };
  filters.forEach(({ dimension, value }, index) => {
    conditions.push(`${columnOf(dimension)} = $filter${index}`);
    values[`filter${index}`] = value;
  });
  return { condition: conditions.join(' AND '), values };
}

/** The column of a dimension, from the list: what is not in it never becomes SQL. */
function columnOf(dimension: Dimension): string {
  const column = DIMENSIONS.find((known) => known === dimension);
  if (!column) throw new RangeError(`no dimension: ${String(dimension)}`);
  return column;
}

/** The distance between starts if it is always the same, as DuckDB then need not look anything up; null otherwise. */
function evenStep(starts: readonly number[]): number | null {
  const [first, second] = starts;
  if (first === undefined) return null;
  if (second === undefined) return Number.MAX_SAFE_INTEGER;
  const step = second - first;
  return starts.every((start, index) => start === first + index * step) ? step : null;
}

const typesOf = (values: Values): Record<string, DuckDBType | undefined> => ('starts' in values ? { starts: LIST(BIGINT) } : {});

const number = (value: DuckDBValue | undefined): number => Number(value ?? 0);
