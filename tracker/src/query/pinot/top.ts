/** Top lists on Pinot. */
import type { AnyDimension } from '@datamesh/contracts';
import { byCodePoint } from '../code-points';
import { RARE_VALUES } from '../missing';
import { countedEvents, type QueryContext, type Scope, type TopItem } from '../port';
import { propKeyOf } from '../scope';
import { and, countOf, dimensionOf, isView, named, scopeCondition, sumOfDwell, VISITORS } from './conditions';
import { number, type Row, text } from './reader';
import { column, list, type Sql, sql } from './sql';
import type { Store } from './store';
import { MAX_GROUPS } from './transport';

export async function top(store: Store, scope: Scope, dimension: AnyDimension, limit: number, context: QueryContext): Promise<TopItem[]> {
  const { view, dwell } = countedEvents(scope.filters, dimension);
  const { value, present } = dimensionOf(dimension);
  const base: Base = {
    store,
    condition: and(scopeCondition(scope, store.erased), present),
    value,
    view: isView(view),
    dwell,
    limit,
    context,
  };
  const indexed = view !== null && propKeyOf(dimension) === null && limit <= MAX_BY_INDEX;
  return (indexed && (await byIndex(base))) || (await atOnce(base));
}

interface Base {
  store: Store;
  condition: Sql;
  value: Sql;
  view: Sql | null;
  /** The name of dwell events. */
  dwell: string;
  limit: number;
  context: QueryContext;
}

/** Longer lists, such as exported ones, would have to name each value in the queries. */
const MAX_BY_INDEX = 200;
/** Values that nobody viewed but stayed at, as far as they are looked through one by one. */
const MAX_UNVIEWED = 500;

/**
 * Views, visitors and dwell each by a query of its own, which goes by indexes: some times faster than conditions within aggregates. The order
 * by views says which values can be on the list at all. null where that is too many, because they are tied or hardly viewed.
 */
async function byIndex(base: Base): Promise<TopItem[] | null> {
  const { condition, value, limit } = base;
  const asked = 2 * limit + 20;
  const viewed = await rows(base, sql`COUNT(*) AS views`, and(condition, base.view), sql`ORDER BY views DESC`, asked);
  const least = viewed.length < limit ? 0 : number(viewed[limit - 1]?.[1]);
  const cutOff = viewed.length === asked && number(viewed.at(-1)?.[1]) >= least;
  if (cutOff) return null;
  const views = countsOf(viewed.filter(([, count]) => number(count) >= least));
  const stayed = and(condition, named(base.dwell), sql`${column('dwell_ms')} > 0`);
  const sum = sql`SUM(${column('dwell_ms')})`;
  const among = (names: Iterable<string>): Sql => sql`${value} IN ${list([...names])}`;
  if (least > 0) {
    const [visitors, dwell] = await Promise.all([
      rows(base, VISITORS, and(condition, among(views.keys())), null, views.size),
      rows(base, sum, and(stayed, among(views.keys())), null, views.size),
    ]);
    return chosen(base, views, countsOf(visitors), countsOf(dwell));
  }
  // All that were viewed are known and are fewer than wanted: those that were not come after them.
  const dwell = countsOf(await rows(base, sum, stayed, null, MAX_UNVIEWED));
  if (dwell.size === MAX_UNVIEWED) return null;
  const names = new Set([...views.keys(), ...dwell.keys()]);
  if (names.size === 0) return [];
  return chosen(base, views, countsOf(await rows(base, VISITORS, and(condition, among(names)), null, names.size)), dwell);
}

function rows({ store, value, context }: Base, counted: Sql, condition: Sql, order: Sql | null, limit: number): Promise<Row[]> {
  const query = sql`SELECT ${value}, ${counted} FROM ${store.table} WHERE ${condition} GROUP BY ${value}`;
  return store.reader.some(order ? sql`${query} ${order}` : query, limit, context);
}

const countsOf = (rows: readonly Row[]): Map<string, number> => new Map(rows.map(([value, count]) => [text(value), number(count)]));

function chosen({ limit }: Base, views: Map<string, number>, visitors: Map<string, number>, dwell: Map<string, number>): TopItem[] {
  return [...new Set([...views.keys(), ...dwell.keys()])]
    .map((value) => ({ value, views: views.get(value) ?? 0, visitors: visitors.get(value) ?? 0, dwellMs: dwell.get(value) ?? 0 }))
    .sort(inOrder)
    .slice(0, limit);
}

/**
 * All in one query. Pinot orders texts by UTF-16 units, we by code points: they differ only where one of two texts has a surrogate. And a
 * HAVING would be applied after the store has cut its list off, so values with neither views nor dwell are left out here. So it may take
 * another, longer list until what is wanted is certain.
 */
async function atOnce({ store, condition, value, view, dwell, limit, context }: Base): Promise<TopItem[]> {
  const query = sql`SELECT ${value}, ${countOf(view)} AS views, ${VISITORS} AS visitors, ${sumOfDwell(dwell)}
    FROM ${store.table} WHERE ${condition} GROUP BY ${value} ORDER BY views DESC, visitors DESC, ${value}`;
  for (let asked = limit + 10; ; asked = Math.min(asked * 16, MAX_GROUPS)) {
    const rows = await store.reader.some(query, asked, context);
    const items = rows.map(itemOf).filter(({ value, views, dwellMs }) => value !== '' && (views > 0 || dwellMs > 0));
    const first = items.sort(inOrder).slice(0, limit);
    const last = rows.at(-1);
    if (!last || rows.length < asked) return first;
    const tied = first.filter((item) => byCounts(item, itemOf(last)) === 0);
    if (first.length === limit && !tied.some(({ value }) => /[\ud800-\udfff]/.test(value))) return first;
    if (asked === MAX_GROUPS) {
      context.partial(RARE_VALUES);
      return first;
    }
  }
}

const itemOf = ([value, views, visitors, dwell]: Row): TopItem => ({
  value: text(value),
  views: number(views),
  visitors: number(visitors),
  dwellMs: number(dwell),
});

const byCounts = (one: TopItem, other: TopItem): number => other.views - one.views || other.visitors - one.visitors;

const inOrder = (one: TopItem, other: TopItem): number => byCounts(one, other) || byCodePoint(one.value, other.value);
