/** Proxies write an address with a port, or in another spelling: one person stays one visitor. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BROWSER, eventsIn, KEY, startRegistry, startTestTracker, type TestRegistry, type TestTracker } from '../testing/tracker';

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

const visitorsOf = async (path: string): Promise<number> => {
  const events = (await eventsIn(tracker.folder)).filter((event) => event.path === path);
  return new Set(events.map((event) => event.visitor_id)).size;
};

it.each([
  ['/port', ['198.51.100.7:50001', '198.51.100.7:50002', '198.51.100.7'], 1],
  ['/spelling', ['2001:db8::5', '2001:DB8:0:0:0:0:0:5', '[2001:db8::5]:443'], 1],
  ['/network', ['2001:db8:1:2::5', '2001:db8:1:2:3:4:5:6', '[2001:db8:1:2:ffff::]:1'], 1],
  ['/networks', ['2001:db8:1:2::5', '2001:db8:1:3::5'], 2],
  ['/mapped', ['203.0.113.9', '::ffff:203.0.113.9', '203.0.113.9:51234', 'garbage, 203.0.113.9'], 1],
  ['/zone', ['fe80::1%eth0', 'fe80::1%25eth1', '[fe80::1%eth0]:80'], 1],
  ['/link', ['fe80::1', 'fe80::2'], 2],
])('%s: %j', async (path, forwarded, visitors) => {
  for (const address of forwarded) {
    const headers = { 'user-agent': BROWSER, 'x-forwarded-for': address };
    const answer = await fetch(`${tracker.url}/t/pixel.gif?site=shop&path=${path}`, { headers });
    expect(answer.headers.get('datamesh-event')).toBe('stored');
  }
  expect(await visitorsOf(path)).toBe(visitors);
});

it('also where a trusted sender tells the address', async () => {
  const browser = { 'user-agent': BROWSER, 'x-forwarded-for': '2001:db8:7:7::1' };
  await fetch(`${tracker.url}/t/pixel.gif?site=shop&path=/told`, { headers: browser });
  const events = ['2001:DB8:7:7:0:0:0:2', '2001:db8:7:7::3'].map((ip) => ({ site: 'shop', path: '/told', ip, user_agent: BROWSER }));
  const sender = { 'content-type': 'application/json', authorization: `Bearer ${KEY}` };
  const answer = await fetch(`${tracker.url}/t/events`, { method: 'POST', headers: sender, body: JSON.stringify(events) });
  expect(await answer.json()).toEqual({ stored: 2, dropped: {} });
  expect(await visitorsOf('/told')).toBe(1);
});
