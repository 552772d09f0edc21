/** Single events as they are read back, and what was dropped. */
import { expect, it } from 'vitest';
import type { StoredEvent } from '../../events/event';
import type { Cursor, QueryEngine } from '../../query/port';
import { at, context, scope, storedEvent } from './events';

const id = (last: number): string => `019ca000-0000-7000-9000-${String(last).padStart(12, '0')}`;

const FULL: StoredEvent = {
  event_id: id(7),
  site_id: 'papers',
  received_ts: at('03T00:00') + 123,
  ts: at('02T10:00') + 7,
  event_name: 'widget_view',
  path: '/d/sales',
  host: 'dashboard.example.com',
  referrer: 'https://search.example/find',
  utm_source: 'mail',
  utm_medium: 'news letter',
  utm_campaign: 'spring',
  visitor_id: 'anna',
  session_id: 'a1',
  country: 'DE',
  browser: 'Firefox',
  os: 'Linux',
  device: 'desktop',
  widget: 'series-chart',
  widget_version: '1.2.0',
  panel_id: 'p1',
  layout_id: 'home',
  dwell_ms: 1,
  load_ms: 2,
  dropped: null,
  props: '{"plan":"pro","note":"\\"so\\" \\\\ ünï 🙂"}',
};

/** In the order they are read: by arrival, then by id. */
const PAPERS: readonly StoredEvent[] = [
  storedEvent({ site_id: 'papers', event_id: id(5), ts: at('02T12:00'), received_ts: at('02T12:00') }),
  // Zero is a value, and not the same as none.
  storedEvent({ site_id: 'papers', event_id: id(9), ts: at('02T11:00'), received_ts: at('02T12:00'), event_name: 'dwell', dwell_ms: 0 }),
  storedEvent({ site_id: 'papers', event_id: id(1), ts: at('02T09:00'), received_ts: at('02T13:00'), load_ms: 0, path: '/' }),
  FULL,
  storedEvent({ site_id: 'papers', event_id: id(2), ts: at('08T23:59'), received_ts: at('09T10:00') }),
];

const dropped = (ts: number, event_name: string, count: number, site = 'papers'): StoredEvent =>
  storedEvent({ site_id: `${site}/dropped`, ts, event_name, dropped: count, visitor_id: '', session_id: '' });

export function recordsEvents(): StoredEvent[] {
  const outside = storedEvent({ site_id: 'papers', event_id: id(3), ts: at('09T00:00'), received_ts: at('02T12:30') });
  return [
    ...PAPERS,
    outside,
    FULL,
    dropped(at('02T00:00'), 'bot', 200),
    dropped(at('02T00:05'), 'bot', 90),
    dropped(at('08T23:59'), 'privacy', 22),
    dropped(at('03T00:00'), 'duplicate', 22),
    dropped(at('01T23:59'), 'bot', 1000),
    dropped(at('09T00:00'), 'too_large', 1000),
    dropped(at('03T00:00'), 'unknown_site', 1000, 'paper'),
  ].map((event) => ({ ...event }));
}

const papers = scope({ site: 'papers' });

export function recordsAnswers(engine: () => QueryEngine): void {
  it('whole events, every field as it was stored', async () => {
    expect(await engine().events(papers, null, 100, context)).toEqual(PAPERS);
  });

  it('page by page, none missing and none twice', async () => {
    for (const size of [1, 2, 3]) {
      const read: StoredEvent[] = [];
      let after: Cursor | null = null;
      for (;;) {
        const page: StoredEvent[] = await engine().events(papers, after, size, context);
        expect(page.length).toBeLessThanOrEqual(size);
        read.push(...page);
        after = page.at(-1) ?? null;
        if (page.length < size) break;
      }
      expect(read).toEqual(PAPERS);
    }
  });

  it('only those that all filters fit', async () => {
    const filtered = { ...papers, filters: [{ dimension: 'props.plan', value: 'pro' }] as const };
    expect(await engine().events(filtered, null, 100, context)).toEqual([FULL]);
    expect(await engine().events({ ...papers, filters: [{ dimension: 'path', value: '' }] }, null, 100, context)).toEqual([]);
  });

  it('the newest, newest first, without their visitor', async () => {
    expect(await engine().recent(papers, 3, context)).toEqual([
      { ts: '2026-03-08T23:59:00.000Z', name: 'view', path: null, widget: null, country: null, browser: null, device: null },
      { ts: '2026-03-02T12:00:00.000Z', name: 'view', path: null, widget: null, country: null, browser: null, device: null },
      { ts: '2026-03-02T11:00:00.000Z', name: 'dwell', path: null, widget: null, country: null, browser: null, device: null },
    ]);
    expect(await engine().recent({ ...papers, to: at('02T10:01') }, 1, context)).toEqual([
      {
        ts: '2026-03-02T10:00:00.007Z',
        name: 'widget_view',
        path: '/d/sales',
        widget: 'series-chart',
        country: 'DE',
        browser: 'Firefox',
        device: 'desktop',
      },
    ]);
    expect(await engine().recent(scope({ site: 'nobody-came' }), 3, context)).toEqual([]);
  });

  it('drops by reason, most frequent first', async () => {
    expect(await engine().drops('papers', papers.from, papers.to, context)).toEqual([
      { reason: 'bot', events: 290 },
      { reason: 'duplicate', events: 22 },
      { reason: 'privacy', events: 22 },
    ]);
    expect(await engine().drops('club', papers.from, papers.to, context)).toEqual([]);
  });

  it('drops are no events of the site', async () => {
    expect(await engine().totals(papers, context)).toMatchObject({ visitors: 2, sessions: 2 });
    expect(await engine().top(papers, 'event_name', 10, context)).toEqual([
      { value: 'view', views: 3, visitors: 1, dwellMs: 0 },
      { value: 'dwell', views: 1, visitors: 1, dwellMs: 0 },
      { value: 'widget_view', views: 1, visitors: 1, dwellMs: 0 },
    ]);
  });
}
