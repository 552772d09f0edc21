/** Totals, series, top lists and the like on Pinot. */
import type { AnyDimension, Props, Totals } from '@datamesh/contracts';
import { percentile } from '../percentiles';
import { type Asking, type BucketCount, countedEvents, type Filter, type Scope, type TopItem } from '../port';
import { countOf, dimensionOf, filterCondition, isView, scopeCondition, siteCondition, sumOfDwell } from './conditions';
import { byCodePoint } from './order';
import { periodOf } from './periods';
import { number, text } from './reader';
import { column, joined, type Sql, sql } from './sql';
import type { Store } from './store';
import { stays } from './visits';

const VISITORS = sql`DISTINCTCOUNT(${column('visitor_id')})`;

export async function totals(store: Store, scope: Scope, asking: Asking): Promise<Totals> {
  const view = isView(countedEvents(scope.filters).view);
  const views = view ? sql`COUNT(*) FILTER (WHERE ${view})` : sql`COUNT(*)`;
  const select = sql`SELECT ${VISITORS}, ${views}, DISTINCTCOUNT(${column('session_id')})`;
  const [[row = []], dwell] = await Promise.all([
    store.reader.some(sql`${select} FROM ${store.table} WHERE ${scopeCondition(scope, store.erased)}`, 1, asking),
    stays(store, scope, asking),
  ]);
  return { visitors: number(row[0]), views: number(row[1]), sessions: number(row[2]), medianDwellMs: percentile(dwell, 50) };
}

export async function live(store: Store, site: string, since: number, filters: readonly Filter[], asking: Asking): Promise<number> {
  const conditions = [siteCondition(site, store.erased), sql`${column('ts')} >= ${since}`, ...filters.map(filterCondition)];
  const [row = []] = await store.reader.some(sql`SELECT ${VISITORS} FROM ${store.table} WHERE ${joined(conditions, ' AND ')}`, 1, asking);
  return number(row[0]);
}

export async function series(store: Store, scope: Scope, starts: readonly number[], asking: Asking): Promise<BucketCount[]> {
  const period = periodOf(starts, scope.to);
  const views = countOf(isView(countedEvents(scope.filters).view));
  const rows = await store.reader.all(
    sql`SELECT ${period}, ${views}, ${VISITORS} FROM ${store.table} WHERE ${scopeCondition(scope, store.erased)} GROUP BY ${period}`,
    starts.length + 1,
    asking,
  );
  return rows
    .map(([index, views, visitors]) => ({ start: starts[number(index)] ?? scope.from, views: number(views), visitors: number(visitors) }))
    .sort((one, other) => one.start - other.start);
}

export async function top(store: Store, scope: Scope, dimension: AnyDimension, limit: number, asking: Asking): Promise<TopItem[]> {
  const { view, dwell } = countedEvents(scope.filters, dimension);
  const { value, present } = dimensionOf(dimension);
  const query = sql`SELECT ${value}, ${countOf(isView(view))} AS views, ${VISITORS} AS visitors, ${sumOfDwell(dwell)}
    FROM ${store.table} WHERE ${scopeCondition(scope, store.erased)} AND ${present}
    GROUP BY ${value} ORDER BY views DESC, visitors DESC, ${value}`;
  return firstOf(store, query, limit, asking);
}

/**
 * Pinot orders texts by UTF-16 units, we by code points: they differ only where one of two texts has a surrogate. And a HAVING would be
 * applied after the store has cut its list off, so values with neither views nor dwell are left out here. So it may take another, longer
 * list until what is wanted is certain.
 */
async function firstOf(store: Store, query: Sql, limit: number, asking: Asking): Promise<TopItem[]> {
  for (let asked = limit + 10; ; asked *= 16) {
    const rows = await store.reader.some(query, asked, asking);
    const items = rows
      .map(([value, views, visitors, dwell]) => ({
        value: text(value),
        views: number(views),
        visitors: number(visitors),
        dwellMs: number(dwell),
      }))
      .filter(({ value, views, dwellMs }) => value !== '' && (views > 0 || dwellMs > 0))
      .sort((one, other) => byCounts(one, other) || byCodePoint(one.value, other.value));
    const chosen = items.slice(0, limit);
    const [, views, visitors] = rows.at(-1) ?? [];
    const beyond = { views: number(views), visitors: number(visitors) };
    const tied = chosen.filter((item) => byCounts(item, beyond) === 0);
    if (rows.length < asked || (chosen.length === limit && !tied.some(({ value }) => /[\ud800-\udfff]/.test(value)))) return chosen;
  }
}

const byCounts = (one: Pick<TopItem, 'views' | 'visitors'>, other: Pick<TopItem, 'views' | 'visitors'>): number =>
  other.views - one.views || other.visitors - one.visitors;

export async function props(store: Store, scope: Scope, limit: number, asking: Asking): Promise<Props['items']> {
  const keys = column('prop_keys');
  const rows = await store.reader.some(
    sql`SELECT ${keys}, COUNT(*) AS events FROM ${store.table} WHERE ${scopeCondition(scope, store.erased)} AND ${keys} <> ''
    GROUP BY ${keys} ORDER BY events DESC, ${keys}`,
    limit,
    asking,
  );
  return rows.map(([key, events]) => ({ key: text(key), events: number(events) }));
}
