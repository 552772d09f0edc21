/** Single events, drops and widgets on DuckDB. */
import type { Drops, Live, WidgetFigures, WidgetUsage } from '@datamesh/contracts';
import type { DuckDBValue } from '@duckdb/node-api';
import type { StoredEvent } from '../../events/event';
import { COLUMNS } from '../../sinks/columns';
import { LOAD_PERCENTS } from '../percentiles';
import type { Cursor, Scope } from '../port';
import { number, scopeCondition, textOrNull } from './conditions';
import type { Read } from './read';

export async function recent(read: Read, scope: Scope, limit: number, signal: AbortSignal): Promise<Live['recent']> {
  const { sql, values } = scopeCondition(scope);
  const rows = await read(
    `SELECT ts, event_name, path, widget, country, browser, device FROM events WHERE ${sql} ORDER BY ts DESC, event_id DESC LIMIT $limit`,
    { ...values, limit },
    signal,
  );
  return rows.map(([ts, name, path, widget, country, browser, device]) => ({
    ts: new Date(number(ts)).toISOString(),
    name: String(name),
    path: textOrNull(path),
    widget: textOrNull(widget),
    country: textOrNull(country),
    browser: textOrNull(browser),
    device: textOrNull(device),
  }));
}

export async function drops(read: Read, site: string, from: number, to: number, signal: AbortSignal): Promise<Drops['reasons']> {
  const { sql, values } = scopeCondition({ site: `${site}/dropped`, from, to, filters: [] });
  const rows = await read(
    `SELECT event_name, sum(dropped)::BIGINT AS events FROM events WHERE ${sql} AND dropped > 0 GROUP BY event_name ORDER BY events DESC, event_name`,
    values,
    signal,
  );
  return rows.map(([reason, events]) => ({ reason: String(reason), events: number(events) }));
}

export async function widgets(read: Read, scope: Scope, limit: number, signal: AbortSignal): Promise<WidgetUsage['items']> {
  const { sql, values } = scopeCondition(scope);
  const percents = LOAD_PERCENTS.map((percent) => `quantile_disc(load_ms, ${percent / 100}) FILTER (WHERE event_name = 'widget_view')`);
  const rows = await read(
    `WITH figures AS MATERIALIZED (
      SELECT widget, widget_version AS version, grouping(widget_version) = 1 AS whole,
        count(*) FILTER (WHERE event_name = 'widget_view') AS opens, count(DISTINCT visitor_id) AS visitors,
        coalesce(sum(dwell_ms) FILTER (WHERE event_name = 'widget_dwell'), 0)::BIGINT AS dwell,
        count(*) FILTER (WHERE event_name = 'widget_error') AS errors,
        count(load_ms) FILTER (WHERE event_name = 'widget_view') AS loads, ${percents.join(', ')}
      FROM events WHERE ${sql} AND widget <> '' GROUP BY GROUPING SETS ((widget), (widget, widget_version))
    ),
    chosen AS (SELECT widget, opens AS most FROM figures WHERE whole ORDER BY opens DESC, widget LIMIT $limit)
    SELECT figures.* FROM figures JOIN chosen USING (widget) WHERE whole OR version <> '' ORDER BY most DESC, widget, whole DESC, opens DESC, version`,
    { ...values, limit },
    signal,
  );
  const items: WidgetUsage['items'] = [];
  for (const [widget, version, whole, ...row] of rows) {
    // Each widget as a whole comes just before its versions.
    if (whole) items.push({ widget: String(widget), ...figuresOf(row), versions: [] });
    else items.at(-1)?.versions.push({ version: String(version), ...figuresOf(row) });
  }
  return items;
}

function figuresOf([opens, visitors, dwell, errors, count, p50, p75, p95]: DuckDBValue[]): WidgetFigures {
  const load = number(count) === 0 ? null : { count: number(count), p50: number(p50), p75: number(p75), p95: number(p95) };
  return { opens: number(opens), visitors: number(visitors), dwellMs: number(dwell), errors: number(errors), load };
}

const NAMES = Object.keys(COLUMNS);

/** A page of them. The condition on received_ts alone lets DuckDB skip every block of rows before the cursor. */
export async function events(read: Read, scope: Scope, after: Cursor | null, limit: number, signal: AbortSignal): Promise<StoredEvent[]> {
  const { sql, values } = scopeCondition(scope);
  const beyond = after ? 'AND received_ts >= $received AND (received_ts > $received OR event_id > $id::UUID)' : '';
  const rows = await read(
    `SELECT ${NAMES.map((name) => (name === 'event_id' ? 'event_id::VARCHAR' : name)).join(', ')}
    FROM events WHERE ${sql} ${beyond} ORDER BY received_ts, events.event_id LIMIT $limit`,
    { ...values, ...(after && { received: BigInt(after.received_ts), id: after.event_id }), limit },
    signal,
  );
  return rows.map(
    (row) =>
      Object.fromEntries(
        NAMES.map((name, index) => {
          const value = row[index] ?? null;
          return [name, typeof value === 'bigint' ? Number(value) : value];
        }),
      ) as unknown as StoredEvent,
  );
}
