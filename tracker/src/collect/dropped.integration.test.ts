/** What is dropped: duplicates of what is acknowledged already, and the history of drops per site. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BROWSER, eventsIn, KEY, startRegistry, startTestTracker, type TestRegistry, type TestTracker } from '../testing/tracker';
import { uuidv7 } from './uuid';

let registry: TestRegistry;
let tracker: TestTracker;
let now = Date.now();

beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.close());

const get = (query: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${tracker.url}/t/pixel.gif?${new URLSearchParams(query)}`, { headers: { 'user-agent': BROWSER, ...headers } });
const send = (events: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${tracker.url}/t/events`, {
    method: 'POST',
    body: JSON.stringify(events),
    headers: { 'user-agent': BROWSER, 'content-type': 'application/json', ...headers },
  });
const outcome = (response: Response): string | null => response.headers.get('datamesh-event');

describe('an event that is acknowledged already', () => {
  beforeAll(async () => {
    tracker = await startTestTracker(registry.url, { now: () => now });
  });
  afterAll(() => tracker.remove());
  beforeEach(() => {
    now += 86_400_000;
  });

  it('is a duplicate, by site and id', async () => {
    const id = uuidv7(now);
    expect(outcome(await get({ site: 'shop', id }))).toBe('stored');
    expect(outcome(await get({ site: 'shop', id }))).toBe('dropped; reason=duplicate');
    expect(outcome(await get({ site: 'shop', id: id.toUpperCase(), path: '/other' }))).toBe('dropped; reason=duplicate');
    expect(outcome(await get({ site: 'plant', id }))).toBe('stored');
    expect((await eventsIn(tracker.folder)).filter(({ event_id }) => event_id === id)).toHaveLength(2);
  });

  it('is one within a batch, and of what came before', async () => {
    const ids = [1, 2, 3].map(() => uuidv7(now));
    const batch = [ids[0], ids[1], ids[0], ids[2], ids[0]].map((id) => ({ site: 'shop', id }));
    expect(await (await send(batch)).json()).toEqual({ stored: 3, dropped: { duplicate: 2 } });
    const again = await send(batch);
    expect([again.status, outcome(again), await again.json()]).toEqual([
      200,
      'dropped; reason=duplicate',
      { stored: 0, dropped: { duplicate: 5 } },
    ]);
  });

  it('is none as long as nothing of it was stored', async () => {
    const id = uuidv7(now);
    expect(outcome(await get({ site: 'shop', id }, { dnt: '1' }))).toBe('dropped; reason=privacy');
    expect(outcome(await get({ site: 'shop', id }))).toBe('stored');
  });

  it('is none after the spool refused it', async () => {
    const small = await startTestTracker(registry.url, { env: { SPOOL_MAX_BYTES: String(64 * 1024) } });
    const events = Array.from({ length: 100 }, () => ({ site: 'shop', id: uuidv7(now), props: { text: 'x'.repeat(1000) } }));
    const post = (some: object[]): Promise<Response> =>
      fetch(`${small.url}/t/events`, {
        method: 'POST',
        body: JSON.stringify(some),
        headers: { 'user-agent': BROWSER, 'content-type': 'application/json' },
      });
    expect((await post(events)).status).toBe(503);
    expect(await (await post(events.slice(0, 10))).json()).toEqual({ stored: 10, dropped: {} });
    await small.remove();
  });

  it('neither begins a session nor prolongs one', async () => {
    const ids = [1, 2, 3].map(() => uuidv7(now));
    await get({ site: 'shop', id: ids[0] ?? '' });
    now += 20 * 60_000;
    expect(outcome(await get({ site: 'shop', id: ids[0] ?? '' }))).toBe('dropped; reason=duplicate');
    now += 20 * 60_000;
    await get({ site: 'shop', id: ids[1] ?? '' });
    const stored = (await eventsIn(tracker.folder)).filter(({ event_id }) => ids.includes(event_id));
    expect(new Set(stored.map(({ session_id }) => session_id)).size).toBe(2);
  });
});

describe('the history of drops', () => {
  beforeAll(async () => {
    tracker = await startTestTracker(registry.url);
  });
  afterAll(() => tracker.remove());

  it('holds what was dropped of each site, also when the tracker stops at once, and is an event like others to the sink', async () => {
    await get({ site: 'shop' }, { 'sec-gpc': '1' });
    await get({ site: 'shop' }, { 'user-agent': 'Googlebot/2.1' });
    await get({ site: 'shop', dwell_ms: '-1' });
    await get({ site: 'shop', path: `/${'x'.repeat(9000)}` });
    await get({ site: 'shop', ts: 'yesterday' }, { authorization: `Bearer ${KEY}` });
    await get({ site: 'nobody' });
    await get({ site: 'plant' }, { origin: 'https://evil.test' });
    await get({ site: 'dashboard' }, { dnt: '1', authorization: `Bearer ${await registry.token()}` });
    await send([{ site: 'shop' }, { site: 'shop', props: { a: { nested: true } } }, 'nonsense'], { dnt: '1' });
    await tracker.restart();
    const counted = async () => {
      const events = (await eventsIn(tracker.folder)).filter(({ dropped }) => dropped !== null);
      const sums: Record<string, number> = {};
      // One record, or several: what was counted goes to the log every few seconds, also in between.
      for (const { site_id, event_name, dropped } of events)
        sums[`${site_id}: ${event_name}`] = (sums[`${site_id}: ${event_name}`] ?? 0) + (dropped ?? 0);
      return sums;
    };
    expect(await counted()).toEqual({
      'shop/dropped: privacy': 3,
      'shop/dropped: bot': 1,
      'shop/dropped: bad_event': 1,
      'shop/details/dropped: dwell_ms': 1,
      'shop/details/dropped: path': 1,
      'plant/dropped: origin_not_allowed': 1,
      'dashboard/dropped: privacy': 1,
    });
    await expect
      .poll(async () => (await fetch(`${tracker.url}/metrics`)).text(), { timeout: 60_000 })
      .toMatch(/tracker_sink_lag_bytes\{sink="duckdb"\} 0\n/);
    // No events of that name come in from outside.
    expect(outcome(await get({ site: 'shop/dropped' }))).toBe('dropped; reason=unknown_site');
  });

  it('reaches the store within seconds', async () => {
    const drops = async (): Promise<unknown> => {
      const query = new URLSearchParams({
        site: 'shop',
        from: new Date(Date.now() - 60_000).toISOString(),
        to: new Date(Date.now() + 60_000).toISOString(),
      });
      const authorization = `Bearer ${await registry.token()}`;
      return (await fetch(`${tracker.url}/api/tracker/v1/drops?${query}`, { headers: { authorization } })).json();
    };
    const before = (await drops()) as { total: number };
    await get({ site: 'shop' }, { dnt: '1' });
    await expect.poll(drops).toMatchObject({ total: before.total + 1, details: expect.arrayContaining([{ field: 'path', events: 1 }]) });
  });
});
