/**
 * Events that nobody sends by accident: whatever is looked at with a pattern, decoded, split or sorted, as long as a body may be. What takes more
 * than its length to look at takes hours here, and the test ends by its time.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER, startRegistry, startTestTracker, type TestRegistry, type TestTracker } from '../testing/tracker';

const LONG = 300_000;
const FOLDS = ['slash', 'double-slash', 'index', 'case'];
let registry: TestRegistry;
let tracker: TestTracker;

beforeAll(async () => {
  registry = await startRegistry();
  const site = { id: 'shop', title: 'Shop', identity: 'daily', origins: ['https://shop.test'], departments: ['*'], fold: FOLDS };
  tracker = await startTestTracker(registry.url, { env: { SITES: JSON.stringify([site]) } });
});
afterAll(async () => {
  await tracker.remove();
  registry.close();
});
afterEach(async () => {
  expect((await fetch(`${tracker.url}/healthz`)).status).toBe(200);
});

const events = (list: unknown, headers: Record<string, string> = {}) =>
  fetch(`${tracker.url}/t/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': BROWSER, ...headers },
    body: typeof list === 'string' ? list : JSON.stringify(list),
  });
const times = (text: string, count = LONG) => text.repeat(count);

describe('an event', () => {
  it.each<[string, Record<string, unknown>]>([
    ['a path of spaces that does not end with them', { path: `/${times(' ')}x` }],
    ['such a path, encoded', { path: `/${times('%20')}x` }],
    ['a path that ends with spaces', { path: `/x${times(' ')}` }],
    ['a path of slashes that does not end with them', { path: `/${times('/')}x` }],
    ['a path of slashes', { path: times('/') }],
    ['a path that climbs', { path: times('/..') }],
    ['a path of broken escapes', { path: `/${times('%E0%', 100_000)}` }],
    ['a path of wrong bytes', { path: `/${times('%FF')}` }],
    ['a path of marks over one letter', { path: `/a${times('\u0301')}` }],
    ['a path of halves of pairs', { path: `/${times('\ud800', 100_000)}` }],
    ['an address of spaces', { url: `https://shop.test/${times('%20')}x` }],
    ['an address of a hundred thousand parameters', { url: `https://shop.test/?${times('utm_source=a&', LONG / 10)}` }],
    ['an address of a thousand names', { url: `https://${times('a.', 100_000)}test/` }],
    ['an address of labels in another script', { url: `https://${times('xn--a.', 50_000)}test/` }],
    ['an address of credentials', { url: `https://${times('a:')}@shop.test/` }],
    ['a referrer of spaces', { referrer: `https://elsewhere.test/${times(' ')}x` }],
    ['a name of spaces', { name: `${times(' ')}x` }],
    ['a name of line ends', { name: times('\r\n', 100_000) }],
    ['an id of anything', { id: times('0') }],
    ['a time of digits', { ts: times('9') }],
    ['a time of blanks', { ts: `2026${times(' ')}x` }],
    ['a dwell of digits', { dwell_ms: times('1') }],
    ['a hundred thousand properties', { props: Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`key${index}`, index])) }],
    ['properties nested for ever, as text', { props: times('{"a":', 100_000) }],
    ['properties in lists in lists, as text', { props: times('[') }],
    ['properties named by a prototype', { props: JSON.parse('{"__proto__":{"x":1},"constructor":"y"}') as unknown }],
    ['fields that nobody knows', Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`key${index}`, index]))],
  ])('of %s counts', async (_what, fields) => {
    const answer = await events([{ site: 'shop', ...fields }]);
    expect([answer.status, await answer.json()]).toMatchObject([200, { stored: 1, dropped: {} }]);
  });

  it('counts five hundred times over, each as long as the body allows', async () => {
    for (const filler of ['/', ' ', '%', 'é']) {
      const path = `/${times(filler, 900)}x`;
      const answer = await events(Array.from({ length: 500 }, () => ({ site: 'shop', path })));
      expect(await answer.json()).toMatchObject({ stored: 500 });
    }
  });

  it.each([
    ['lists in lists', times('[')],
    ['lists in lists that end', times('[', 200_000) + times(']', 200_000)],
    ['objects in objects', `[${times('{"a":', 100_000)}1${times('}', 100_000)}]`],
  ])('that is %s is no event', async (_what, body) => {
    const answer = await events(body);
    expect([200, 400]).toContain(answer.status);
    expect(await answer.json()).not.toMatchObject({ stored: 1 });
  });

  it.each<[string, Record<string, string>]>([
    ['a browser of 100 KB', { 'user-agent': `${BROWSER} ${times('a', 100_000)}` }],
    ['a browser of spaces', { 'user-agent': `Mozilla/5.0 (${times(' ', 100_000)}x` }],
    ['a browser of brackets', { 'user-agent': times('(', 100_000) }],
    ['a browser of versions', { 'user-agent': times('Chrome/1.', 10_000) }],
    ['a referrer of spaces', { referer: `https://shop.test/${times('%20', 50_000)}x` }],
    ['an origin of 100 KB', { origin: `https://${times('a.', 50_000)}test` }],
    ['a hundred thousand proxies', { 'x-forwarded-for': times('127.0.0.1,', 20_000) }],
    ['a proxy of colons', { 'x-forwarded-for': times(':', 100_000) }],
    ['a credential of dots', { authorization: `Bearer ${times('.', 100_000)}` }],
    ['a credential of letters', { authorization: `Bearer ${times('a', 100_000)}.${times('b', 100_000)}` }],
    ['a media type of blanks', { 'content-type': `application/json${times(' ', 100_000)};${times(' ', 100_000)}` }],
  ])('sent with %s is answered', async (_what, headers) => {
    const answer = await events([{ site: 'shop', path: '/' }], headers);
    expect(answer.status).toBeLessThan(500);
    await answer.text();
    const pixel = await fetch(`${tracker.url}/t/pixel.gif?site=shop`, { headers });
    expect(pixel.status).toBe('content-type' in headers ? 431 : 200);
  });
});

it('remembers browsers by as much of their names as it reads', async () => {
  const { UserAgents } = await import('./user-agent');
  const agents = new UserAgents();
  expect(agents.of(`${BROWSER}${times('a', 100_000)}`)).toBe(agents.of(`${BROWSER}${times('a', 100_001)}`));
});
