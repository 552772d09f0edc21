/** Totals, top lists, series and live visitors of the week of `shop`. */
import { expect, it } from 'vitest';
import type { QueryEngine } from '../../query/port';
import { at, context, scope } from './events';

const HOUR = 3_600_000;

export function weekAnswers(engine: () => QueryEngine): void {
  it('totals of the week', async () => {
    // Dwell per session: anna-1 90 s, anna-2 20 s, ben-1 10 s; the middle one is 20 s.
    expect(await engine().totals(scope(), context)).toEqual({ visitors: 3, views: 5, sessions: 4, medianDwellMs: 20_000 });
  });

  it('takes the lower of two middle values', async () => {
    const filters = [{ dimension: 'path', value: '/' }] as const;
    expect(await engine().totals(scope({ filters, to: at('02T23:00') }), context)).toEqual({
      visitors: 2,
      views: 2,
      sessions: 2,
      medianDwellMs: 10_000,
    });
  });

  it('includes the first instant of a range and excludes the last', async () => {
    const none = { visitors: 0, views: 0, sessions: 0, medianDwellMs: null };
    expect(await engine().totals(scope({ from: at('02T10:00'), to: at('02T10:00') + 1 }), context)).toMatchObject({ views: 1 });
    expect(await engine().totals(scope({ from: at('02T09:00'), to: at('02T10:00') }), context)).toEqual(none);
    expect(await engine().totals(scope({ site: 'nobody-came' }), context)).toEqual(none);
  });

  it('counts widget views and widget dwell as soon as it is about widgets', async () => {
    const filters = [{ dimension: 'widget', value: 'series-chart' }] as const;
    expect(await engine().totals(scope({ filters }), context)).toEqual({ visitors: 2, views: 2, sessions: 2, medianDwellMs: 5_000 });
    expect(await engine().top(scope(), 'widget', 10, context)).toEqual([
      { value: 'series-chart', views: 2, visitors: 2, dwellMs: 5_000 },
      { value: 'data-table', views: 1, visitors: 1, dwellMs: 7_000 },
    ]);
  });

  it('top pages, most viewed first, then by visitors, then by name', async () => {
    expect(await engine().top(scope(), 'path', 10, context)).toEqual([
      { value: '/', views: 3, visitors: 2, dwellMs: 90_000 },
      { value: '/pricing', views: 1, visitors: 2, dwellMs: 30_000 },
      { value: "/it's; DROP TABLE events--", views: 1, visitors: 1, dwellMs: 0 },
    ]);
    expect(await engine().top(scope(), 'path', 1, context)).toHaveLength(1);
  });

  it('leaves out events without a value', async () => {
    expect(await engine().top(scope(), 'utm_source', 10, context)).toEqual([{ value: 'mail', views: 1, visitors: 1, dwellMs: 0 }]);
  });

  it('counts every event where names are asked for', async () => {
    const top = await engine().top(scope(), 'event_name', 3, context);
    expect(top).toEqual([
      { value: 'view', views: 5, visitors: 3, dwellMs: 0 },
      { value: 'dwell', views: 4, visitors: 2, dwellMs: 120_000 },
      { value: 'widget_view', views: 3, visitors: 2, dwellMs: 0 },
    ]);
    const filters = [{ dimension: 'event_name', value: 'signup' }] as const;
    expect(await engine().totals(scope({ filters }), context)).toMatchObject({ views: 1, visitors: 1 });
  });

  it('needs all filters to hold, and takes any text as a value', async () => {
    const filters = [
      { dimension: 'browser', value: 'Chrome' },
      { dimension: 'path', value: "/it's; DROP TABLE events--" },
    ] as const;
    expect(await engine().totals(scope({ filters }), context)).toMatchObject({ views: 1, visitors: 1 });
    for (const value of ["' OR 1=1 --", '%', '$site', '\\', 'ünïcode 🙂'])
      expect(await engine().totals(scope({ filters: [{ dimension: 'path', value }] }), context)).toMatchObject({ views: 0 });
  });

  it('series by even buckets', async () => {
    const starts = Array.from({ length: 24 }, (_, hour) => at('02T00:00') + hour * HOUR);
    expect(await engine().series(scope({ to: at('03T00:00') }), starts, context)).toEqual([
      { start: at('02T10:00'), views: 3, visitors: 2 },
      { start: at('02T11:00'), views: 0, visitors: 1 },
      { start: at('02T23:00'), views: 1, visitors: 1 },
    ]);
  });

  it('series by uneven buckets, which may begin before the range', async () => {
    // Midnights of Berlin, one of them moved, as by a change of clocks.
    const starts = [at('01T23:00'), at('02T23:00'), at('03T22:00'), at('04T22:00'), at('05T22:00')];
    expect(await engine().series(scope({ from: at('02T10:02') }), starts, context)).toEqual([
      { start: at('01T23:00'), views: 2, visitors: 2 },
      { start: at('02T23:00'), views: 1, visitors: 1 },
      { start: at('03T22:00'), views: 1, visitors: 1 },
      { start: at('04T22:00'), views: 0, visitors: 3 },
    ]);
  });

  it('a series of one bucket', async () => {
    expect(await engine().series(scope(), [at('01T00:00')], context)).toEqual([{ start: at('01T00:00'), views: 5, visitors: 3 }]);
  });

  it('live visitors', async () => {
    expect(await engine().visitors(scope({ from: at('05T09:01'), to: Number.MAX_SAFE_INTEGER }), context)).toBe(2);
    expect(await engine().visitors(scope({ from: at('10T00:00') }), context)).toBe(0);
  });
}
