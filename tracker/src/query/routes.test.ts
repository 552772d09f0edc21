import type { Series, Summary, Top } from '@datamesh/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER, startRegistry, startTestTracker, type TestRegistry, type TestTracker } from '../testing-tracker';

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
      .poll(async () => ((await ask('/summary', { site: 'shop', ...RANGE })).body as Summary).current, { interval: 20, timeout: 10_000 })
      .toEqual({ visitors: 1, views: 1, sessions: 1, medianDwellMs: 1200 });
    const { body } = await ask('/summary', { site: 'shop', ...RANGE });
    expect(body).toMatchObject({ live: 1, previous: { visitors: 0, views: 0, medianDwellMs: null } });
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
  ])('answers %i %s', async (status, code, path, query) => {
    const answer = await ask(path, { site: 'shop', ...RANGE, ...(query as Record<string, string>) });
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
