/**
 * Golden answers: a small, hand-counted week of two sites, and what every engine has to say about it. A suite for an engine calls
 * `goldenAnswers(name, open)`; `open` gets the events (with duplicates among them) and returns the engine once they are visible.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredEvent } from '../collect/event';
import { uuidv7 } from '../collect/uuid';
import type { Asking, QueryEngine, Scope } from './port';

export interface OpenedEngine {
  engine: QueryEngine;
  close(): Promise<void>;
}

const at = (text: string): number => Date.parse(`2026-03-${text}:00Z`);

export function storedEvent(fields: Partial<StoredEvent> & { ts: number }): StoredEvent {
  return {
    event_id: uuidv7(fields.ts),
    site_id: 'shop',
    received_ts: fields.ts,
    event_name: 'view',
    path: null,
    host: null,
    referrer: null,
    utm_source: null,
    utm_medium: null,
    utm_campaign: null,
    visitor_id: 'v1',
    session_id: 's1',
    country: null,
    browser: null,
    os: null,
    device: null,
    widget: null,
    widget_version: null,
    panel_id: null,
    layout_id: null,
    dwell_ms: null,
    load_ms: null,
    dropped: null,
    props: null,
    ...fields,
  };
}

function week(): StoredEvent[] {
  const anna = { visitor_id: 'anna', session_id: 'anna-1', browser: 'Firefox' };
  const later = { ...anna, session_id: 'anna-2' };
  const ben = { visitor_id: 'ben', session_id: 'ben-1', browser: 'Chrome' };
  const cleo = { visitor_id: 'cleo', session_id: 'cleo-1', browser: 'Chrome' };
  const chart = { widget: 'series-chart', widget_version: '1.2.0', panel_id: 'p1', layout_id: 'home', path: '/d/sales' };
  const table = { widget: 'data-table', widget_version: '2.0.0', panel_id: 'p2', layout_id: 'home', path: '/d/sales' };
  const events = [
    { ts: at('02T10:00'), path: '/', ...anna, referrer: 'https://search.example/', utm_source: 'mail' },
    { ts: at('02T10:01'), event_name: 'dwell', dwell_ms: 60_000, path: '/', ...anna },
    { ts: at('02T10:02'), path: '/pricing', ...anna },
    { ts: at('02T10:03'), event_name: 'dwell', dwell_ms: 30_000, path: '/pricing', ...anna },
    { ts: at('02T10:59'), path: '/', ...ben },
    { ts: at('02T11:00'), event_name: 'dwell', dwell_ms: 10_000, path: '/', ...ben },
    // Late in the evening in UTC, already the next day in Berlin.
    { ts: at('02T23:30'), path: '/', ...later },
    { ts: at('02T23:31'), event_name: 'dwell', dwell_ms: 20_000, path: '/', ...later },
    { ts: at('04T00:00'), path: "/it's; DROP TABLE events--", ...cleo },
    { ts: at('05T09:00'), event_name: 'signup', props: '{"plan":"pro"}', path: '/pricing', ...cleo },
    { ts: at('05T09:00'), event_name: 'widget_view', ...chart, ...anna },
    { ts: at('05T09:01'), event_name: 'widget_view', ...chart, ...ben },
    { ts: at('05T09:02'), event_name: 'widget_view', ...table, ...ben },
    { ts: at('05T09:03'), event_name: 'widget_dwell', dwell_ms: 5_000, ...chart, ...ben },
    { ts: at('05T09:03'), event_name: 'widget_dwell', dwell_ms: 7_000, ...table, ...ben },
    { ts: at('05T09:04'), event_name: 'widget_error', ...table, ...ben },
    // The very end of the week belongs to the next one.
    { ts: at('09T00:00'), path: '/', ...cleo },
    { ts: at('02T10:00'), site_id: 'other', path: '/elsewhere', visitor_id: 'dora', session_id: 'dora-1' },
  ].map(storedEvent);
  const [first] = events;
  // The same id twice is one event; the same id on another site is another event.
  return first ? [...events, { ...first }, { ...first, path: '/late-duplicate' }, { ...first, site_id: 'other' }] : events;
}

/** Asks without ever giving up; an answer of which something is missing is a wrong one. */
export const asking: Asking = {
  signal: new AbortController().signal,
  partial(missing) {
    throw new Error(`incomplete: ${missing}`);
  },
};

const scope = (more: Partial<Scope> = {}): Scope => ({ site: 'shop', from: at('02T00:00'), to: at('09T00:00'), filters: [], ...more });
const HOUR = 3_600_000;

export function goldenAnswers(name: string, open: (events: StoredEvent[]) => Promise<OpenedEngine>): void {
  describe(`golden answers: ${name}`, () => {
    let opened: OpenedEngine;
    beforeAll(async () => {
      opened = await open(week());
    });
    afterAll(() => opened.close());

    it('totals of the week', async () => {
      // Dwell per session: anna-1 90 s, anna-2 20 s, ben-1 10 s; the middle one is 20 s.
      expect(await opened.engine.totals(scope(), asking)).toEqual({ visitors: 3, views: 5, sessions: 4, medianDwellMs: 20_000 });
    });

    it('takes the lower of two middle values', async () => {
      const filters = [{ dimension: 'path', value: '/' }] as const;
      expect(await opened.engine.totals(scope({ filters, to: at('02T23:00') }), asking)).toEqual({
        visitors: 2,
        views: 2,
        sessions: 2,
        medianDwellMs: 10_000,
      });
    });

    it('includes the first instant of a range and excludes the last', async () => {
      const none = { visitors: 0, views: 0, sessions: 0, medianDwellMs: null };
      expect(await opened.engine.totals(scope({ from: at('02T10:00'), to: at('02T10:00') + 1 }), asking)).toMatchObject({ views: 1 });
      expect(await opened.engine.totals(scope({ from: at('02T09:00'), to: at('02T10:00') }), asking)).toEqual(none);
      expect(await opened.engine.totals(scope({ site: 'nobody-came' }), asking)).toEqual(none);
    });

    it('counts widget views and widget dwell as soon as it is about widgets', async () => {
      const filters = [{ dimension: 'widget', value: 'series-chart' }] as const;
      expect(await opened.engine.totals(scope({ filters }), asking)).toEqual({ visitors: 2, views: 2, sessions: 2, medianDwellMs: 5_000 });
      expect(await opened.engine.top(scope(), 'widget', 10, asking)).toEqual([
        { value: 'series-chart', views: 2, visitors: 2, dwellMs: 5_000 },
        { value: 'data-table', views: 1, visitors: 1, dwellMs: 7_000 },
      ]);
    });

    it('top pages, most viewed first, then by visitors, then by name', async () => {
      expect(await opened.engine.top(scope(), 'path', 10, asking)).toEqual([
        { value: '/', views: 3, visitors: 2, dwellMs: 90_000 },
        { value: '/pricing', views: 1, visitors: 2, dwellMs: 30_000 },
        { value: "/it's; DROP TABLE events--", views: 1, visitors: 1, dwellMs: 0 },
      ]);
      expect(await opened.engine.top(scope(), 'path', 1, asking)).toHaveLength(1);
    });

    it('leaves out events without a value', async () => {
      expect(await opened.engine.top(scope(), 'utm_source', 10, asking)).toEqual([{ value: 'mail', views: 1, visitors: 1, dwellMs: 0 }]);
    });

    it('counts every event where names are asked for', async () => {
      const top = await opened.engine.top(scope(), 'event_name', 3, asking);
      expect(top).toEqual([
        { value: 'view', views: 5, visitors: 3, dwellMs: 0 },
        { value: 'dwell', views: 4, visitors: 2, dwellMs: 120_000 },
        { value: 'widget_view', views: 3, visitors: 2, dwellMs: 0 },
      ]);
      const filters = [{ dimension: 'event_name', value: 'signup' }] as const;
      expect(await opened.engine.totals(scope({ filters }), asking)).toMatchObject({ views: 1, visitors: 1 });
    });

    it('needs all filters to hold, and takes any text as a value', async () => {
      const filters = [
        { dimension: 'browser', value: 'Chrome' },
        { dimension: 'path', value: "/it's; DROP TABLE events--" },
      ] as const;
      expect(await opened.engine.totals(scope({ filters }), asking)).toMatchObject({ views: 1, visitors: 1 });
      for (const value of ["' OR 1=1 --", '%', '$site', '\\', 'ünïcode 🙂'])
        expect(await opened.engine.totals(scope({ filters: [{ dimension: 'path', value }] }), asking)).toMatchObject({ views: 0 });
    });

    it('series by even buckets', async () => {
      const starts = Array.from({ length: 24 }, (_, hour) => at('02T00:00') + hour * HOUR);
      expect(await opened.engine.series(scope({ to: at('03T00:00') }), starts, asking)).toEqual([
        { start: at('02T10:00'), views: 3, visitors: 2 },
        { start: at('02T11:00'), views: 0, visitors: 1 },
        { start: at('02T23:00'), views: 1, visitors: 1 },
      ]);
    });

    it('series by uneven buckets, which may begin before the range', async () => {
      // Midnights of Berlin, one of them moved, as by a change of clocks.
      const starts = [at('01T23:00'), at('02T23:00'), at('03T22:00'), at('04T22:00'), at('05T22:00')];
      expect(await opened.engine.series(scope({ from: at('02T10:02') }), starts, asking)).toEqual([
        { start: at('01T23:00'), views: 2, visitors: 2 },
        { start: at('02T23:00'), views: 1, visitors: 1 },
        { start: at('03T22:00'), views: 1, visitors: 1 },
        { start: at('04T22:00'), views: 0, visitors: 3 },
      ]);
    });

    it('a series of one bucket', async () => {
      expect(await opened.engine.series(scope(), [at('01T00:00')], asking)).toEqual([{ start: at('01T00:00'), views: 5, visitors: 3 }]);
    });

    it('live visitors', async () => {
      expect(await opened.engine.live('shop', at('05T09:01'), [], asking)).toBe(2);
      expect(await opened.engine.live('shop', at('10T00:00'), [], asking)).toBe(0);
    });
  });
}
