/** Sessions, dwell and retention on Pinot: grouped there, ranked and counted here. */
import type { Dwell, Sessions } from '@datamesh/contracts';
import { byCodePoint } from '../code-points';
import { dwellOf, percentile } from '../percentiles';
import { type Cohort, countedEvents, type QueryContext, type Scope } from '../port';
import { MAX_PERIODS, RetentionCount } from '../retention';
import { and, isView, named, scopeCondition } from './conditions';
import { number, text } from './reader';
import { inSlices } from './slices';
import { column, sql } from './sql';
import type { Store } from './store';
import { MAX_GROUPS } from './transport';

/** Numbers only: ten megabytes. */
const MAX_STAYS = MAX_GROUPS;
/** With an id and a path each. */
const MAX_SESSION_ROWS = 100_000;
/** An id each. */
const MAX_VISITORS = MAX_GROUPS;
const PERIODS_AT_A_TIME = 4;

/** Each session's dwell, ascending. */
export async function stays(store: Store, scope: Scope, context: QueryContext): Promise<number[]> {
  const { dwell } = countedEvents(scope.filters);
  const condition = sql`${scopeCondition(scope, store.erased)} AND ${named(dwell)} AND ${column('dwell_ms')} >= 0`;
  const all: number[] = [];
  await inSlices(
    store.reader,
    (part) => sql`SELECT SUM(${column('dwell_ms')}) FROM ${store.table} WHERE ${and(condition, part)} GROUP BY ${column('session_id')}`,
    MAX_STAYS,
    context,
    (rows) => {
      for (const [stay] of rows) all.push(number(stay));
    },
  );
  return all.sort((one, other) => one - other);
}

export async function dwell(store: Store, scope: Scope, context: QueryContext): Promise<Omit<Dwell, 'partial'>> {
  const ascending = await stays(store, scope, context);
  return dwellOf(ascending.map((value) => ({ value, count: 1 })));
}

interface Visit {
  views: number;
  /** Of its counted views on a page. */
  entry: { path: string; ts: number } | null;
  exit: { path: string; ts: number } | null;
}

export async function sessions(store: Store, scope: Scope, limit: number, context: QueryContext): Promise<Omit<Sessions, 'partial'>> {
  const condition = scopeCondition(scope, store.erased);
  const view = isView(countedEvents(scope.filters).view);
  const [id, path, ts] = [column('session_id'), column('path'), column('ts')];
  const visits = new Map<string, Visit>();
  await inSlices(
    store.reader,
    (part) =>
      sql`SELECT ${id}, ${path}, COUNT(*), MIN(${ts}), MAX(${ts}) FROM ${store.table}
      WHERE ${and(condition, view, part)} GROUP BY ${id}, ${path}`,
    MAX_SESSION_ROWS,
    context,
    (rows) => {
      for (const [session, page, views, first, last] of rows)
        addPage(visits, text(session), text(page), number(views), number(first), number(last));
    },
  );
  const durations: number[] = [];
  await inSlices(
    store.reader,
    (part) => sql`SELECT ${id}, MAX(${ts}) - MIN(${ts}) FROM ${store.table} WHERE ${and(condition, part)} GROUP BY ${id}`,
    MAX_SESSION_ROWS,
    context,
    (rows) => {
      for (const [session, duration] of rows) if (visits.has(text(session))) durations.push(number(duration));
    },
  );
  const all = [...visits.values()];
  return {
    sessions: all.length,
    views: all.reduce((sum, { views }) => sum + views, 0),
    bounces: all.filter(({ views }) => views === 1).length,
    medianDurationMs: percentile(
      durations.sort((one, other) => one - other),
      50,
    ),
    entries: mostFrequent(
      all.map(({ entry }) => entry?.path),
      limit,
    ),
    exits: mostFrequent(
      all.map(({ exit }) => exit?.path),
      limit,
    ),
  };
}

/** One page of a session: how often it was viewed, first and last. */
function addPage(visits: Map<string, Visit>, session: string, path: string, views: number, first: number, last: number): void {
  const visit = visits.get(session) ?? { views: 0, entry: null, exit: null };
  visits.set(session, visit);
  visit.views += views;
  if (path === '') return;
  if (!visit.entry || first < visit.entry.ts) visit.entry = { path, ts: first };
  if (!visit.exit || last > visit.exit.ts) visit.exit = { path, ts: last };
}

function mostFrequent(paths: readonly (string | undefined)[], limit: number): Sessions['entries'] {
  const counts = new Map<string, number>();
  for (const path of paths) if (path !== undefined) counts.set(path, (counts.get(path) ?? 0) + 1);
  return [...counts]
    .map(([path, sessions]) => ({ path, sessions }))
    .sort((one, other) => other.sessions - one.sessions || byCodePoint(one.path, other.path))
    .slice(0, limit);
}

/** Who was there, period by period: a list of each is shorter than that of all pairs, and no limit on groups cuts it off. */
export async function retention(store: Store, scope: Scope, starts: readonly number[], context: QueryContext): Promise<Cohort[]> {
  if (starts.length > MAX_PERIODS) throw new RangeError(`more than ${MAX_PERIODS} periods`);
  const count = new RetentionCount(starts.length);
  const period = async (index: number): Promise<void> => {
    const from = Math.max(starts[index] ?? scope.to, scope.from);
    const to = Math.min(starts[index + 1] ?? scope.to, scope.to);
    if (from >= to) return;
    const condition = scopeCondition({ ...scope, from, to }, store.erased);
    const rows = await store.reader.all(
      sql`SELECT DISTINCT ${column('visitor_id')} FROM ${store.table} WHERE ${condition}`,
      MAX_VISITORS,
      context,
    );
    for (const [visitor] of rows) count.add(text(visitor), index);
  };
  const indexes = starts.keys();
  await Promise.all(
    Array.from({ length: PERIODS_AT_A_TIME }, async () => {
      for (const index of indexes) await period(index);
    }),
  );
  return count.result();
}
