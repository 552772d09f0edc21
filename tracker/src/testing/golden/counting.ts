/** Answers about random events against counting them one by one: what every engine is asked, and what it has to say. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { StoredEvent } from '../../events/event';
import { FunnelCount } from '../../query/funnel';
import { dwellOf, percentile } from '../../query/percentiles';
import type { Filter, QueryEngine, Scope } from '../../query/port';
import { RetentionCount } from '../../query/retention';
import { context, storedEvent } from './events';

const START = Date.parse('2026-03-02T00:00:00Z');
const MINUTE = 60_000;

const drawn = fc.record({
  // Few moments, so that many events share one.
  ts: fc.nat(30).map((minute) => START + minute * MINUTE),
  event_name: fc.constantFrom('view', 'view', 'dwell', 'signup', 'widget_view'),
  visitor_id: fc.constantFrom('a', 'b', 'c'),
  session_id: fc.constantFrom('1', '2', '3', '4', '5'),
  // The last two are in another order by UTF-16 units than by code points.
  path: fc.option(fc.constantFrom('/', '/b', '/ü', '/ｆ', '/🙂')),
  dwell_ms: fc.option(fc.integer({ min: 0, max: 2_000_000 })),
  load_ms: fc.option(fc.integer({ min: 0, max: 500 })),
  widget: fc.option(fc.constantFrom('notes', 'chart')),
  props: fc.option(fc.constantFrom('{"plan":"pro"}', '{"plan":"basic","n":"1"}')),
});

/** A log, and how much of it is asked about. */
export const drawnSites = fc.record({ log: fc.array(drawn, { minLength: 1, maxLength: 40 }), minutes: fc.integer({ min: 1, max: 31 }) });
export type DrawnSite = typeof drawnSites extends fc.Arbitrary<infer T> ? T : never;

/** The log on a site of its own. `inside` is what of it is in scope, in order. */
export function siteOf({ log, minutes }: DrawnSite, site: string): { events: StoredEvent[]; inside: StoredEvent[]; scope: Scope } {
  const events = log.map((fields) => storedEvent({ ...fields, site_id: site }));
  const scope: Scope = { site, from: START, to: START + minutes * MINUTE, filters: [] };
  const inside = events
    .filter(({ ts }) => ts < scope.to)
    .sort((one, other) => one.ts - other.ts || (one.event_id < other.event_id ? -1 : 1));
  return { events, inside, scope };
}

const grouped = <T>(items: readonly T[], key: (item: T) => string): T[][] => {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups.values()];
};
const ascending = (numbers: number[]): number[] => numbers.sort((one, other) => one - other);
const propOf = (event: StoredEvent, key: string): string | undefined => (JSON.parse(event.props ?? '{}') as Record<string, string>)[key];
const visitorsOf = (events: readonly StoredEvent[]): number => new Set(events.map(({ visitor_id }) => visitor_id)).size;
const dwellSum = (events: readonly StoredEvent[]): number => events.reduce((sum, event) => sum + (event.dwell_ms ?? 0), 0);

type Check = (engine: QueryEngine, inside: readonly StoredEvent[], scope: Scope) => Promise<void>;

export const CHECKS: Record<string, Check> = {
  'totals, series and top lists': async (engine, inside, scope) => {
    const views = inside.filter(({ event_name }) => event_name === 'view');
    const dwells = inside.filter(({ event_name, dwell_ms }) => event_name === 'dwell' && dwell_ms !== null);
    const stays = grouped(dwells, ({ session_id }) => session_id).map(dwellSum);
    expect(await engine.totals(scope, context)).toEqual({
      visitors: visitorsOf(inside),
      views: views.length,
      sessions: grouped(inside, ({ session_id }) => session_id).length,
      medianDwellMs: percentile(ascending(stays), 50),
    });
    expect(await engine.visitors({ ...scope, to: Number.MAX_SAFE_INTEGER }, context)).toBeGreaterThanOrEqual(visitorsOf(inside));
    const even = Array.from({ length: 16 }, (_, index) => START + index * 2 * MINUTE);
    const uneven = [0, 7, 8, 20].map((minute) => START + minute * MINUTE);
    for (const starts of [even, uneven].map((all) => all.filter((start) => start < scope.to))) {
      const periods = grouped(inside, ({ ts }) => String(starts.findLast((start) => start <= ts)));
      expect(await engine.series(scope, starts, context)).toEqual(
        periods.map((events) => ({
          start: starts.findLast((start) => start <= (events[0]?.ts ?? 0)),
          views: events.filter(({ event_name }) => event_name === 'view').length,
          visitors: visitorsOf(events),
        })),
      );
    }
    const pages = grouped(
      inside.filter(({ path }) => path !== null),
      ({ path }) => String(path),
    ).map((events) => ({
      value: String(events[0]?.path),
      views: events.filter(({ event_name }) => event_name === 'view').length,
      visitors: visitorsOf(events),
      dwellMs: dwellSum(events.filter(({ event_name }) => event_name === 'dwell')),
    }));
    const listed = pages
      .filter(({ views, dwellMs }) => views > 0 || dwellMs > 0)
      .sort(
        (one, other) =>
          other.views - one.views || other.visitors - one.visitors || Buffer.compare(Buffer.from(one.value), Buffer.from(other.value)),
      );
    for (const limit of [1, 2, 10]) expect(await engine.top(scope, 'path', limit, context)).toEqual(listed.slice(0, limit));
  },

  sessions: async (engine, inside, scope) => {
    const visits = grouped(inside, ({ session_id }) => session_id).filter((visit) => visit.some(({ event_name }) => event_name === 'view'));
    const views = visits.map((visit) => visit.filter(({ event_name }) => event_name === 'view'));
    const durations = ascending(visits.map((visit) => (visit.at(-1)?.ts ?? 0) - (visit[0]?.ts ?? 0)));
    const found = await engine.sessions(scope, 100, context);
    expect(found).toMatchObject({
      sessions: visits.length,
      views: views.flat().length,
      bounces: views.filter(({ length }) => length === 1).length,
      medianDurationMs: percentile(durations, 50),
    });
    // Of pages at the same moment either may be the first: as many sessions as have any, and each page one of the possible.
    const withPages = views.map((visit) => visit.filter(({ path }) => path !== null)).filter(({ length }) => length > 0);
    for (const pages of [found.entries, found.exits]) expect(pages.reduce((sum, { sessions }) => sum + sessions, 0)).toBe(withPages.length);
    for (const { path, sessions } of found.entries)
      expect(sessions).toBeLessThanOrEqual(
        withPages.filter((visit) => visit.some((view) => view.ts === visit[0]?.ts && view.path === path)).length,
      );
  },

  dwell: async (engine, inside, scope) => {
    const dwells = inside.filter(({ event_name, dwell_ms }) => event_name === 'dwell' && dwell_ms !== null);
    const stays = grouped(dwells, ({ session_id }) => session_id).map(dwellSum);
    expect(await engine.dwell(scope, context)).toEqual(dwellOf(ascending(stays).map((value) => ({ value, count: 1 }))));
  },

  funnel: async (engine, inside, scope) => {
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
    expect(await engine.funnel(scope, steps, windowMs, context)).toEqual(funnel.result());
  },

  retention: async (engine, inside, scope) => {
    const starts = [0, 7, 8, 20].map((minute) => START + minute * MINUTE).filter((start) => start < scope.to);
    const retention = new RetentionCount(starts.length);
    for (const { visitor_id, ts } of inside) retention.add(visitor_id, starts.filter((start) => start <= ts).length - 1);
    expect(await engine.retention(scope, starts, context)).toEqual(retention.result());
  },

  'widgets and properties': async (engine, inside, scope) => {
    for (const { widget, opens, visitors, load } of await engine.widgets(scope, 10, context)) {
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
    for (const { key, events } of await engine.props(scope, 10, context)) expect(events).toBe(keys.filter((each) => each === key).length);
    const pro = { ...scope, filters: [{ dimension: 'props.plan', value: 'pro' } as const] };
    const fitting = inside.filter((event) => propOf(event, 'plan') === 'pro');
    expect(await engine.totals(pro, context)).toMatchObject({ views: fitting.length });
    expect(await engine.events(pro, null, 100, context)).toHaveLength(fitting.length);
  },
};
