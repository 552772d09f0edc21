/** Who gets to see what of the dashboard's own figures. */
import type { Drops, Live, Missing, Props, Retention, Series, Sessions, Summary, Top, TrackerSite, WidgetUsage } from '@datamesh/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startRegistry, startTestTracker, type TestRegistry, type TestTracker } from '../testing/tracker';

type Claims = NonNullable<Parameters<TestRegistry['token']>[0]>;

let registry: TestRegistry;
let tracker: TestTracker;
const range = { from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date(Date.now() + 3_600_000).toISOString() };
const casey: Claims = { sub: 'casey', departments: ['sales'] };
const owner: Claims = { sub: 'alex', departments: ['sales'] };
const robin: Claims = { sub: 'robin', roles: ['publisher'], departments: ['operations'], teams: ['markets-data'] };
const dana: Claims = { sub: 'dana', roles: ['admin'], departments: [] };

async function ask<T>(path: string, query: Record<string, string | string[]>, by: Claims) {
  const parameters = new URLSearchParams(path === '/sites' ? {} : { site: 'dashboard', ...(path === '/live' ? {} : range) });
  for (const [key, value] of Object.entries(query)) for (const each of [value].flat()) parameters.append(key, each);
  const response = await fetch(`${tracker.url}/api/tracker/v1${path}?${parameters}`, {
    headers: { authorization: `Bearer ${await registry.token(by)}` },
  });
  const text = await response.text();
  return {
    status: response.status,
    text,
    body: (text.startsWith('{') ? JSON.parse(text) : {}) as T & { code?: string; partial?: Missing[] },
  };
}
const top = async (dimension: string, by: Claims, filter: string[] = []) => {
  const { body } = await ask<Top>('/top', { dimension, filter }, by);
  return body.items?.map(({ value, visitors }) => `${value} ${visitors}`).sort() ?? body.code;
};

beforeAll(async () => {
  registry = await startRegistry();
  tracker = await startTestTracker(registry.url);
  registry.viewers.set('casey', { layouts: ['team', 'shared'] });
  registry.viewers.set('alex', { layouts: ['team', 'shared', 'mine'], own: ['mine'] });
  registry.viewers.set('robin', { widgets: ['chart'] });
  const visit = async (sub: string, events: object[]) => {
    const answer = await fetch(`${tracker.url}/t/events`, {
      method: 'POST',
      body: JSON.stringify(events.map((event) => ({ site: 'dashboard', ...event }))),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await registry.token({ sub })}` },
    });
    expect(await answer.json()).toMatchObject({ stored: events.length });
  };
  for (let person = 0; person < 6; person++)
    await visit(`person-${person}`, [
      { path: '/d/sales', layout_id: 'team' },
      { path: '/d/sales', layout_id: 'team', name: 'widget_view', widget: 'table', widget_version: '1.0.0', panel_id: 'p1' },
    ]);
  await visit('person-0', [
    { path: '/l/shared', layout_id: 'shared', props: { plan: 'rare' } },
    { path: '/l/shared', layout_id: 'shared', name: 'dwell', dwell_ms: 4000 },
  ]);
  await visit('dana', [
    { path: '/l/secret', layout_id: 'secret' },
    { path: '/l/secret', layout_id: 'secret', name: 'widget_view', widget: 'chart', widget_version: '2.0.0', panel_id: 'p9' },
  ]);
  await visit('alex', [{ path: '/l/mine', layout_id: 'mine' }]);
  const views = async () => (await ask<Summary>('/summary', {}, dana)).body.current;
  await vi.waitFor(async () => expect(await views()).toMatchObject({ visitors: 8, views: 9 }), { interval: 20, timeout: 60_000 });
});
afterAll(async () => {
  await tracker.remove();
  registry.close();
});

describe('figures of the dashboard', () => {
  it('are about layouts that one may open; admins see all', async () => {
    expect((await ask<Summary>('/summary', {}, casey)).body.current).toMatchObject({ visitors: 6, views: 7 });
    expect((await ask<Summary>('/summary', {}, robin)).body.current).toMatchObject({ visitors: 1, views: 0 });
    expect(await top('layout_id', dana)).toEqual(['mine 1', 'secret 1', 'shared 1', 'team 6']);
    expect(await top('layout_id', casey)).toEqual(['team 6']);
    expect(await top('path', casey)).toEqual(['/d/sales 6']);
    expect(await top('path', casey, ['layout_id:secret'])).toEqual([]);
  });

  it('never name what somebody may not open, whichever way they ask', async () => {
    const questions: [string, Record<string, string | string[]>][] = [
      ['/summary', {}],
      ['/series', { bucket: 'minute' }],
      ...['path', 'layout_id', 'panel_id', 'widget', 'browser', 'props.plan'].map((dimension): [string, Record<string, string>] => [
        '/top',
        { dimension, limit: '100' },
      ]),
      ['/props', {}],
      ['/sessions', {}],
      ['/dwell', {}],
      ['/funnel', { step: ['path:/d/sales', 'path:/l/secret'] }],
      ['/retention', { unit: 'day' }],
      ['/live', {}],
      ['/widgets', {}],
      ['/export', { what: 'top', dimension: 'layout_id' }],
      ['/export', { what: 'top', dimension: 'path' }],
      ['/export', { what: 'events' }],
    ];
    for (const by of [casey, robin, owner])
      for (const [path, query] of questions) {
        const { text } = await ask(path, query, by);
        // The steps of a funnel are what was asked.
        expect(text.replaceAll('"step":"path:/l/secret"', ''), `${by.sub} ${path} ${JSON.stringify(query)}`).not.toMatch(/secret|p9/);
      }
  });

  it('do not tell what a few did: not in rows, and not through filters', async () => {
    const { body } = await ask<Top>('/top', { dimension: 'layout_id' }, casey);
    expect(body.items.map(({ value }) => value)).toEqual(['team']);
    expect(body.partial).toEqual([{ code: 'few_visitors', least: 5, text: 'what fewer than 5 visitors did is not shown' }]);
    for (const path of ['/summary', '/series', '/sessions', '/dwell', '/props', '/retention']) {
      const { status, body } = await ask(path, { filter: 'layout_id:shared' }, casey);
      expect([path, status, body.code]).toEqual([path, 403, 'too_few_visitors']);
    }
    expect((await ask('/live', { filter: 'layout_id:shared' }, casey)).body.code).toBe('too_few_visitors');
    expect(await top('path', casey, ['layout_id:shared'])).toBe('too_few_visitors');
    expect((await ask('/export', { what: 'series', filter: 'props.plan:rare' }, casey)).status).toBe(403);
    expect(await top('props.plan', casey)).toEqual([]);
    const { body: steps } = await ask<{ steps: { visitors: number }[] }>('/funnel', { step: ['path:/d/sales', 'path:/l/shared'] }, casey);
    expect(steps.steps.map(({ visitors }) => visitors)).toEqual([6, 0]);
  });

  it('do tell what enough did', async () => {
    expect((await ask<Summary>('/summary', { filter: 'layout_id:team' }, casey)).body.current).toMatchObject({ visitors: 6, views: 6 });
    const { body } = await ask<Series>('/series', { filter: 'path:/d/sales', bucket: 'day' }, casey);
    expect(Math.max(...body.points.map(({ visitors }) => visitors))).toBe(6);
    expect(await top('browser', casey)).not.toBe('too_few_visitors');
    expect((await ask<Props>('/props', {}, casey)).body.items).toEqual([{ key: 'plan', events: 1 }]);
    const { body: cohorts } = await ask<Retention>('/retention', { unit: 'day' }, casey);
    expect(cohorts.cohorts.some(({ visitors }) => visitors === 6)).toBe(true);
  });

  it('show single visits and events to admins only', async () => {
    const { body } = await ask<Live>('/live', {}, casey);
    expect([body.recent, body.pages.map(({ value }) => value)]).toEqual([[], ['/d/sales']]);
    expect(body.partial).toContainEqual({ code: 'single_events', text: 'single events are for admins and the teams that own the site' });
    expect((await ask<Live>('/live', {}, dana)).body.recent).toHaveLength(17);
    const sessions = (await ask<Sessions>('/sessions', {}, casey)).body;
    expect([sessions.sessions, sessions.entries, sessions.exits]).toEqual([6, [], []]);
    expect((await ask<Sessions>('/sessions', {}, dana)).body.entries.length).toBeGreaterThan(2);
  });

  it('of a layout are its owner’s, however few looked', async () => {
    expect(await top('layout_id', owner)).toEqual(['mine 1', 'team 6']);
    expect((await ask<Summary>('/summary', { filter: 'layout_id:mine' }, owner)).body.current).toMatchObject({ visitors: 1, views: 1 });
    expect(await top('path', owner, ['layout_id:mine'])).toEqual(['/l/mine 1']);
  });

  it('of a widget are its team’s, wherever it is open and however few looked, but not on whose layout', async () => {
    const widgets = async (by: Claims) => {
      const { body } = await ask<WidgetUsage>('/widgets', {}, by);
      return body.items.map(({ widget, visitors, versions }) => [widget, visitors, versions.length]);
    };
    expect(await widgets(dana)).toEqual([
      ['table', 6, 1],
      ['chart', 1, 1],
    ]);
    expect(await widgets(casey)).toEqual([['table', 6, 1]]);
    expect(await widgets(robin)).toEqual([
      ['table', 6, 1],
      ['chart', 1, 1],
    ]);
    expect((await ask<Summary>('/summary', { filter: 'widget:chart' }, robin)).body.current).toMatchObject({ visitors: 1, views: 1 });
    expect(await top('layout_id', robin, ['widget:chart'])).toEqual([]);
  });

  it('of what was dropped are whole for everybody, by reason only where it is enough', async () => {
    const send = async (events: object[], headers: Record<string, string> = {}) => {
      const answer = await fetch(`${tracker.url}/t/events`, {
        method: 'POST',
        body: JSON.stringify(events.map((event) => ({ site: 'dashboard', ...event }))),
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await registry.token({ sub: 'person-1' })}`, ...headers },
      });
      expect(answer.ok).toBe(true);
    };
    const events = (count: number) => Array.from({ length: count }, () => ({ path: '/d/sales', layout_id: 'team' }));
    await send(events(6), { dnt: '1' });
    await send(events(2), { origin: 'https://elsewhere.test' });
    const drops = async (by: Claims) => (await ask<Drops>('/drops', {}, by)).body;
    await vi.waitFor(async () => expect((await drops(dana)).total).toBe(8), { interval: 20, timeout: 60_000 });
    const whole = await drops(dana);
    expect(whole.reasons.map(({ events }) => events)).toEqual([6, 2]);
    expect(whole.partial).toBeUndefined();
    const others = await drops(casey);
    expect(others).toMatchObject({ total: 8, partial: [{ code: 'few_visitors', least: 5 }] });
    expect(others.reasons).toEqual([{ reason: 'privacy', events: 6 }]);
  });

  it('say what they are about', async () => {
    const of = async (by: Claims) => {
      const { body } = await ask<{ items: TrackerSite[] }>('/sites', {}, by);
      const { figures, minVisitors } = body.items.find(({ id }) => id === 'dashboard') ?? {};
      return [figures, minVisitors];
    };
    expect(await of(casey)).toEqual(['layouts', 5]);
    expect(await of(dana)).toEqual(['site', 1]);
  });

  it('end with the session, however long its token is good', async () => {
    registry.ended.add('over');
    for (const by of [casey, dana]) {
      const { status, body } = await ask('/summary', {}, { ...by, sid: 'over' });
      expect([status, body.code]).toEqual([401, 'not_signed_in']);
    }
    expect((await ask('/sites', {}, { ...dana, sid: 'over' })).status).toBe(401);
  });
});
