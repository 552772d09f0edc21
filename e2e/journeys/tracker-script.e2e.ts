/** tracker.js on a page of another origin, in a real Chromium: what is counted while people open, leave, hide, lose and find pages again. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Chromium, type Tab } from '../harness/devtools';
import { ForeignSite } from '../harness/foreign-site';
import { journey } from '../harness/journey';
import { Stay } from '../harness/stay';
import { Tracked } from '../harness/tracked';

let shop: ForeignSite;
let chromium: Chromium;
let tracked: Tracked;
/** In front, it hides whatever else is open. */
let cover: Tab;

const here = journey(async () => {
  shop = await ForeignSite.start();
  const departments = ['*'];
  const SITES = JSON.stringify([
    { id: 'dashboard', identity: 'account', origins: [], departments },
    { id: 'shop', identity: 'daily', origins: [shop.origin], departments },
  ]);
  return { env: { SITES } };
});

beforeAll(async () => {
  shop.sendTo(here.stack.url);
  chromium = await Chromium.launch();
  cover = await chromium.open('about:blank');
  tracked = new Tracked(here.stack, (await here.visitors.person('dana')).context);
});

afterAll(async () => {
  await chromium?.close();
  await shop?.stop();
});

it('counts a view under a strict policy, without cookie and storage', async () => {
  const tab = await open('/strict/a?utm_source=mail');
  await stored('/strict/', ['view /strict/a']);
  await tab.evaluate(`datamesh('signup', { plan: 'pro' })`);
  await stored('/strict/', ['view /strict/a', 'signup /strict/a']);
  await expect.poll(() => tracked.pages('/strict/')).toEqual([{ value: '/strict/a', views: 1, visitors: 1, dwellMs: expect.any(Number) }]);
  await expect.poll(async () => (await tracked.top('event_name')).map(({ value }) => value)).toContain('signup');
  await expect.poll(() => tracked.top('utm_source')).toMatchObject([{ value: 'mail', views: 1 }]);

  const { cookies } = await chromium.send<{ cookies: unknown[] }>('Storage.getCookies');
  expect(cookies).toEqual([]);
  expect(await tab.evaluate(`indexedDB.databases().then((all) => [all.length, localStorage.length, sessionStorage.length])`)).toEqual([
    0, 0, 0,
  ]);
  expect(shop.sent.filter(({ headers, setsCookie }) => headers.cookie !== undefined || setsCookie)).toEqual([]);

  // Reports come later than what they are about: once this one is there, all before it are.
  await tab.evaluate(`fetch('/elsewhere').catch(() => {})`);
  await expect.poll(() => shop.violations.join()).toContain('connect-src');
  expect(shop.violations.filter((report) => !report.includes('/elsewhere'))).toEqual([]);
  await tab.close();
});

it.each([
  ['by the Navigation API', ''],
  ['by the history functions', `Object.defineProperty(window, 'navigation', { value: undefined })`],
])('counts a view for each path within a page, %s', async (_, prepare) => {
  const base = prepare ? '/spa-old' : '/spa';
  const tab = await open(`${base}/a`, { prepare });
  await tab.evaluate(`history.pushState({}, '', '${base}/b?tab=1')`);
  await tab.evaluate(`history.replaceState({}, '', '${base}/b?tab=2#details')`);
  await tab.back();
  await tab.evaluate(`history.replaceState({}, '', '${base}/c')`);
  const views = ['a', 'b', 'a', 'c'].map((page) => `view ${base}/${page}`);
  await stored(`${base}/`, expect.arrayContaining(views));
  expect(namesOf(`${base}/`).filter((name) => name.startsWith('view'))).toEqual(views);
  await tab.close();
});

it.each([
  ['as a module', '/module/a'],
  ['several times over', '/twice/a'],
])('finds itself and counts one view when a page has it %s', async (_, path) => {
  const tab = await open(path);
  await stored(path, [`view ${path}`]);
  await tab.evaluate(`datamesh('witness')`);
  await stored(path, [`view ${path}`, `witness ${path}`]);
  await tab.close();
});

it('leaves the view to the pixel where a page has both', async () => {
  const tab = await open('/pixel/a');
  await tab.evaluate(`datamesh('witness')`);
  await stored('/pixel/', ['witness /pixel/a']);
  await expect.poll(async () => (await tracked.pages('/pixel/')).map(({ value, views }) => [value, views])).toEqual([['/pixel/a', 1]]);
  await tab.evaluate(`history.pushState({}, '', '/pixel/b')`);
  await stored('/pixel/', expect.arrayContaining(['view /pixel/b']));
  await tab.close();
});

it('counts a page that is loaded anew as the same look', async () => {
  const tab = await open('/again/a');
  await stored('/again/', ['view /again/a']);
  await tab.evaluate(`window.before = true; setTimeout(() => location.reload())`);
  await tab.until(`window.before === undefined && typeof datamesh === 'function'`);
  await tab.evaluate(`datamesh('witness')`);
  await stored('/again/', expect.arrayContaining(['witness /again/a']));
  expect(namesOf('/again/').filter((name) => name.startsWith('view'))).toEqual(['view /again/a']);
  await tab.close();
});

it('says in the console of a page in development what was refused and what was left out', async () => {
  const listen = `window.said = []; console.warn = (...words) => said.push(words.join(' '))`;
  const tab = await open('/said/a', { prepare: listen });
  await tab.evaluate(`datamesh('Outbound Link: Click', { url: 'https://x.example' })`);
  await stored('/said/', ['view /said/a', 'Outbound Link: Click /said/a']);
  await tab.evaluate(`datamesh('deep', { cart: { items: [1, 2] }, plan: 'pro' })`);
  await tab.until(`said.some((words) => /lost=props/.test(words) && words.includes('"deep"'))`);
  // Its answer came after those to what went before, of which nothing was said.
  expect(await tab.evaluate(`said.filter((words) => !words.includes('"deep"'))`)).toEqual([]);
  await tab.evaluate(`window.circle = {}; circle.circle = circle; datamesh('circular', circle)`);
  await stored('/said/', expect.arrayContaining(['deep /said/a', 'circular /said/a']));
  shop.busy = { status: 403, headers: { 'datamesh-event': 'dropped; reason=origin_not_allowed' } };
  await tab.evaluate(`datamesh('refused')`);
  await tab.until(`said.some((words) => /origin_not_allowed/.test(words) && words.includes('"refused"'))`);
  shop.busy = null;
  await tab.close();
});

it('counts what the Navigation API intercepts', async () => {
  const tab = await open('/intercepted/a');
  await tab.evaluate(`navigation.addEventListener('navigate', (event) => event.intercept({ handler: async () => {} }), { once: true })`);
  await tab.evaluate(`void navigation.navigate('/intercepted/b')`);
  await stored('/intercepted/', expect.arrayContaining(['view /intercepted/a', 'view /intercepted/b']));
  await tab.close();
});

it('counts a page that comes back out of the back/forward cache again, and no time in between', async () => {
  const first = new Stay();
  const tab = await first.begins(() => open('/back/a'));
  await tab.evaluate(`window.came = []; addEventListener('pageshow', ({ persisted }) => came.push(persisted))`);
  await first.ends(tab, 700, () => tab.goto(`${shop.origin}/back/b`));
  await passes(1000);
  await first.begins(() => tab.back());
  await tab.until('window.came?.length > 0');
  expect(await tab.evaluate('window.came')).toEqual([true]);
  await first.ends(tab, 400, () => hide(tab));
  await stored('/back/', ['view /back/a', 'dwell /back/a', 'view /back/b', 'dwell /back/b', 'view /back/a', 'dwell /back/a']);
  await tracked.dwellOf('/back/a', first);
  await expect
    .poll(async () => (await tracked.pages('/back/')).map(({ value, views }) => [value, views]))
    .toEqual([
      ['/back/a', 2],
      ['/back/b', 1],
    ]);
  await tab.close();
});

it('counts a prerendered page when it is opened', async () => {
  const tab = await open('/prerender/a');
  const behind = { prerendered: true };
  await tab.until(`document.prerendering && typeof datamesh === 'function'`, behind);
  await tab.evaluate(`datamesh('prepared')`, behind);
  await tab.evaluate(`datamesh('witness')`);
  await stored('/prerender/', ['view /prerender/a', 'witness /prerender/a']);
  const stay = new Stay();
  await stay.begins(async () => {
    await tab.evaluate(`void setTimeout(() => document.querySelector('a').click())`);
    await tab.until(`performance.getEntriesByType('navigation')[0].activationStart > 0`);
  });
  await stored('/prerender/a/next', expect.arrayContaining(['prepared /prerender/a/next', 'view /prerender/a/next']));
  await stay.ends(tab, 500, () => hide(tab));
  await tracked.dwellOf('/prerender/a/next', stay);
  expect(namesOf('/prerender/a/next').filter((name) => name.startsWith('view'))).toHaveLength(1);
  await tab.close();
});

it('counts a tab in the background when it is looked at, and only the time that it is', async () => {
  const tab = await chromium.open(`${shop.origin}/behind/a`, { background: true });
  await tab.until(`typeof datamesh === 'function'`);
  await tab.evaluate(`datamesh('witness')`);
  await stored('/behind/', ['witness /behind/a']);
  const stay = new Stay();
  await stay.begins(() => tab.show());
  await stay.ends(tab, 600, () => hide(tab));
  await tab.send('Page.setWebLifecycleState', { state: 'frozen' });
  await passes(700);
  await tab.send('Page.setWebLifecycleState', { state: 'active' });
  await stay.begins(() => tab.show());
  await stay.ends(tab, 300, () => hide(tab));
  await stored('/behind/', ['witness /behind/a', 'view /behind/a', 'dwell /behind/a', 'dwell /behind/a']);
  await tracked.dwellOf('/behind/a', stay);
  await tab.close();
});

it('counts no second view of a tab that was discarded and loaded again', async () => {
  const tab = await open('/discard/a');
  await stored('/discard/', ['view /discard/a']);
  await cover.show();
  await stored('/discard/', ['view /discard/a', 'dwell /discard/a']);
  await chromium.discard(tab);
  const before = shop.events('/discard/').length;
  const stay = new Stay();
  await stay.begins(async () => {
    await tab.show();
    await tab.until(`document.wasDiscarded && typeof datamesh === 'function'`);
  });
  await stay.ends(tab, 500, () => hide(tab));
  await stored('/discard/', ['view /discard/a', 'dwell /discard/a', 'dwell /discard/a']);
  await stay.holds(() => shop.events('/discard/').slice(before));
  await tab.show();
  await tab.evaluate(`history.pushState({}, '', '/discard/b')`);
  await stored('/discard/', expect.arrayContaining(['view /discard/b']));
  await tab.close();
});

it('reports every 15 seconds, and what is left when the tab is closed', async () => {
  const stay = new Stay();
  const tab = await stay.begins(() => open('/closed/a'));
  await stored('/closed/', ['view /closed/a', 'dwell /closed/a']);
  await stay.ends(tab, 300, async () => {
    await tab.close();
    // What the page counted until it was gone is there only when it has arrived.
    await stored('/closed/', ['view /closed/a', 'dwell /closed/a', 'dwell /closed/a']);
  });
  await tracked.dwellOf('/closed/a', stay);
});

it('keeps what happens offline and sends it afterwards, once, in order, with the time it happened', async () => {
  const tab = await open('/offline/a');
  await stored('/offline/', ['view /offline/a']);
  await tab.setOffline(true);
  await tab.evaluate(`history.pushState({}, '', '/offline/b')`);
  await tab.evaluate(`history.pushState({}, '', '/offline/c'); datamesh('bought', { item: 1 })`);
  await passes(1500);
  expect(namesOf('/offline/').filter((name) => !name.startsWith('dwell'))).toEqual(['view /offline/a']);
  const online = Date.now();
  await tab.setOffline(false);
  await stored('/offline/', expect.arrayContaining(['view /offline/b', 'view /offline/c', 'bought /offline/c']));
  const names = namesOf('/offline/').filter((name) => !name.startsWith('dwell'));
  expect(names).toEqual(['view /offline/a', 'view /offline/b', 'view /offline/c', 'bought /offline/c']);
  const kept = (await tracked.records('/offline/')).filter(({ event_name }) => event_name !== 'dwell').slice(1);
  expect(kept).toHaveLength(3);
  for (const { ts, received_ts } of kept) {
    expect(ts).toBeLessThan(online - 1400);
    expect(received_ts).toBeGreaterThanOrEqual(online);
  }
  await tab.close();
});

it('leaves a full tracker alone for as long as it asks, then sends the same events again', async () => {
  const tab = await open('/full/a');
  await stored('/full/', ['view /full/a']);
  shop.busy = { status: 503, headers: { 'retry-after': '3' } };
  await tab.evaluate(`datamesh('first')`);
  const named = (name: string) => shop.events('/full/').filter((event) => event.name === name);
  const sentWith = (name: string) => shop.sent.filter(({ body }) => body.includes(`"${name}"`)).map(({ at }) => at);
  await expect.poll(() => named('first').length).toBe(1);
  const [refused = 0] = sentWith('first');
  shop.busy = null;
  await tab.evaluate(`datamesh('second'); dispatchEvent(new Event('online'))`);
  // How long it has been looked at so far may be told in between.
  const others = (names: string[]): string[] => names.filter((name) => !name.startsWith('dwell'));
  await expect.poll(() => others(namesOf('/full/'))).toEqual(['view /full/a', 'first /full/a', 'first /full/a', 'second /full/a']);
  expect((sentWith('first').at(-1) ?? 0) - refused).toBeGreaterThan(2900);
  const [first, repeated] = named('first');
  expect(repeated).toEqual({ ...first, outcome: 'stored' });
  expect(others((await tracked.records('/full/')).map(({ event_name }) => event_name))).toEqual(['view', 'first', 'second']);
  await tab.close();
});

it('tries again by itself while the tracker does not answer at all', async () => {
  const tab = await open('/away/a');
  await stored('/away/', ['view /away/a']);
  shop.busy = { status: 502, headers: {} };
  await tab.evaluate(`datamesh('waiting')`);
  await expect.poll(() => namesOf('/away/').filter((name) => name === 'waiting /away/a').length).toBeGreaterThan(2);
  shop.busy = null;
  await expect.poll(() => tracked.records('/away/').then((all) => all.filter(({ event_name }) => event_name === 'waiting').length)).toBe(1);
  const waiting = shop.events('/away/').filter(({ name }) => name === 'waiting');
  expect(new Set(waiting.map(({ id, ts }) => `${id} ${ts}`)).size).toBe(1);
  await tab.close();
});

it('keeps at most 50 events, the newest', async () => {
  const tab = await open('/many/a');
  await stored('/many/', ['view /many/a']);
  await tab.setOffline(true);
  await tab.evaluate(`for (let n = 1; n <= 70; n++) datamesh('n' + n, { text: 'ü'.repeat(1000) })`);
  await tab.setOffline(false);
  const numbers = async (): Promise<number[]> =>
    (await tracked.records('/many/'))
      .filter(({ event_name }) => /^n\d/.test(event_name))
      .map(({ event_name }) => Number(event_name.slice(1)));
  await expect.poll(numbers).toContain(70);
  const kept = await numbers();
  // One of the fifty may be how long the page has been looked at so far, or its view, whose answer is yet to be heard.
  expect([49, 50]).toContain(kept.length);
  // What may be arriving just now makes no room: the first one, where it is sent before the others come.
  const newest = kept.filter((number) => number > 1);
  expect(newest).toEqual(newest.map((_, nth) => 71 - newest.length + nth));
  // A browser refuses more than that from a page that may leave at any time.
  expect(Math.max(...shop.sent.map(({ body }) => Buffer.byteLength(body)))).toBeLessThan(64 * 1024);
  await tab.close();
});

it('sends what is left by sendBeacon where requests end with their page, and keeps what the browser does not take', async () => {
  const old = `delete Request.prototype.keepalive; navigator.sendBeacon = function (...rest) {
    return !window.full && Navigator.prototype.sendBeacon.apply(this, rest);
  }`;
  const tab = await open('/beacon/a', { prepare: old });
  await stored('/beacon/', ['view /beacon/a']);
  await tab.goto(`${shop.origin}/beacon/b`);
  await stored('/beacon/', ['view /beacon/a', 'dwell /beacon/a', 'view /beacon/b']);
  await tab.evaluate('window.full = true');
  await tab.goto(`${shop.origin}/beacon/c`);
  await stored('/beacon/c', ['view /beacon/c']);
  expect(namesOf('/beacon/b')).toEqual(['view /beacon/b']);
  await tab.back();
  await stored('/beacon/b', ['view /beacon/b', 'dwell /beacon/b', 'view /beacon/b']);
  await tab.close();
});

it.each(['globalPrivacyControl', 'doNotTrack'])(
  'tells the collector of a visitor who asks not to be counted (%s) no more than that',
  async (flag) => {
    const refused = await tracked.drops('privacy');
    const value = flag === 'doNotTrack' ? `'1'` : 'true';
    const tab = await chromium.open('about:blank', { prepare: `Object.defineProperty(navigator, '${flag}', { value: ${value} })` });
    await tab.send('Network.enable');
    await tab.send('Network.setExtraHTTPHeaders', { headers: flag === 'doNotTrack' ? { DNT: '1' } : { 'Sec-GPC': '1' } });
    const from = shop.sent.length;
    await tab.goto(`${shop.origin}/private/${flag}`);
    await tab.evaluate(`datamesh('signup', { plan: 'pro' }); history.pushState({}, '', '/private/${flag}/b')`);
    await expect.poll(() => tracked.drops('privacy')).toBe(refused + 2);
    // A page that has just been closed may still tell how long it was looked at.
    const events = shop.sent
      .slice(from)
      .filter(({ path, headers }) => path === '/t/events' && (headers['dnt'] ?? headers['sec-gpc']) === '1');
    expect(events.map(({ outcome }) => outcome)).toEqual(events.map(() => 'dropped; reason=privacy'));
    for (const { body } of events)
      for (const event of JSON.parse(body) as object[]) expect(event).toEqual({ site: 'shop', id: expect.any(String), name: 'view' });
    await tab.close();
  },
);

/** In front, with the script running. */
async function open(path: string, options: { prepare?: string } = {}): Promise<Tab> {
  const tab = await chromium.open(shop.origin + path, options);
  await tab.until(`typeof datamesh === 'function' && document.visibilityState === 'visible'`);
  return tab;
}

/** Behind another one, and until the page has heard of it: it counts so long. */
async function hide(tab: Tab): Promise<void> {
  await cover.show();
  await tab.until(`document.visibilityState === 'hidden'`);
}

/** `view /shoes` of each event that pages below a path have sent, in order. */
const namesOf = (prefix: string): string[] => shop.events(prefix).map(({ name, url }) => `${name} ${new URL(url).pathname}`);

/** Milliseconds after which a page that is open tells how long it has been looked at so far. */
const BEAT = 15_000;

/**
 * What pages below a path have sent, sorted, without the reports that `names` does not expect and that come every 15 seconds: on a slow
 * machine some do. No more are left out than there can have been.
 */
function expectable(prefix: string, names: readonly string[]): string[] {
  const [first] = shop.events(prefix);
  let beats = first ? Math.floor((Date.now() - Date.parse(first.ts)) / BEAT) : 0;
  const left = names.filter((name) => name.startsWith('dwell'));
  return namesOf(prefix)
    .filter((name) => {
      if (!name.startsWith('dwell')) return true;
      const at = left.indexOf(name);
      if (at >= 0) left.splice(at, 1);
      return at >= 0 || beats-- <= 0;
    })
    .sort();
}

/** Until pages below a path have sent just these, and all of them are on the tracker's disk. Requests of two pages may overtake each other. */
async function stored(prefix: string, names: unknown): Promise<void> {
  await expect
    .poll(() => (Array.isArray(names) ? expectable(prefix, names) : namesOf(prefix)))
    .toEqual(Array.isArray(names) ? names.sort() : names);
  for (const { name, outcome } of shop.events(prefix)) expect([name, outcome]).toEqual([name, 'stored']);
}

const passes = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
