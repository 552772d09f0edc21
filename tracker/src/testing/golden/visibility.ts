/** What somebody may see of a dashboard: the site `board`, counted by hand. */
import { expect, it } from 'vitest';
import type { StoredEvent } from '../../events/event';
import type { Audience, QueryEngine, Scope } from '../../query/port';
import { at, context, scope, storedEvent } from './events';

export function seenEvents(): StoredEvent[] {
  let minute = at('02T08:00');
  const of = (visitor_id: string, more: Partial<StoredEvent>) => {
    minute += 60_000;
    return storedEvent({ site_id: 'board', ts: minute, visitor_id, session_id: visitor_id, ...more });
  };
  return [
    of('ann', { path: '/d/sales', layout_id: 'open' }),
    of('ann', { path: '/d/sales', layout_id: 'open', event_name: 'widget_view', widget: 'chart' }),
    of('bob', { path: '/l/open', layout_id: 'open' }),
    of('cid', { path: '/l/secret', layout_id: 'secret' }),
    of('cid', { path: '/l/secret', layout_id: 'secret', event_name: 'widget_view', widget: 'chart' }),
    of('cid', { path: '/l/secret', layout_id: 'secret', event_name: 'widget_view', widget: 'table' }),
    // Of no layout: by whoever sends what they like, and before a layout is there.
    of('dan', { path: '/' }),
    of('dan', { path: null, event_name: 'signup' }),
    of('eve', { path: '/l/secret' }),
    of('eve', { path: '/d/operations' }),
    of('eve', { path: '/d/sales' }),
    of('fay', { path: '/d0' }),
    of('fay', { path: '/help' }),
    of('fay', { path: '/l0' }),
    of('fay', { path: '/z' }),
  ];
}

const seen = (only: Partial<Audience>, more: Partial<Scope> = {}): Scope =>
  scope({ site: 'board', ...more, only: { layouts: [], pages: [], widgets: [], ...only } });
const SALES = { layouts: ['open', 'gone'], pages: ['/d/sales'] };

export function seenAnswers(engine: () => QueryEngine): void {
  const paths = async (only: Partial<Audience>): Promise<string[]> =>
    (await engine().top(seen(only), 'path', 20, context)).map(({ value, views }) => `${value} ${views}`).sort();

  it('nothing of a layout or a department to whoever may open none', async () => {
    expect(await paths({})).toEqual(['/ 1', '/d0 1', '/help 1', '/l0 1', '/z 1']);
    expect(await engine().top(seen({}), 'layout_id', 10, context)).toEqual([]);
    expect(await engine().visitors(seen({}), context)).toBe(2);
  });

  it('those that somebody may open, and the pages of their departments', async () => {
    expect(await paths(SALES)).toEqual(['/ 1', '/d/sales 2', '/d0 1', '/help 1', '/l/open 1', '/l0 1', '/z 1']);
    expect(await engine().top(seen(SALES), 'layout_id', 10, context)).toEqual([{ value: 'open', views: 2, visitors: 2, dwellMs: 0 }]);
    expect(await engine().totals(seen(SALES), context)).toMatchObject({ visitors: 5, views: 8 });
    expect(await engine().series(seen(SALES), [at('01T00:00')], context)).toEqual([{ start: at('01T00:00'), views: 8, visitors: 5 }]);
    expect((await engine().recent(seen(SALES), 50, context)).filter(({ path }) => path === '/l/secret')).toEqual([]);
    expect((await engine().sessions(seen(SALES), 10, context)).sessions).toBe(5);
    expect(await engine().visitors(scope({ site: 'board' }), context)).toBe(6);
  });

  it('nothing else through a filter', async () => {
    const filters = [{ dimension: 'layout_id', value: 'secret' }] as const;
    expect(await engine().visitors(scope({ site: 'board', filters }), context)).toBe(1);
    expect(await engine().totals(seen(SALES, { filters }), context)).toMatchObject({ visitors: 0, views: 0, sessions: 0 });
  });

  it('widgets of a team, wherever they are open', async () => {
    const widgets = async (only: Partial<Audience>) =>
      (await engine().top(seen(only), 'widget', 10, context)).map(({ value, views }) => [value, views]);
    expect(await widgets(SALES)).toEqual([['chart', 1]]);
    expect(await widgets({ ...SALES, widgets: ['chart'] })).toEqual([['chart', 2]]);
    expect(await widgets({ widgets: ['table', "it's"] })).toEqual([['table', 1]]);
  });
}
