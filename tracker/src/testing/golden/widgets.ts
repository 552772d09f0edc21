/** How widgets do: the site `panels`, counted by hand. */
import { expect, it } from 'vitest';
import type { StoredEvent } from '../../events/event';
import type { Filter, QueryEngine } from '../../query/port';
import { at, context, scope, storedEvent } from './events';

export function widgetEvents(): StoredEvent[] {
  let minute = at('02T08:00');
  const of = (visitor_id: string, widget: string, widget_version: string | null, event_name: string, more: Partial<StoredEvent> = {}) => {
    minute += 60_000;
    return storedEvent({ site_id: 'panels', ts: minute, visitor_id, session_id: visitor_id, widget, widget_version, event_name, ...more });
  };
  return [
    of('v1', 'chart', '1.0.0', 'widget_view', { load_ms: 100 }),
    of('v2', 'chart', '1.0.0', 'widget_view', { load_ms: 300 }),
    of('v2', 'chart', '1.0.0', 'widget_view'),
    of('v1', 'chart', '1.0.0', 'widget_dwell', { dwell_ms: 5_000 }),
    of('v2', 'chart', '1.0.0', 'widget_error', { load_ms: 90_000 }),
    of('v3', 'chart', '1.1.0', 'widget_view', { load_ms: 200 }),
    of('v1', 'chart', null, 'widget_view', { load_ms: 0 }),
    of('v1', 'table', '2.0.1', 'widget_view'),
    of('v1', 'table', '2.0.1', 'widget_view'),
    of('v1', 'table', '2.0.0', 'widget_view'),
    of('v1', 'table', '2.0.0', 'widget_view'),
    of('v1', 'table', '1.9.0', 'widget_view'),
    of('v4', 'notes', '1.0.0', 'widget_error'),
    storedEvent({ site_id: 'panels', ts: at('02T08:00'), path: '/d/sales' }),
  ];
}

const panels = (...filters: Filter[]) => scope({ site: 'panels', filters });
const one = { opens: 1, visitors: 1, dwellMs: 0, errors: 0, load: null };
const chart = {
  widget: 'chart',
  opens: 5,
  visitors: 3,
  dwellMs: 5_000,
  errors: 1,
  load: { count: 4, p50: 100, p75: 200, p95: 300 },
  versions: [
    { version: '1.0.0', opens: 3, visitors: 2, dwellMs: 5_000, errors: 1, load: { count: 2, p50: 100, p75: 300, p95: 300 } },
    { version: '1.1.0', ...one, load: { count: 1, p50: 200, p75: 200, p95: 200 } },
  ],
};
const table = {
  widget: 'table',
  ...one,
  opens: 5,
  versions: [
    { version: '2.0.0', ...one, opens: 2 },
    { version: '2.0.1', ...one, opens: 2 },
    { version: '1.9.0', ...one },
  ],
};
const notes = { widget: 'notes', ...one, opens: 0, errors: 1, versions: [{ version: '1.0.0', ...one, opens: 0, errors: 1 }] };

export function widgetAnswers(engine: () => QueryEngine): void {
  it('most opened first, with load times, and also those that only fail', async () => {
    expect(await engine().widgets(panels(), 10, context)).toEqual([chart, table, notes]);
  });

  it('as many as asked for, each with all its versions', async () => {
    expect(await engine().widgets(panels(), 1, context)).toEqual([chart]);
  });

  it('one widget, or nothing', async () => {
    expect(await engine().widgets(panels({ dimension: 'widget', value: 'table' }), 10, context)).toEqual([table]);
    expect(await engine().widgets(panels({ dimension: 'widget', value: 'tab' }), 10, context)).toEqual([]);
    expect(await engine().widgets(scope({ site: 'nobody-came' }), 10, context)).toEqual([]);
  });

  it('filters by version', async () => {
    const version: Filter = { dimension: 'widget_version', value: '1.1.0' };
    expect(await engine().totals(panels(version), context)).toEqual({ visitors: 1, views: 1, sessions: 1, medianDwellMs: null });
    const both = panels({ dimension: 'widget', value: 'chart' }, { dimension: 'widget_version', value: '1.0.0' });
    expect(await engine().totals(both, context)).toEqual({ visitors: 2, views: 3, sessions: 2, medianDwellMs: 5_000 });
    expect((await engine().dwell(both, context)).sessions).toBe(1);
    expect(await engine().top(panels(), 'widget_version', 2, context)).toEqual([
      // Of the chart's two visitors and the one whose notes failed.
      { value: '1.0.0', views: 3, visitors: 3, dwellMs: 5_000 },
      { value: '2.0.0', views: 2, visitors: 1, dwellMs: 0 },
    ]);
  });
}
