/** Totals, visitors, series and properties on Pinot. */
import type { Props, Totals } from '@datamesh/contracts';
import { percentile } from '../percentiles';
import { type BucketCount, countedEvents, type QueryContext, type Scope } from '../port';
import { and, isView, scopeCondition, VISITORS } from './conditions';
import { periodOf } from './periods';
import { number, text } from './reader';
import { column, type Sql, sql } from './sql';
import type { Store } from './store';
import { stays } from './visits';

export async function totals(store: Store, scope: Scope, context: QueryContext): Promise<Totals> {
  const condition = scopeCondition(scope, store.erased);
  const view = isView(countedEvents(scope.filters).view);
  // Views by themselves: a condition within WHERE goes by an index, one within an aggregate reads every event's name.
  const [[seen = []], [views = []], dwell] = await Promise.all([
    store.reader.some(sql`SELECT ${VISITORS}, DISTINCTCOUNT(${column('session_id')}) FROM ${store.table} WHERE ${condition}`, 1, context),
    store.reader.some(sql`SELECT COUNT(*) FROM ${store.table} WHERE ${and(condition, view)}`, 1, context),
    stays(store, scope, context),
  ]);
  return { visitors: number(seen[0]), views: number(views[0]), sessions: number(seen[1]), medianDwellMs: percentile(dwell, 50) };
}

export async function visitors(store: Store, scope: Scope, context: QueryContext): Promise<number> {
  const query = sql`SELECT ${VISITORS} FROM ${store.table} WHERE ${scopeCondition(scope, store.erased)}`;
  const [row = []] = await store.reader.some(query, 1, context);
  return number(row[0]);
}

export async function series(store: Store, scope: Scope, starts: readonly number[], context: QueryContext): Promise<BucketCount[]> {
  const period = periodOf(starts, scope.to);
  const condition = scopeCondition(scope, store.erased);
  const view = isView(countedEvents(scope.filters).view);
  const counted = async (count: Sql, where: Sql): Promise<Map<number, number>> => {
    const query = sql`SELECT ${period}, ${count} FROM ${store.table} WHERE ${where} GROUP BY ${period}`;
    const rows = await store.reader.all(query, starts.length + 1, context);
    return new Map(rows.map(([index, events]) => [number(index), number(events)]));
  };
  const [visitors, views] = await Promise.all([counted(VISITORS, condition), counted(sql`COUNT(*)`, and(condition, view))]);
  return starts.flatMap((start, index) => {
    const seen = visitors.get(index);
    return seen === undefined ? [] : [{ start, views: views.get(index) ?? 0, visitors: seen }];
  });
}

export async function props(store: Store, scope: Scope, limit: number, context: QueryContext): Promise<Props['items']> {
  const keys = column('prop_keys');
  const rows = await store.reader.some(
    sql`SELECT ${keys}, COUNT(*) AS events FROM ${store.table} WHERE ${scopeCondition(scope, store.erased)} AND ${keys} <> ''
    GROUP BY ${keys} ORDER BY events DESC, ${keys}`,
    limit,
    context,
  );
  return rows.map(([key, events]) => ({ key: text(key), events: number(events) }));
}
