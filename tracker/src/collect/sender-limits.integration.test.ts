import { afterAll, beforeAll, expect, it } from 'vitest';
import { BROWSER, eventsIn, KEY, startRegistry, startTestTracker, type TestRegistry, type TestTracker } from '../testing/tracker';

const QUOTA = 500;
let registry: TestRegistry;
let tracker: TestTracker;
beforeAll(async () => {
  registry = await startRegistry();
  const limit = String(QUOTA);
  tracker = await startTestTracker(registry.url, { env: { LIMIT_EVENTS_PER_PERSON: limit, LIMIT_EVENTS_PER_ADDRESS: limit } });
});
afterAll(async () => {
  await tracker.remove();
  registry.close();
});

const batch = (site: string, events: number, headers: Record<string, string>): Promise<Response> =>
  fetch(`${tracker.url}/t/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': BROWSER, ...headers },
    body: JSON.stringify(Array.from({ length: events }, () => ({ site, path: '/limits', visitor: 'v' }))),
  });
const from = (address: string) => ({ 'x-forwarded-for': address });
const outcome = ({ headers }: Response): string | null => headers.get('datamesh-event');

it('a person brings as many events as a minute allows, from wherever; nobody else is held up by that', async () => {
  const [casey, alex] = await Promise.all(
    ['casey', 'alex'].map(async (sub) => ({ authorization: `Bearer ${await registry.token({ sub })}` })),
  );
  const full = await batch('dashboard', QUOTA, { ...casey, ...from('198.51.100.1') });
  expect([full.status, outcome(full)]).toEqual([200, 'stored']);
  expect(full.headers.get('ratelimit-policy')).toBe('"events-person";q=500;w=60');
  expect(full.headers.get('ratelimit')).toMatch(/^"events-person";r=0;t=\d+$/);

  const over = await batch('dashboard', 2, { ...casey, ...from('198.51.100.2') });
  expect([over.status, outcome(over)]).toEqual([429, 'dropped; reason=rate_limited']);
  expect(await over.json()).toMatchObject({ code: 'rate_limited', status: 429 });
  expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0);

  expect((await batch('dashboard', QUOTA, { ...alex, ...from('198.51.100.2') })).status).toBe(200);
  expect((await eventsIn(tracker.folder)).filter(({ site_id: site }) => site === 'dashboard')).toHaveLength(2 * QUOTA);
});

it('an address likewise, of IPv6 a whole /64; a pixel stays a pixel', async () => {
  expect((await batch('shop', QUOTA, from('2001:db8:1:1::1'))).status).toBe(200);
  const pixel = (address: string) =>
    fetch(`${tracker.url}/t/pixel.gif?site=shop`, { headers: { 'user-agent': BROWSER, ...from(address) } });
  const over = await pixel('2001:db8:1:1:2:3:4:5');
  expect([over.status, over.headers.get('content-type'), outcome(over)]).toEqual([200, 'image/gif', 'dropped; reason=rate_limited']);
  expect(outcome(await pixel('2001:db8:1:2::1'))).toBe('stored');
  const tick = await fetch(`${tracker.url}/t/tick`, { method: 'POST', body: '{"site":"shop"}', headers: from('2001:db8:1:1::2') });
  expect([tick.status, outcome(tick)]).toEqual([429, 'dropped; reason=rate_limited']);
});

it('trusted senders bring as many as they have; a key that nobody knows makes none', async () => {
  for (let times = 0; times < 4; times++) {
    const answer = await batch('shop', QUOTA, { authorization: `Bearer ${KEY}`, ...from('198.51.100.9') });
    expect([answer.status, answer.headers.get('ratelimit')]).toEqual([200, null]);
  }
  const stranger = { authorization: 'Bearer dmk_ofNobody', ...from('198.51.100.10') };
  expect((await batch('shop', QUOTA, stranger)).status).toBe(403);
  expect((await batch('shop', 1, stranger)).status).toBe(429);
});
