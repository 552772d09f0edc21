/** Sessions, dwell, properties, funnel and retention of the site `club`, counted by hand. */
import { expect, it } from 'vitest';
import type { StoredEvent } from '../../events/event';
import type { Filter, QueryEngine, Scope } from '../../query/port';
import { at, context, scope, storedEvent } from './events';

const MINUTE = 60_000;

export function clubEvents(): StoredEvent[] {
  const site_id = 'club';
  const anna = { site_id, visitor_id: 'anna', session_id: 'a1', browser: 'Firefox' };
  const ben = { site_id, visitor_id: 'ben', session_id: 'b1', browser: 'Chrome' };
  const cleo = { site_id, visitor_id: 'cleo', session_id: 'c1', browser: 'Chrome' };
  const dora = { site_id, visitor_id: 'dora', session_id: 'd1' };
  const eve = { site_id, visitor_id: 'eve', session_id: 'e1' };
  const dwell = (dwell_ms: number) => ({ event_name: 'dwell', dwell_ms });
  const events = [
    { ts: at('02T08:00'), path: '/home', ...anna },
    { ts: at('02T08:01'), path: '/home', ...dwell(15_000), ...anna },
    { ts: at('02T08:05'), path: '/pricing', ...anna },
    { ts: at('02T08:06'), path: '/pricing', ...dwell(200_000), ...anna },
    { ts: at('02T08:07'), path: '/pricing', event_name: 'signup', props: '{"plan":"pro"}', ...anna },
    { ts: at('02T09:00'), path: '/pricing', ...ben },
    { ts: at('02T10:00'), path: '/home', ...cleo },
    { ts: at('02T10:30'), event_name: 'signup', props: '{"plan":"basic","seats":"3"}', ...cleo },
    { ts: at('03T10:00'), path: '/pricing', ...cleo, session_id: 'c2' },
    { ts: at('03T10:02'), path: '/pricing', ...dwell(5_000), ...cleo, session_id: 'c2' },
    // Seen, and for ten seconds, but her view was lost.
    { ts: at('04T10:00'), ...dwell(10_000), ...dora },
    { ts: at('04T11:00'), ...eve },
    { ts: at('04T11:01'), path: '/home', ...eve },
    { ts: at('04T11:02'), path: '/home', ...eve },
    { ts: at('05T00:00'), path: '/home', ...anna, session_id: 'a2' },
  ].map(storedEvent);
  return [...events, ...tiedEvents(), ...events.slice(2, 6).map((event) => ({ ...event }))];
}

/** Both steps of a funnel in the same millisecond: the id of the event decides which came first. */
function tiedEvents(): StoredEvent[] {
  const id = (last: number) => `019ca000-0000-7000-8000-${String(last).padStart(12, '0')}`;
  const step = (visitor_id: string, path: string, last: number) =>
    storedEvent({ site_id: 'ties', ts: at('02T10:00'), visitor_id, session_id: visitor_id, path, event_id: id(last) });
  return [step('first', '/two', 9), step('first', '/one', 3), step('last', '/two', 4), step('last', '/one', 8)];
}

const club = (more: Partial<Scope> = {}): Scope => scope({ site: 'club', ...more });
const path = (value: string): Filter => ({ dimension: 'path', value });
const STEPS: readonly Filter[] = [path('/home'), path('/pricing'), { dimension: 'event_name', value: 'signup' }];
const DAYS = [at('02T00:00'), at('03T00:00'), at('04T00:00'), at('05T00:00')];
const WEEK = 7 * 24 * 60 * MINUTE;

export function visitsAnswers(engine: () => QueryEngine): void {
  it('sessions with a view: how long, how many pages, where they begin and end', async () => {
    // Durations: a2 0, b1 0, c2 2 minutes, e1 2, a1 7, c1 30; of six the third.
    expect(await engine().sessions(club(), 10, context)).toEqual({
      sessions: 6,
      views: 9,
      bounces: 4,
      medianDurationMs: 2 * MINUTE,
      entries: [
        { path: '/home', sessions: 4 },
        { path: '/pricing', sessions: 2 },
      ],
      exits: [
        { path: '/home', sessions: 3 },
        { path: '/pricing', sessions: 3 },
      ],
    });
    const one = await engine().sessions(club(), 1, context);
    expect([one.sessions, one.entries.length, one.exits.length]).toEqual([6, 1, 1]);
  });

  it('sessions of a filter are what of them is in scope', async () => {
    // Durations: a2 0, c1 0, a1 1 minute (to its dwell), e1 1.
    expect(await engine().sessions(club({ filters: [path('/home')] }), 10, context)).toEqual({
      sessions: 4,
      views: 5,
      bounces: 3,
      medianDurationMs: 0,
      entries: [{ path: '/home', sessions: 4 }],
      exits: [{ path: '/home', sessions: 4 }],
    });
  });

  it('dwell of sessions', async () => {
    const { sessions, percentiles, distribution } = await engine().dwell(club(), context);
    expect(sessions).toBe(3);
    expect(percentiles).toEqual([
      { percent: 25, ms: 5_000 },
      { percent: 50, ms: 10_000 },
      { percent: 75, ms: 215_000 },
      { percent: 90, ms: 215_000 },
      { percent: 95, ms: 215_000 },
      { percent: 99, ms: 215_000 },
    ]);
    expect(distribution).toEqual([
      { fromMs: 0, toMs: 10_000, sessions: 1 },
      { fromMs: 10_000, toMs: 30_000, sessions: 1 },
      { fromMs: 30_000, toMs: 60_000, sessions: 0 },
      { fromMs: 60_000, toMs: 180_000, sessions: 0 },
      { fromMs: 180_000, toMs: 600_000, sessions: 1 },
      { fromMs: 600_000, toMs: 1_800_000, sessions: 0 },
      { fromMs: 1_800_000, toMs: null, sessions: 0 },
    ]);
    expect((await engine().dwell(club({ filters: [path('/home')] }), context)).percentiles[0]).toEqual({ percent: 25, ms: 15_000 });
  });

  it('keys of properties', async () => {
    expect(await engine().props(club(), 10, context)).toEqual([
      { key: 'plan', events: 2 },
      { key: 'seats', events: 1 },
    ]);
    expect(await engine().props(club(), 1, context)).toHaveLength(1);
    expect(await engine().props(club({ from: at('03T00:00') }), 10, context)).toEqual([]);
  });

  it('counts every event where a property is asked for', async () => {
    const pro = { filters: [{ dimension: 'props.plan', value: 'pro' }] as const };
    expect(await engine().totals(club(pro), context)).toEqual({ visitors: 1, views: 1, sessions: 1, medianDwellMs: null });
    expect(await engine().top(club(pro), 'path', 10, context)).toEqual([{ value: '/pricing', views: 1, visitors: 1, dwellMs: 0 }]);
    expect(await engine().series(club(pro), DAYS, context)).toEqual([{ start: at('02T00:00'), views: 1, visitors: 1 }]);
    expect(await engine().sessions(club(pro), 10, context)).toMatchObject({
      sessions: 1,
      views: 1,
      exits: [{ path: '/pricing', sessions: 1 }],
    });
    expect(await engine().top(club(), 'props.plan', 10, context)).toEqual([
      { value: 'basic', views: 1, visitors: 1, dwellMs: 0 },
      { value: 'pro', views: 1, visitors: 1, dwellMs: 0 },
    ]);
    expect(await engine().top(club(), 'props.nothing', 10, context)).toEqual([]);
    expect(await engine().visitors(club(pro), context)).toBe(1);
  });

  it('funnel: who got how far, each at their fastest', async () => {
    expect(await engine().funnel(club(), STEPS, WEEK, context)).toEqual([
      { visitors: 3, medianMs: 0 },
      { visitors: 2, medianMs: 5 * MINUTE },
      { visitors: 1, medianMs: 7 * MINUTE },
    ]);
    const firefox = club({ filters: [{ dimension: 'browser', value: 'Firefox' }] });
    expect((await engine().funnel(firefox, STEPS, WEEK, context)).map(({ visitors }) => visitors)).toEqual([1, 1, 1]);
    const pro: Filter = { dimension: 'props.plan', value: 'pro' };
    expect((await engine().funnel(club(), [path('/home'), pro], WEEK, context))[1]).toEqual({ visitors: 1, medianMs: 7 * MINUTE });
  });

  it('funnel: the window begins with the first step, and its end is within', async () => {
    const second = async (windowMs: number) => (await engine().funnel(club(), STEPS, windowMs, context))[1];
    expect(await second(60 * MINUTE)).toEqual({ visitors: 1, medianMs: 5 * MINUTE });
    expect(await second(5 * MINUTE)).toEqual({ visitors: 1, medianMs: 5 * MINUTE });
    expect(await second(5 * MINUTE - 1)).toEqual({ visitors: 0, medianMs: null });
  });

  it('funnel: the same step twice needs two events', async () => {
    expect((await engine().funnel(club(), [path('/home'), path('/home')], WEEK, context))[1]).toEqual({ visitors: 2, medianMs: MINUTE });
  });

  it('funnel: in one millisecond the id of the event decides', async () => {
    expect(await engine().funnel(scope({ site: 'ties' }), [path('/one'), path('/two')], WEEK, context)).toEqual([
      { visitors: 2, medianMs: 0 },
      { visitors: 1, medianMs: 0 },
    ]);
  });

  it('retention by periods', async () => {
    expect(await engine().retention(club({ to: at('06T00:00') }), DAYS, context)).toEqual([
      { visitors: 3, returned: [3, 1, 0, 1] },
      { visitors: 0, returned: [0, 0, 0] },
      { visitors: 2, returned: [2, 0] },
      { visitors: 0, returned: [0] },
    ]);
    expect(await engine().retention(club({ to: at('06T00:00') }), [at('02T00:00'), at('04T00:00')], context)).toEqual([
      { visitors: 3, returned: [3, 1] },
      { visitors: 2, returned: [2] },
    ]);
  });

  it('retention of a range that begins within a period, and of a filter', async () => {
    const inside = { from: at('02T09:30'), to: at('04T00:00') };
    expect(await engine().retention(club(inside), [at('01T00:00'), at('03T00:00')], context)).toEqual([
      { visitors: 1, returned: [1, 1] },
      { visitors: 0, returned: [0] },
    ]);
    const home = club({ to: at('06T00:00'), filters: [path('/home')] });
    expect((await engine().retention(home, DAYS, context))[0]).toEqual({ visitors: 2, returned: [2, 0, 0, 1] });
  });

  it('of nobody', async () => {
    const nobody = club({ site: 'nobody-came' });
    const none = { sessions: 0, views: 0, bounces: 0, medianDurationMs: null, entries: [], exits: [] };
    expect(await engine().sessions(nobody, 10, context)).toEqual(none);
    const dwell = await engine().dwell(nobody, context);
    expect([dwell.sessions, dwell.percentiles, dwell.distribution.length]).toEqual([0, [], 7]);
    expect(await engine().props(nobody, 10, context)).toEqual([]);
    expect(await engine().series(nobody, DAYS, context)).toEqual([]);
    expect(await engine().top(nobody, 'path', 10, context)).toEqual([]);
    expect(await engine().funnel(nobody, STEPS, WEEK, context)).toEqual(STEPS.map(() => ({ visitors: 0, medianMs: null })));
    expect(await engine().retention(nobody, DAYS.slice(0, 1), context)).toEqual([{ visitors: 0, returned: [0] }]);
  });
}
