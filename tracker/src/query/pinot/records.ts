/** Single events, drops and widgets on Pinot. */
import type { Drops, Live, WidgetFigures, WidgetUsage } from '@datamesh/contracts';
import type { StoredEvent } from '../../events/event';
import { byCodePoint } from '../code-points';
import { type Counted, LOAD_PERCENTS, percentileOfCounted, totalOf } from '../percentiles';
import type { Cursor, QueryContext, Scope } from '../port';
import { countOf, named, scopeCondition, sumOfDwell, VISITORS } from './conditions';
import { number, type Row, text, textOrNull } from './reader';
import { column, joined, list, sql } from './sql';
import type { Store } from './store';
import { MAX_GROUPS } from './transport';

/** Reasons are a list in the collector's code, and widgets are what a registry holds; both far fewer. */
const MAX_NAMES = 10_000;

export async function recent(store: Store, scope: Scope, limit: number, context: QueryContext): Promise<Live['recent']> {
  const fields = ['ts', 'event_name', 'path', 'widget', 'country', 'browser', 'device'].map(column);
  const rows = await store.reader.some(
    sql`SELECT ${joined(fields, ', ')} FROM ${store.table} WHERE ${scopeCondition(scope, store.erased)}
    ORDER BY ${column('ts')} DESC, ${column('event_id')} DESC`,
    limit,
    context,
  );
  return rows.map(([ts, name, path, widget, country, browser, device]) => ({
    ts: new Date(number(ts)).toISOString(),
    name: text(name),
    path: textOrNull(path),
    widget: textOrNull(widget),
    country: textOrNull(country),
    browser: textOrNull(browser),
    device: textOrNull(device),
  }));
}

export async function drops(store: Store, site: string, from: number, to: number, context: QueryContext): Promise<Drops['reasons']> {
  const condition = scopeCondition({ site: `${site}/dropped`, from, to, filters: [] }, () => []);
  const reason = column('event_name');
  const rows = await store.reader.all(
    sql`SELECT ${reason}, SUM(${column('dropped')}) FROM ${store.table} WHERE ${condition} AND ${column('dropped')} > 0 GROUP BY ${reason}`,
    MAX_NAMES,
    context,
  );
  return rows
    .map(([reason, events]) => ({ reason: text(reason), events: number(events) }))
    .sort((one, other) => other.events - one.events || byCodePoint(one.reason, other.reason));
}

type Figures = Omit<WidgetFigures, 'load'>;

export async function widgets(store: Store, scope: Scope, limit: number, context: QueryContext): Promise<WidgetUsage['items']> {
  const condition = sql`${scopeCondition(scope, store.erased)} AND ${column('widget')} <> ''`;
  const opens = named('widget_view');
  const figures = sql`${countOf(opens)}, ${VISITORS}, ${sumOfDwell('widget_dwell')}, ${countOf(named('widget_error'))}`;
  const [widget, version, loadMs] = [column('widget'), column('widget_version'), column('load_ms')];
  const found = await store.reader.all(
    sql`SELECT ${widget}, ${figures} FROM ${store.table} WHERE ${condition} GROUP BY ${widget}`,
    MAX_NAMES,
    context,
  );
  const chosen = found
    .map(([name, ...row]) => ({ widget: text(name), ...figuresOf(row) }))
    .sort((one, other) => other.opens - one.opens || byCodePoint(one.widget, other.widget))
    .slice(0, limit);
  if (chosen.length === 0) return [];
  const ofChosen = sql`${condition} AND ${widget} IN ${list(chosen.map((item) => item.widget))}`;
  const [versions, loads] = await Promise.all([
    store.reader.all(
      sql`SELECT ${widget}, ${version}, ${figures} FROM ${store.table} WHERE ${ofChosen} AND ${version} <> '' GROUP BY ${widget}, ${version}`,
      MAX_GROUPS,
      context,
    ),
    store.reader.all(
      sql`SELECT ${widget}, ${version}, ${loadMs}, COUNT(*) FROM ${store.table} WHERE ${ofChosen} AND ${opens} AND ${loadMs} >= 0
      GROUP BY ${widget}, ${version}, ${loadMs}`,
      MAX_GROUPS,
      context,
    ),
  ]);
  return chosen.map((item) => ({
    ...item,
    load: loadOf(loads.filter(([name]) => text(name) === item.widget)),
    versions: versions
      .filter(([name]) => text(name) === item.widget)
      .map(([name, version, ...row]) => ({
        version: text(version),
        ...figuresOf(row),
        load: loadOf(loads.filter((load) => text(load[0]) === text(name) && text(load[1]) === text(version))),
      }))
      .sort((one, other) => other.opens - one.opens || byCodePoint(one.version, other.version)),
  }));
}

const figuresOf = ([opens, visitors, dwell, errors]: Row): Figures => ({
  opens: number(opens),
  visitors: number(visitors),
  dwellMs: number(dwell),
  errors: number(errors),
});

/** Rows of (widget, version, load_ms, count); of several versions the same time may come several times. */
function loadOf(rows: readonly Row[]): WidgetFigures['load'] {
  const times: Counted[] = rows.map(([, , value, count]) => ({ value: number(value), count: number(count) }));
  times.sort((one, other) => one.value - other.value);
  const [p50, p75, p95] = LOAD_PERCENTS.map((percent) => percentileOfCounted(times, percent));
  if (typeof p50 !== 'number' || typeof p75 !== 'number' || typeof p95 !== 'number') return null;
  return { count: totalOf(times), p50, p75, p95 };
}

type Kind = 'text' | 'text or null' | 'number' | 'number or null';

const FIELDS: Record<keyof StoredEvent, Kind> = {
  event_id: 'text',
  site_id: 'text',
  received_ts: 'number',
  ts: 'number',
  event_name: 'text',
  path: 'text or null',
  host: 'text or null',
  referrer: 'text or null',
  utm_source: 'text or null',
  utm_medium: 'text or null',
  utm_campaign: 'text or null',
  visitor_id: 'text',
  session_id: 'text',
  country: 'text or null',
  browser: 'text or null',
  os: 'text or null',
  device: 'text or null',
  widget: 'text or null',
  widget_version: 'text or null',
  panel_id: 'text or null',
  layout_id: 'text or null',
  dwell_ms: 'number or null',
  load_ms: 'number or null',
  dropped: 'number or null',
  props: 'text or null',
};
const NAMES = Object.keys(FIELDS) as (keyof StoredEvent)[];

/** A page of them. The condition on received_ts alone lets Pinot skip segments by the table's time column. */
export async function events(
  store: Store,
  scope: Scope,
  after: Cursor | null,
  limit: number,
  context: QueryContext,
): Promise<StoredEvent[]> {
  const [received, id] = [column('received_ts'), column('event_id')];
  const beyond = after
    ? [sql`${received} >= ${after.received_ts}`, sql`(${received} > ${after.received_ts} OR ${id} > ${after.event_id})`]
    : [];
  const rows = await store.reader.some(
    sql`SELECT ${joined(NAMES.map(column), ', ')} FROM ${store.table}
    WHERE ${joined([scopeCondition(scope, store.erased), ...beyond], ' AND ')} ORDER BY ${received}, ${id}`,
    limit,
    context,
  );
  return rows.map(
    (row) => Object.fromEntries(NAMES.map((name, index) => [name, fieldOf(row[index], FIELDS[name])])) as unknown as StoredEvent,
  );
}

function fieldOf(cell: Row[number] | undefined, kind: Kind): string | number | null {
  if (kind === 'text') return text(cell);
  if (kind === 'text or null') return textOrNull(cell);
  const value = number(cell);
  return kind === 'number or null' && value < 0 ? null : value;
}
