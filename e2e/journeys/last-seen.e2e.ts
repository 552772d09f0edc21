/** The registry goes away and a page is loaded anew: what was last seen stands there, says of when it is, and catches up by itself. */
import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { signIn } from '../harness/browser';
import { panel, ready, tableRow, words } from '../harness/dashboard';
import { Team } from '../harness/handmade';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';
import { salesLayout, send, shown } from '../harness/pins';

const here = journey({ proxied: true });

const asOf = (page: Page) => page.locator('output.connection').getByText(/as of/);
const away = (page: Page) => page.getByRole('heading', { name: /cannot be reached right now|takes longer than usual/ });

/** What the browser keeps of it: the bytes, base64, by cache and address. */
type Kept = Record<string, Record<string, string>>;
const kept = (page: Page): Promise<Kept> =>
  page.evaluate(async () => {
    const all: Kept = {};
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      all[name] = {};
      for (const request of await cache.keys()) {
        const bytes = new Uint8Array((await (await cache.match(request))?.arrayBuffer()) ?? new ArrayBuffer());
        all[name][new URL(request.url).pathname] = btoa(String.fromCharCode(...bytes));
      }
    }
    return all;
  });
/** As a hand in the developer tools does. */
const put = (page: Page, all: Kept): Promise<void> =>
  page.evaluate(async (content) => {
    for (const [name, places] of Object.entries(content)) {
      const cache = await caches.open(name);
      for (const [address, text] of Object.entries(places))
        await cache.put(address, new Response(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))));
    }
  }, all);
const places = (all: Kept): string[] => Object.values(all).flatMap((addresses) => Object.keys(addresses));
const untilKept = (page: Page, many: number): Promise<void> => expect.poll(async () => places(await kept(page)).length).toBe(many);
/** Until the page that is shown has kept itself anew, at its own place and where the start page leads: each time in other bytes. */
const untilKeptAnew = (page: Page, before: Kept): Promise<void> =>
  expect
    .poll(async () => {
      const former = Object.values(before).flatMap((addresses) => Object.values(addresses));
      return Object.values(await kept(page)).flatMap((addresses) => Object.values(addresses).filter((text) => !former.includes(text)))
        .length;
    })
    .toBeGreaterThanOrEqual(2);
/** Every place's bytes changed. */
const changed = (all: Kept, change: (bytes: Buffer, index: number, others: Buffer[]) => Buffer): Kept => {
  const bytes = Object.values(all).flatMap((addresses) => Object.values(addresses).map((text) => Buffer.from(text, 'base64')));
  let index = 0;
  const each = (addresses: Record<string, string>) =>
    Object.fromEntries(
      Object.keys(addresses).map((address) => [address, change(bytes[index] as Buffer, index++, bytes).toString('base64')]),
    );
  return Object.fromEntries(Object.entries(all).map(([name, addresses]) => [name, each(addresses)]));
};

let desk: string;
let owner: Page;
let page: Page;
let context: BrowserContext;
beforeAll(async () => {
  ({ page: owner } = await here.visitors.person('dana', '/d/sales'));
  desk = await createLayout(owner, salesLayout('Desk', 'data-table'));
  expect(await send(owner, 'PUT', `/pins/sales/${desk}`, {})).toBe(200);
  ({ page, context } = await here.visitors.person('casey', '/d/sales'));
  here.visitors.watch.expect(/status of 50[234]/, /net::ERR_/);
});

it('shows a department’s layouts as they were last seen, switched by their keys, and then as they are', async () => {
  await ready(page, 'data-table', 'series-chart');
  await page.keyboard.press('2');
  await shown(page, 'Desk');
  await ready(page, 'data-table');
  // Both places, and where the start page leads.
  await untilKept(page, 3);
  expect(await asOf(page).count()).toBe(0);
  const bytes = Object.values(await kept(page)).flatMap((addresses) => Object.values(addresses).map((text) => atob(text)));
  for (const word of ['Markets', 'sales', 'casey', 'data-table']) expect(bytes.join(' ')).not.toContain(word);

  await here.stack.proxy?.stop();
  await page.goto('/d/sales');
  await shown(page, 'Markets morning');
  await ready(page, 'data-table', 'series-chart');
  await asOf(page).waitFor();
  expect(await asOf(page).innerText()).toMatch(/as of \d{1,2}:\d{2}/);
  expect(await away(page).count()).toBe(0);
  await tableRow(page, 'IBM').click();
  await expect.poll(() => words(panel(page, 'series-chart'))).toContain('IBM');
  // Keys that are typed into a widget are the widget's.
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('2');
  await shown(page, 'Desk');
  await page.reload();
  await shown(page, 'Desk');
  await ready(page, 'data-table');
  // What nobody has seen here cannot be shown.
  await page.goto('/d/operations');
  await away(page).waitFor();
  await page.goto('/');
  await shown(page, 'Desk');

  await page.evaluate(() => Object.assign(window, { stays: true }));
  await here.stack.proxy?.comeBack();
  await asOf(page).waitFor({ state: 'detached' });
  expect(await page.evaluate(() => 'stays' in window)).toBe(true);
  await ready(page, 'data-table');
  // From here on it hears what changes.
  expect(await send(owner, 'DELETE', `/pins/sales/${desk}`)).toBe(204);
  await page.waitForURL(`**/l/${desk}`);
  expect(await send(owner, 'PUT', `/pins/sales/${desk}`, {})).toBe(200);
});

it('shows a pinned layout that nobody had opened here, and leaves the shown one where another was not fetched ahead', async () => {
  const team = await Team.of(here.stack);
  // All of it in the file that everything begins with, as nothing says what else it needs.
  const entry = `export const init = () => undefined;
    const module = { default: class extends HTMLElement { connectedCallback() { this.textContent = 'it runs'; } } };
    export const get = async () => () => module;`;
  await team.publish({ name: 'ahead', version: '1.0.0', code: '', more: { 'dist/remoteEntry.mjs': entry } });
  await team.promote('ahead', '1.0.0');
  const [second, third] = [
    await createLayout(owner, salesLayout('Ahead', 'ahead')),
    await createLayout(owner, salesLayout('Late', 'notes')),
  ];
  for (const layout of [second, third]) expect(await send(owner, 'PUT', `/pins/sales/${layout}`, {})).toBe(200);
  const { page: viewer, context: own } = await here.visitors.newcomer();
  // It is asked for in vain while the page has nothing else to do.
  const late = new RegExp(`/api/v1/pins/sales\\?.*layout=${third}`);
  let asked = false;
  await viewer.route(late, async (route) => {
    asked = true;
    await route.abort();
  });
  const code = viewer.waitForResponse((answer) => answer.url().includes('/remotes/ahead/'));
  await signIn(viewer, 'casey', '/d/sales');
  await ready(viewer, 'data-table', 'series-chart');
  await (await code).finished();
  await expect.poll(() => asked).toBe(true);
  // The home, where the start page leads, and what is pinned before the one that did not come.
  await untilKept(viewer, 4);
  await viewer.unroute(late);
  await here.stack.proxy?.stop();
  await viewer.keyboard.press('3');
  await shown(viewer, 'Ahead');
  await viewer.getByText('it runs').waitFor();
  await asOf(viewer).waitFor();
  await viewer.keyboard.press('4');
  await viewer.getByText('“Late” cannot be shown while the server is out of reach.').waitFor();
  await shown(viewer, 'Ahead');
  expect(await away(viewer).count()).toBe(0);
  await here.stack.proxy?.comeBack();
  await shown(viewer, 'Late');
  await viewer.waitForURL(`**/d/sales/${third}`);
  for (const layout of [second, third]) expect(await send(owner, 'DELETE', `/pins/sales/${layout}`)).toBe(204);
  await own.close();
});

it('has one’s own settings and filters after a reload while nobody answers, and sends the settings once somebody does', async () => {
  await page.goto('/d/sales');
  await shown(page, 'Markets morning');
  await ready(page, 'data-table', 'date-range');
  await expect.poll(async () => places(await kept(page)).length).toBeGreaterThan(1);
  const sorted = () => panel(page, 'data-table').getByRole('columnheader', { name: 'Name' }).first().getAttribute('aria-sort');
  const lastYear = panel(page, 'date-range').getByRole('button', { name: /^1 ?[yY]/ });
  expect([await sorted(), await lastYear.getAttribute('aria-pressed')]).toEqual(['none', 'false']);
  await here.stack.proxy?.stop();
  await page.reload();
  await asOf(page).waitFor();
  await panel(page, 'data-table').getByRole('columnheader', { name: 'Name' }).first().getByRole('button').click();
  await expect.poll(sorted).toBe('ascending');
  await lastYear.click();
  const waiting = (): Promise<number> =>
    page.evaluate(() => [localStorage, sessionStorage].flatMap(Object.keys).filter((key) => /^dm\.(unsent|look)/.test(key)).length);
  await expect.poll(waiting).toBe(2);
  await page.reload();
  await asOf(page).waitFor();
  await ready(page, 'data-table', 'date-range');
  await expect.poll(sorted).toBe('ascending');
  await expect.poll(() => lastYear.getAttribute('aria-pressed')).toBe('true');
  const sent = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.url().endsWith('/mine') && answer.ok());
  await here.stack.proxy?.comeBack();
  await sent;
  // Only the filters, which nobody but this tab has.
  await expect.poll(waiting).toBe(1);
  await asOf(page).waitFor({ state: 'detached' });
  await page.reload();
  await expect.poll(sorted).toBe('ascending');
  await expect.poll(() => lastYear.getAttribute('aria-pressed')).toBe('false');
});

it('goes on taking turns in a kiosk that is loaded anew while nobody answers', async () => {
  await page.goto('/d/sales?kiosk=5s');
  for (const title of ['Desk', 'Markets morning']) await shown(page, title);
  await here.stack.proxy?.stop();
  await page
    .locator('.kiosk-title')
    .getByText(/as of \d{1,2}:\d{2}/)
    .waitFor();
  await page.reload();
  await asOf(page).waitFor();
  for (const title of ['Desk', 'Markets morning', 'Desk']) await shown(page, title);
  await here.stack.proxy?.comeBack();
  await asOf(page).waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => url.search === '');
});

it('says so where another one was pinned meanwhile, and takes nothing from under anybody’s eyes', async () => {
  await page.goto('/d/sales');
  await ready(page, 'data-table', 'series-chart');
  await expect.poll(async () => places(await kept(page)).length).toBeGreaterThan(1);
  await here.stack.proxy?.stop();
  await page.reload();
  await asOf(page).waitFor();
  // Past the proxy, as somebody who has not noticed.
  await here.stack.proxy?.comeBack();
  expect(await send(owner, 'PUT', `/pins/sales/${desk}`, { home: true })).toBe(200);
  await asOf(page).waitFor({ state: 'detached' });
  await page.getByText('Sales pinned another layout.').waitFor();
  await shown(page, 'Markets morning');
  await page.getByRole('button', { name: 'Show it' }).click();
  await shown(page, 'Desk');
});

it('does not bring back a version that was withdrawn meanwhile', async () => {
  const team = await Team.of(here.stack);
  const code = `export default class extends HTMLElement { connectedCallback() { this.textContent = 'it runs'; } }`;
  await team.publish({ name: 'fleeting', version: '1.0.0', code });
  await team.promote('fleeting', '1.0.0');
  const layout = await createLayout(owner, salesLayout('Fleeting', 'fleeting'));
  const before = places(await kept(page));
  await page.goto(`/l/${layout}`);
  await page.getByText('it runs').waitFor();
  await expect.poll(async () => places(await kept(page)).filter((place) => !before.includes(place)).length).toBe(1);
  const [address = ''] = places(await kept(page)).filter((place) => !before.includes(place));
  // Nothing of it is open when the page hears it.
  await page.evaluate(() => {
    history.pushState(null, '', '/d/sales');
    dispatchEvent(new PopStateEvent('popstate'));
  });
  await shown(page, 'Desk');
  await team.yank('fleeting', '1.0.0', 'It lies.');
  await expect.poll(async () => places(await kept(page))).not.toContain(address);
  await here.stack.proxy?.stop();
  await page.goto(`/l/${layout}`);
  await away(page).waitFor();
  await here.stack.proxy?.comeBack();
  await shown(page, 'Fleeting');
});

it('shows and runs nothing that was changed, moved, put there or left there by others, and goes on', async () => {
  const former = await kept(page);
  await page.goto('/d/sales');
  await ready(page, 'data-table');
  await untilKeptAnew(page, former);
  const first = await kept(page);
  await expect.poll(async () => places(await kept(owner)).length).toBeGreaterThan(0);
  const [theirs = {}] = Object.values(await kept(owner));
  const other = Buffer.from(Object.values(theirs)[0] ?? '', 'base64');
  const plain = Buffer.from(JSON.stringify({ at: new Date().toISOString(), place: { kind: 'layout', path: '/d/sales' } }));

  await here.stack.proxy?.stop();
  // What was so until then is kept once more: over what is put there before that, too.
  await page
    .locator('output.connection')
    .getByText(/^Offline/)
    .waitFor();
  await untilKeptAnew(page, first);
  const mine = await kept(page);
  const tampered: Record<string, Kept> = {
    'a byte': changed(mine, (bytes) => Buffer.from(bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte)))),
    'other places': changed(mine, (_, index, all) => all[(index + 1) % all.length] as Buffer),
    'not sealed': changed(mine, () => plain),
    nothing: changed(mine, () => Buffer.alloc(0)),
    'of another session': changed(mine, () => other),
  };
  for (const [what, all] of Object.entries(tampered)) {
    await put(page, all);
    await page.reload();
    await away(page).waitFor();
    expect(await asOf(page).count(), what).toBe(0);
  }
  await put(page, mine);
  // From yesterday.
  await page.clock.setSystemTime(Date.now() + 13 * 3_600_000);
  await page.reload();
  await away(page).waitFor();
  await page.clock.setSystemTime(Date.now());
  await page.reload();
  await asOf(page).waitFor();
  await here.stack.proxy?.comeBack();
  await asOf(page).waitFor({ state: 'detached' });
});

it('keeps what it has while the browser has no room for more, and says nothing of it', async () => {
  const before = places(await kept(page));
  const devtools = await context.newCDPSession(page);
  const { origin } = new URL(here.stack.url);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  const said = page.waitForEvent('console', (message) => message.text().startsWith('This browser does not keep what was seen.'));
  await page.reload();
  await said;
  await ready(page, 'data-table');
  expect(places(await kept(page)).sort()).toEqual(before.sort());
  await here.stack.proxy?.stop();
  await page.reload();
  await asOf(page).waitFor();
  await here.stack.proxy?.comeBack();
  await asOf(page).waitFor({ state: 'detached' });
  await devtools.send('Storage.overrideQuotaForOrigin', { origin });
});

it('shows nothing of it to somebody with another session or none, and keeps nothing after a sign-out', async () => {
  const session = (await context.cookies()).find(({ name }) => name.endsWith('dm_session'));
  if (!session) throw new Error('there is no session');
  here.visitors.watch.expect(/status of 401/);
  await here.stack.proxy?.stop();
  await context.addCookies([{ ...session, value: `${'A'.repeat(8)}${session.value.slice(8)}` }]);
  await page.reload();
  await away(page).waitFor();
  await context.clearCookies();
  await page.reload();
  await away(page).waitFor();
  // Whose it is sees it again: nothing was lost by those who looked.
  await context.addCookies([session]);
  await page.reload();
  await asOf(page).waitFor();
  await here.stack.proxy?.comeBack();
  await asOf(page).waitFor({ state: 'detached' });

  const left = await kept(page);
  await page.getByRole('button', { name: /Casey Brooks/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Sign in' }).waitFor();
  await expect.poll(async () => Object.keys(await kept(page))).toEqual([]);
  // Whoever is next at this browser, also where it was all put back.
  await signIn(page, 'robin', '/layouts');
  await page.getByRole('button', { name: /Robin Okafor/ }).waitFor();
  await put(page, left);
  await here.stack.proxy?.stop();
  await page.goto('/d/sales');
  await away(page).waitFor();
  expect(await asOf(page).count()).toBe(0);
});
