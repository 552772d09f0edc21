/** Funnels on Pinot: which events match which step is found there, who got how far is counted in ../funnel.ts as for every engine. */
import { FunnelCount, MAX_FUNNEL_EVENTS, tooManyEvents, viewOfStep } from '../funnel';
import type { Filter, FunnelStep, QueryContext, Scope } from '../port';
import { and, filterCondition, isView, scopeCondition } from './conditions';
import { number, text } from './reader';
import { column, joined, list, type Sql, sql } from './sql';
import type { Store } from './store';

/** Rows to read at a time: the answer to a query is parsed in one go, and meanwhile the collector waits. */
const AT_A_TIME = 40_000;
/** Visitors whose names are put into a query, 50 KB of them. */
const MAX_NAMED = 2000;
/** Parts of the range that are counted, to find slices of about that many. */
const PARTS = 1000;

interface Matching {
  id: string;
  visitor: string;
  ts: number;
  matched: number;
}

export async function funnel(
  store: Store,
  scope: Scope,
  steps: readonly Filter[],
  windowMs: number,
  context: QueryContext,
): Promise<FunnelStep[]> {
  const conditions = steps.map((step) => stepCondition(scope.filters, step));
  const count = new FunnelCount(steps.length, windowMs);
  const began = await whoBegan(store, scope, conditions, context);
  if (began === 'nobody') return count.result();
  const inScope = (from: number, to: number): Sql => and(scopeCondition({ ...scope, from, to }, store.erased), began);
  for (const { from, to } of await slicesOf(store, scope, inScope(scope.from, scope.to), conditions, context))
    for (const event of await matching(store, inScope(from, to), conditions, context)) count.add(event);
  return count.result();
}

/** Only they count: where they are few, the others' events need not be read. null where they are not. */
async function whoBegan(store: Store, scope: Scope, [first]: readonly Sql[], context: QueryContext): Promise<Sql | 'nobody' | null> {
  if (!first) return 'nobody';
  const visitor = column('visitor_id');
  const query = sql`SELECT DISTINCT ${visitor} FROM ${store.table} WHERE ${scopeCondition(scope, store.erased)} AND ${first}`;
  const rows = await store.reader.some(query, MAX_NAMED + 1, context);
  if (rows.length === 0) return 'nobody';
  return rows.length > MAX_NAMED ? null : sql`${visitor} IN ${list(rows.map(([id]) => text(id)))}`;
}

function stepCondition(filters: readonly Filter[], step: Filter): Sql {
  const view = isView(viewOfStep(filters, step));
  const condition = filterCondition(step);
  return view ? sql`${view} AND ${condition}` : condition;
}

/** Ranges of time with about as many matching events as are read at once; those without any are left out. */
async function slicesOf(
  store: Store,
  scope: Scope,
  inScope: Sql,
  steps: readonly Sql[],
  context: QueryContext,
): Promise<{ from: number; to: number }[]> {
  const width = Math.max(1, Math.ceil((scope.to - scope.from) / PARTS));
  const part = sql`FLOOR((${column('ts')} - ${scope.from}) / ${width})`;
  const any = joined(
    steps.map((step) => sql`(${step})`),
    ' OR ',
  );
  const rows = await store.reader.all(
    sql`SELECT ${part}, COUNT(*) FROM ${store.table} WHERE ${inScope} AND (${any}) GROUP BY ${part}`,
    PARTS + 1,
    context,
  );
  const counted = rows.map(([index, events]) => ({ from: scope.from + number(index) * width, events: number(events) }));
  if (counted.reduce((sum, { events }) => sum + events, 0) > MAX_FUNNEL_EVENTS) throw tooManyEvents();
  const slices: { from: number; to: number; events: number }[] = [];
  for (const { from, events } of counted.sort((one, other) => one.from - other.from)) {
    const to = Math.min(from + width, scope.to);
    const open = slices.at(-1);
    if (open && open.events + events <= AT_A_TIME) Object.assign(open, { to, events: open.events + events });
    else slices.push({ from, to, events });
  }
  return slices;
}

/** The events of a slice that match any step, in the order that a funnel counts by. One query for each step, so that each can use its index. */
async function matching(store: Store, slice: Sql, steps: readonly Sql[], context: QueryContext): Promise<Matching[]> {
  const fields = joined(['event_id', 'visitor_id', 'ts'].map(column), ', ');
  const found = await Promise.all(
    steps.map((step) =>
      store.reader.all(sql`SELECT ${fields} FROM ${store.table} WHERE ${slice} AND ${step}`, MAX_FUNNEL_EVENTS + 1, context),
    ),
  );
  const events = new Map<string, Matching>();
  found.forEach((rows, step) => {
    for (const [id, visitor, ts] of rows) {
      const event = events.get(text(id)) ?? { id: text(id), visitor: text(visitor), ts: number(ts), matched: 0 };
      event.matched |= 1 << step;
      events.set(event.id, event);
    }
  });
  return [...events.values()].sort((one, other) => one.ts - other.ts || (one.id < other.id ? -1 : 1));
}
