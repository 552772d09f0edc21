/** Sessions, dwell, funnel, retention and widgets on DuckDB agree with counting one by one. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../collect/event';
import { DuckDbSink, SCHEMA } from '../../sinks/duckdb';
import { Database } from '../../storage/database';
import { FunnelCount } from '../funnel';
import { asking, storedEvent } from '../golden';
import { dwellOf, percentile } from '../percentiles';
import type { Filter, Scope } from '../port';
import { RetentionCount } from '../retention';
import { DuckDbQueries } from './queries';

const START = Date.parse('2026-03-02T00:00:00Z');
const MINUTE = 60_000;

let folder: string;
let database: Database;
let engine: DuckDbQueries;
let write: (events: readonly StoredEvent[]) => Promise<unknown>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'visits-'));
  database = await Database.open({ file: join(folder, 'events.duckdb'), memoryLimit: '500MB', schema: SCHEMA });
  engine = new DuckDbQueries(database);
  const sink = new DuckDbSink(database, 'spool', () => undefined);
  let next = 0;
  write = (events) =>
    sink.write(
      events.map((event) => Buffer.from(JSON.stringify(event))),
      ++next,
    );
});
afterAll(async () => {
  database.close();
  await rm(folder, { recursive: true });
});

const drawn = fc.record({
  // Few moments, so that many events share one.
  ts: fc.nat(30).map((minute) => START + minute * MINUTE),
  event_name: fc.constantFrom('view', 'view', 'dwell', 'signup', 'widget_view'),
  visitor_id: fc.constantFrom('a', 'b', 'c'),
  session_id: fc.constantFrom('1', '2', '3', '4', '5'),
  path: fc.option(fc.constantFrom('/', '/b', '/ü')),
  dwell_ms: fc.option(fc.integer({ min: 0, max: 2_000_000 })),
  load_ms: fc.option(fc.integer({ min: 0, max: 500 })),
  widget: fc.option(fc.constantFrom('notes', 'chart')),
  props: fc.option(fc.constantFrom('{"plan":"pro"}', '{"plan":"basic","n":"1"}')),
});
const logs = fc.array(drawn, { minLength: 1, maxLength: 40 });

const grouped = <T>(items: readonly T[], key: (item: T) => string): T[][] => {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups.values()];
};
const ascending = (numbers: number[]): number[] => numbers.sort((one, other) => one - other);
const propOf = (event: StoredEvent, key: string): string | undefined => (JSON.parse(event.props ?? '{}') as Record<string, string>)[key];

/** Each log on a site of its own; `check` gets what of it is in scope, in order. */
async function agree(check: (inside: StoredEvent[], scope: Scope) => Promise<void>): Promise<void> {
  let run = 0;
  const prefix = `s${Math.floor(performance.now())}`;
  await fc.assert(
    fc.asyncProperty(logs, fc.integer({ min: 1, max: 31 }), async (log, minutes) => {
      const site = `${prefix}-${run++}`;
      const events = log.map((fields) => storedEvent({ ...fields, site_id: site }));
      await write(events);
      const scope: Scope = { site, from: START, to: START + minutes * MINUTE, filters: [] };
      const inside = events
        .filter(({ ts }) => ts < scope.to)
        .sort((one, other) => one.ts - other.ts || (one.event_id < other.event_id ? -1 : 1));
      await check(inside, scope);
    }),
    { numRuns: 25 },
  );
}

describe('visits on DuckDB agree with counting one by one', () => {
  it(
    'sessions',
    () =>
      agree(async (inside, scope) => {
        const visits = grouped(inside, ({ session_id }) => session_id).filter((visit) =>
          visit.some(({ event_name }) => event_name === 'view'),
        );
        const views = visits.map((visit) => visit.filter(({ event_name }) => event_name === 'view'));
        const durations = ascending(visits.map((visit) => (visit.at(-1)?.ts ?? 0) - (visit[0]?.ts ?? 0)));
        const found = await engine.sessions(scope, 100, asking);
        expect(found).toMatchObject({
          sessions: visits.length,
          views: views.flat().length,
          bounces: views.filter(({ length }) => length === 1).length,
          medianDurationMs: percentile(durations, 50),
        });
        // Of pages at the same moment either may be the first: as many sessions as have any, and each page one of the possible.
        const withPages = views.map((visit) => visit.filter(({ path }) => path !== null)).filter(({ length }) => length > 0);
        for (const pages of [found.entries, found.exits])
          expect(pages.reduce((sum, { sessions }) => sum + sessions, 0)).toBe(withPages.length);
        for (const { path, sessions } of found.entries)
          expect(sessions).toBeLessThanOrEqual(
            withPages.filter((visit) => visit.some((view) => view.ts === visit[0]?.ts && view.path === path)).length,
          );
      }),
    60_000,
  );

  it(
    'dwell',
    () =>
      agree(async (inside, scope) => {
        const dwells = inside.filter(({ event_name, dwell_ms }) => event_name === 'dwell' && dwell_ms !== null);
        const stays = grouped(dwells, ({ session_id }) => session_id).map((visit) =>
          visit.reduce((sum, event) => sum + (event.dwell_ms ?? 0), 0),
        );
        expect(await engine.dwell(scope, asking)).toEqual(dwellOf(ascending(stays).map((value) => ({ value, count: 1 }))));
      }),
    60_000,
  );

  it(
    'funnel',
    () =>
      agree(async (inside, scope) => {
        const steps: Filter[] = [
          { dimension: 'path', value: '/' },
          { dimension: 'props.plan', value: 'pro' },
          { dimension: 'widget', value: 'notes' },
        ];
        const windowMs = 10 * MINUTE;
        const funnel = new FunnelCount(steps.length, windowMs);
        for (const event of inside) {
          const first = event.event_name === 'view' && event.path === '/' ? 1 : 0;
          const second = propOf(event, 'plan') === 'pro' ? 2 : 0;
          const third = event.event_name === 'widget_view' && event.widget === 'notes' ? 4 : 0;
          funnel.add({ visitor: event.visitor_id, ts: event.ts, matched: first | second | third });
        }
        expect(await engine.funnel(scope, steps, windowMs, asking)).toEqual(funnel.result());
      }),
    60_000,
  );

  it(
    'retention',
    () =>
      agree(async (inside, scope) => {
        const starts = [0, 7, 8, 20].map((minute) => START + minute * MINUTE).filter((start) => start < scope.to);
        const retention = new RetentionCount(starts.length);
        for (const { visitor_id, ts } of inside) retention.add(visitor_id, starts.filter((start) => start <= ts).length - 1);
        expect(await engine.retention(scope, starts, asking)).toEqual(retention.result());
      }),
    60_000,
  );

  it(
    'widgets and properties',
    () =>
      agree(async (inside, scope) => {
        for (const { widget, opens, visitors, load } of await engine.widgets(scope, 10, asking)) {
          const about = inside.filter((event) => event.widget === widget);
          const views = about.filter(({ event_name }) => event_name === 'widget_view');
          const loads = ascending(views.flatMap(({ load_ms }) => load_ms ?? []));
          expect([opens, visitors]).toEqual([views.length, new Set(about.map(({ visitor_id }) => visitor_id)).size]);
          expect(load).toEqual(
            loads.length === 0
              ? null
              : { count: loads.length, p50: percentile(loads, 50), p75: percentile(loads, 75), p95: percentile(loads, 95) },
          );
        }
        const keys = inside.flatMap(({ props }) => Object.keys(JSON.parse(props ?? '{}') as object));
        for (const { key, events } of await engine.props(scope, 10, asking))
          expect(events).toBe(keys.filter((each) => each === key).length);
        const pro = { ...scope, filters: [{ dimension: 'props.plan', value: 'pro' } as const] };
        const fitting = inside.filter((event) => propOf(event, 'plan') === 'pro');
        expect(await engine.totals(pro, asking)).toMatchObject({ views: fitting.length });
        expect(await engine.events(pro, null, 100, asking)).toHaveLength(fitting.length);
      }),
    60_000,
  );
});
