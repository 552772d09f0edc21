import type { Drops, Dwell, Funnel, Live, Props, Retention, Series, Sessions, Summary, Top, WidgetUsage } from '@datamesh/contracts';
import { countCompiled } from '@datamesh/service/testing/compiled';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BROWSER, startRegistry, startTestTracker, type TestRegistry, type TestTracker } from '../testing/tracker';

let registry: TestRegistry;
let tracker: TestTracker;

beforeAll(async () => {
  registry = await startRegistry();
  tracker = await startTestTracker(registry.url);
});
afterAll(async () => {
  await tracker.remove();
  registry.close();
});

const RANGE = { from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date(Date.now() + 3_600_000).toISOString() };

async function ask(path: string, query: Record<string, string | string[]>, claims: Parameters<TestRegistry['token']>[0] = {}) {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) for (const each of [value].flat()) parameters.append(key, each);
  const response = await fetch(`${tracker.url}/api/tracker/v1${path}?${parameters}`, {
    headers: { authorization: `Bearer ${await registry.token(claims)}` },
  });
  return { status: response.status, body: (await response.json()) as unknown };
}

const send = (events: object[]): Promise<Response> =>
  fetch(`${tracker.url}/t/events`, {
    method: 'POST',
    body: JSON.stringify(events),
    headers: { 'content-type': 'application/json', 'user-agent': BROWSER, 'x-forwarded-for': '203.0.113.7' },
  });

describe('query API', () => {
  it('shows what was acknowledged, moments later', async () => {
    await send([
      { site: 'shop', path: '/fresh' },
      { site: 'shop', name: 'dwell', path: '/fresh', dwell_ms: 1200 },
    ]);
    await expect
      .poll(async () => ((await ask('/summary', { site: 'shop', ...RANGE })).body as Summary).current, { interval: 20, timeout: 60_000 })
      .toEqual({ visitors: 1, views: 1, sessions: 1, medianDwellMs: 1200 });
    const { body } = await ask('/summary', { site: 'shop', ...RANGE });
    expect(body).toMatchObject({ live: 1, previous: { visitors: 0, views: 0, medianDwellMs: null } });
  });

  it('says how far the sums are behind where an answer is from them, and counts what they lack all the same', async () => {
    const days = { from: new Date(Date.now() - 7 * 86_400_000).toISOString(), to: RANGE.to };
    for (const [path, query] of [
      ['/summary', {}],
      ['/series', { bucket: 'hour' }],
      ['/top', { dimension: 'path' }],
      ['/sessions', {}],
      ['/dwell', {}],
    ] as const) {
      const asked = { site: 'shop', ...days, ...query };
      expect([path, (await ask(path, asked)).body]).toEqual([path, expect.objectContaining({ behind: expect.any(Number) as number })]);
      expect((await ask(path, { ...asked, filter: 'path:/fresh' })).body).not.toHaveProperty('behind');
    }
    expect((await ask('/top', { site: 'shop', ...days, dimension: 'browser' })).body).not.toHaveProperty('behind');
    const behind = async () => ((await ask('/summary', { site: 'shop', ...days })).body as Summary).behind;
    await expect.poll(behind, { timeout: 60_000 }).toBe(0);
    expect(((await ask('/summary', { site: 'shop', ...days })).body as Summary).current).toEqual({
      visitors: 1,
      views: 1,
      sessions: 1,
      medianDwellMs: 1200,
    });
    // The sink tells the tracker now and then.
    const metrics = async () => (await fetch(`${tracker.url}/metrics`)).text();
    await expect.poll(metrics).toContain('tracker_sums_behind_events{sink="duckdb"} 0\n');
  });

  it('asks who it is before it looks at the question', async () => {
    for (const path of ['/summary?from=yesterday', '/nothing', '/series', '/erasures']) {
      const response = await fetch(`${tracker.url}/api/tracker/v1${path}`);
      expect([path, response.status, ((await response.json()) as { code: string }).code]).toEqual([path, 401, 'not_signed_in']);
    }
    const stranger = await fetch(`${tracker.url}/api/tracker/v1/erasures`, {
      method: 'POST',
      body: '{',
      headers: { 'content-type': 'application/json' },
    });
    expect(stranger.status).toBe(401);
    expect((await ask('/summary', { site: 'shop', from: 'yesterday', to: 'today' })).status).toBe(400);
  });

  it('takes a question as people write it, with what need not be escaped in a query unescaped', async () => {
    const query = `site=shop&from=${RANGE.from}&to=${RANGE.to}&filter=path:/fresh&filter=event_name:Outbound Link: Click&zone=Asia/Kolkata&bucket=hour`;
    const response = await fetch(`${tracker.url}/api/tracker/v1/series?${query}`, {
      headers: { authorization: `Bearer ${await registry.token()}` },
    });
    expect([response.status, ((await response.json()) as Series).zone]).toEqual([200, 'Asia/Kolkata']);
  });

  it('compiles nothing for a media type that somebody has invented', async () => {
    const authorization = `Bearer ${await registry.token({})}`;
    const url = `${tracker.url}/api/tracker/v1/live?site=shop`;
    const live = (type: string) => fetch(url, { headers: { authorization, 'content-type': type } });
    expect((await live('application/json')).status).toBe(200);
    const invented = async () => {
      for (let i = 0; i < 10; i += 1) for (const type of [`text/x-${i}`, `application/json; v=${i}`]) await live(type);
    };
    expect(await countCompiled(invented)).toBe(0);
  });

  it('names the clocks where a sign-in ended longer ago than clocks may differ', async () => {
    const status = async (expires: string): Promise<unknown[]> => {
      const authorization = `Bearer ${await registry.token({}, { expires })}`;
      const response = await fetch(`${tracker.url}/api/tracker/v1/sites`, { headers: { authorization } });
      return [response.status, ((await response.json()) as { detail?: string }).detail];
    };
    expect(await status('-9m')).toEqual([200, undefined]);
    expect(await status('-11m')).toEqual([401, expect.stringMatching(/clocks of the servers differ/)]);
  });

  it('fills a series with zeros', async () => {
    const { body } = await ask('/series', { site: 'shop', ...RANGE, bucket: 'minute' });
    const { points, bucket, zone } = body as Series;
    expect([bucket, zone]).toEqual(['minute', 'UTC']);
    expect(points.length).toBeGreaterThanOrEqual(120);
    expect(points.reduce((sum, { views }) => sum + views, 0)).toBe(1);
  });

  it('filters, one or several', async () => {
    const top = async (filter: string | string[]) =>
      ((await ask('/top', { site: 'shop', ...RANGE, dimension: 'path', filter })).body as Top).items;
    expect(await top('path:/fresh')).toEqual([{ value: '/fresh', views: 1, visitors: 1, dwellMs: 1200 }]);
    expect(await top(['path:/fresh', 'browser:Chrome'])).toHaveLength(1);
    expect(await top(['path:/fresh', 'browser:Firefox'])).toEqual([]);
  });

  it.each([
    [422, 'range_too_large', '/summary', { from: '2024-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' }],
    [422, 'range_empty', '/summary', { from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }],
    [422, 'dimension_unknown', '/summary', { filter: 'visitor_id:x' }],
    [422, 'zone_unknown', '/series', { zone: 'Mars/Olympus', bucket: 'day' }],
    [400, 'parameters_invalid', '/summary', { from: 'yesterday' }],
    [400, 'parameters_invalid', '/top', { dimension: 'path; DROP TABLE events' }],
    [400, 'parameters_invalid', '/top', { dimension: 'path', limit: '1000' }],
    [400, 'parameters_invalid', '/summary', { nonsense: '1' }],
    [404, 'path_unknown', '/nothing', {}],
    [422, 'compare_incomplete', '/summary', { compareFrom: '2026-01-01T00:00:00Z' }],
    [422, 'range_empty', '/summary', { compareFrom: '2026-01-02T00:00:00Z', compareTo: '2026-01-01T00:00:00Z' }],
    [422, 'dimension_unknown', '/top', { dimension: 'visitor_id' }],
    [400, 'parameters_invalid', '/top', { dimension: 'props.a.b' }],
    [400, 'parameters_invalid', '/summary', { filter: 'props."x":y' }],
    [400, 'parameters_invalid', '/series', { bucket: 'fortnight' }],
    [422, 'identity_daily', '/funnel', { step: ['path:/a', 'path:/b'] }],
    [422, 'identity_daily', '/retention', {}],
    [400, 'parameters_invalid', '/funnel', { step: 'path:/a' }],
    [422, 'dimension_unknown', '/funnel', { site: 'dashboard', step: ['path:/a', 'visitor_id:x'] }],
    [422, 'bucket_too_fine', '/retention', { site: 'dashboard', unit: 'day', from: '2026-01-01T00:00:00Z', to: '2026-04-01T00:00:00Z' }],
    [422, 'dimension_missing', '/export', { what: 'top' }],
    [400, 'parameters_invalid', '/export', { what: 'everything' }],
    [403, 'not_owner', '/export', { what: 'events' }],
    [404, 'site_unknown', '/export', { site: 'plant', what: 'series' }],
    [404, 'site_unknown', '/live', { site: 'plant' }],
  ])('answers %i %s', async (status, code, path, query) => {
    const answer = await ask(path, { site: 'shop', ...(path === '/live' ? {} : RANGE), ...(query as Record<string, string | string[]>) });
    expect(answer).toMatchObject({ status, body: { code, status } });
  });

  it('shows each department its own sites, and admins all', async () => {
    const ids = async (claims: Parameters<TestRegistry['token']>[0]) =>
      ((await ask('/sites', {}, claims)).body as { items: { id: string }[] }).items.map(({ id }) => id);
    expect(await ids({ departments: ['sales'] })).toEqual(['dashboard', 'shop']);
    expect(await ids({ departments: [] })).toEqual(['dashboard']);
    expect(await ids({ departments: [], roles: ['admin'] })).toEqual(['dashboard', 'shop', 'plant']);
    expect(await ask('/summary', { site: 'plant', ...RANGE })).toMatchObject({ status: 404, body: { code: 'site_unknown' } });
  });

  it('tells who may export single events', async () => {
    const may = async (claims: Parameters<TestRegistry['token']>[0]) =>
      ((await ask('/sites', {}, claims)).body as { items: { id: string; mayExportEvents: boolean }[] }).items.find(
        ({ id }) => id === 'shop',
      )?.mayExportEvents;
    expect(await may({})).toBe(false);
    expect(await may({ teams: ['storefront'] })).toBe(true);
    expect(await may({ roles: ['admin'] })).toBe(true);
  });

  it('compares with the period before, or with any other', async () => {
    const past = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };
    const { body } = await ask('/summary', { site: 'shop', ...past, compareFrom: RANGE.from, compareTo: RANGE.to });
    expect(body).toMatchObject({ current: { views: 0 }, previous: { views: 1, visitors: 1 } });
  });

  it('weeks begin on Monday', async () => {
    const { body } = await ask('/series', { site: 'shop', from: '2026-03-04T00:00:00Z', to: '2026-03-18T00:00:00Z', bucket: 'week' });
    expect((body as Series).points.map(({ t }) => t)).toEqual([
      '2026-03-02T00:00:00.000Z',
      '2026-03-09T00:00:00.000Z',
      '2026-03-16T00:00:00.000Z',
    ]);
  });

  it('needs a sign-in', async () => {
    const response = await fetch(`${tracker.url}/api/tracker/v1/sites`);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'not_signed_in' });
  });

  it('lets go of queries when their client goes away', async () => {
    const authorization = `Bearer ${await registry.token()}`;
    const query = new URLSearchParams({ site: 'shop', ...RANGE });
    for (let round = 0; round < 20; round++) {
      const gone = new AbortController();
      const asked = fetch(`${tracker.url}/api/tracker/v1/summary?${query}`, { headers: { authorization }, signal: gone.signal });
      setImmediate(() => gone.abort());
      await asked.catch(() => undefined);
    }
    expect((await ask('/summary', { site: 'shop', ...RANGE })).status).toBe(200);
  });
});

/** Of whom nothing is held back (visibility.integration.test.ts). */
const ADMIN: Parameters<TestRegistry['token']>[0] = { roles: ['admin'] };

describe('query API of an account site', () => {
  const DAY = 86_400_000;
  const yesterday = new Date(Date.now() - DAY).toISOString();
  const range = { from: new Date(Date.now() - 3 * DAY).toISOString(), to: RANGE.to };
  const panel = { site: 'dashboard', widget: 'notes', widget_version: '1.2.0', path: '/d/sales' };

  beforeAll(async () => {
    const sent = async (sub: string, events: object[]) =>
      fetch(`${tracker.url}/t/events`, {
        method: 'POST',
        body: JSON.stringify(events),
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await registry.token({ sub })}` },
      });
    await sent('alex', [
      { site: 'dashboard', path: '/d/sales', ts: yesterday },
      { ...panel, name: 'widget_view', load_ms: 120 },
      { ...panel, name: 'widget_dwell', dwell_ms: 4000 },
      { site: 'dashboard', name: 'signup', props: { plan: 'pro', seats: 3 } },
    ]);
    await sent('dana', [
      { site: 'dashboard', path: '/d/sales', ts: yesterday },
      { ...panel, name: 'widget_error' },
    ]);
    const seen = async () => ((await ask('/summary', { site: 'dashboard', ...range }, ADMIN)).body as Summary).current;
    await vi.waitFor(async () => expect(await seen()).toMatchObject({ visitors: 2, views: 2 }), { interval: 20, timeout: 60_000 });
  });

  const of = async <T>(path: string, query: Record<string, string | string[]> = {}) => {
    const { status, body } = await ask(path, { site: 'dashboard', ...range, ...query }, ADMIN);
    expect(body).toMatchObject(status === 200 ? {} : { status: 200 });
    return body as T;
  };

  it('properties, and the values of one', async () => {
    expect((await of<Props>('/props')).items).toEqual([
      { key: 'plan', events: 1 },
      { key: 'seats', events: 1 },
    ]);
    expect(await of<Top>('/top', { dimension: 'props.seats' })).toEqual({
      dimension: 'props.seats',
      items: [{ value: '3', views: 1, visitors: 1, dwellMs: 0 }],
    });
    expect((await of<Summary>('/summary', { filter: 'props.plan:pro' })).current).toMatchObject({ views: 1, visitors: 1 });
  });

  it('sessions and dwell', async () => {
    expect(await of<Sessions>('/sessions')).toMatchObject({ views: 2, entries: [{ path: '/d/sales' }], exits: [{ path: '/d/sales' }] });
    const dwell = await of<Dwell>('/dwell', { filter: 'widget:notes' });
    expect(dwell.percentiles[1]).toEqual({ percent: 50, ms: 4000 });
    expect(dwell.distribution).toHaveLength(7);
  });

  it('a funnel with the steps it was asked for', async () => {
    const { steps, windowMinutes } = await of<Funnel>('/funnel', { step: ['path:/d/sales', 'widget:notes', 'event_name:signup'] });
    expect(windowMinutes).toBe(10_080);
    expect(steps.map(({ step, visitors }) => [step, visitors])).toEqual([
      ['path:/d/sales', 2],
      ['widget:notes', 1],
      ['event_name:signup', 1],
    ]);
    const short = await of<Funnel>('/funnel', { step: ['path:/d/sales', 'widget:notes'], windowMinutes: '60' });
    expect(short.steps[1]).toEqual({ step: 'widget:notes', visitors: 0, medianMs: null });
  });

  it('retention by day, in a zone', async () => {
    const { cohorts, unit, zone } = await of<Retention>('/retention', { unit: 'day', zone: 'Europe/Berlin' });
    expect([unit, zone]).toEqual(['day', 'Europe/Berlin']);
    expect(cohorts.reduce((sum, { visitors }) => sum + visitors, 0)).toBe(2);
    const first = cohorts.find(({ visitors }) => visitors > 0);
    expect(first?.returned.slice(0, 2)).toEqual([2, 2]);
  });

  it('widgets', async () => {
    expect((await of<WidgetUsage>('/widgets')).items).toEqual([
      {
        widget: 'notes',
        opens: 1,
        visitors: 2,
        dwellMs: 4000,
        errors: 1,
        load: { count: 1, p50: 120, p75: 120, p95: 120 },
        versions: [{ version: '1.2.0', opens: 1, visitors: 2, dwellMs: 4000, errors: 1, load: { count: 1, p50: 120, p75: 120, p95: 120 } }],
      },
    ]);
    expect((await of<WidgetUsage>('/widgets', { widget: 'other' })).items).toEqual([]);
  });

  it('drops', async () => {
    const { total, reasons } = await of<Drops>('/drops');
    expect(total).toBe(reasons.reduce((sum, { events }) => sum + events, 0));
  });

  it('live, which says when nothing has changed', async () => {
    const authorization = `Bearer ${await registry.token(ADMIN)}`;
    const live = (etag?: string) =>
      fetch(`${tracker.url}/api/tracker/v1/live?site=dashboard`, { headers: { authorization, ...(etag && { 'if-none-match': etag }) } });
    const first = await live();
    const { visitors, minutes, pages, recent } = (await first.json()) as Live;
    expect([visitors, minutes.length, pages]).toEqual([2, 30, []]);
    expect(recent.map(({ name }) => name).sort()).toEqual(['signup', 'widget_dwell', 'widget_error', 'widget_view']);
    expect(JSON.stringify(recent)).not.toContain('visitor');
    // A minute may end between the two.
    await expect
      .poll(async () => {
        const etag = (await live()).headers.get('etag') ?? '';
        return (await live(etag)).status;
      })
      .toBe(304);
    expect((await live('"something else"')).status).toBe(200);
  });
});
