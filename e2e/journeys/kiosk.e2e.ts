/** A screen on a wall: what a department pins takes turns on it, for weeks, with nobody to click anything away. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { signIn, type Visitor } from '../harness/browser';
import { ready, tableRow } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';
import { picture } from '../harness/pictures';
import { salesLayout, send, shown } from '../harness/pins';

const here = journey();

const bar = (page: Page) => page.getByRole('banner');
const leave = (page: Page) => page.getByRole('button', { name: 'Leave the kiosk' });

/** Whose page has the test's clock from its beginning: put into a page that is open, a widget may ask for the dates of 1970. */
async function atTheClock(id: 'casey'): Promise<Visitor> {
  const visitor = await here.visitors.newcomer();
  await visitor.page.clock.install({ time: Date.now() });
  await signIn(visitor.page, id, '/');
  return visitor;
}

let owner: Page;
let desk: string;
let notes: string;
beforeAll(async () => {
  ({ page: owner } = await here.visitors.person('dana', '/d/sales'));
  desk = await createLayout(owner, salesLayout('Desk', 'data-table'));
  notes = await createLayout(owner, salesLayout('Handover', 'notes'));
  for (const id of [desk, notes]) expect(await send(owner, 'PUT', `/pins/sales/${id}`, {})).toBe(200);
});

it('shows what is pinned in its turn, as it was left, and follows what is pinned meanwhile', async () => {
  const { page, context } = await atTheClock('casey');
  await page.addInitScript(() => {
    const locks: string[] = [];
    Object.assign(window, { locks });
    const { request } = navigator.wakeLock;
    navigator.wakeLock.request = (type) => {
      locks.push(String(type));
      return request.call(navigator.wakeLock, type);
    };
  });
  // What it cannot do is said once, and it does something sensible.
  await page.goto('/d/sales?kiosk=soon');
  await page.getByText('“soon” is no time for a kiosk').waitFor();
  await page.waitForURL('**/d/sales?kiosk=30s');
  await shown(page, 'Markets morning');
  await ready(page, 'data-table', 'series-chart');
  expect(await bar(page).count()).toBe(0);
  // What is shown is called by its name, below it.
  const named = page.locator('.kiosk-title');
  expect(await named.innerText()).toBe('Markets morning');
  await picture(page, 'kiosk');
  await expect.poll(() => page.evaluate(() => (window as unknown as { locks: string[] }).locks)).toEqual(['screen']);

  await page.clock.fastForward(30_000);
  await shown(page, 'Desk');
  await page.waitForURL(`**/d/sales/${desk}?kiosk=30s`);

  // The pointer and the way out are there for as long as somebody moves it; then a widget can be used as ever.
  expect(await leave(page).evaluate((button) => getComputedStyle(button).opacity)).toBe('0');
  await page.mouse.move(300, 300);
  await page.mouse.move(320, 320);
  await expect.poll(() => leave(page).evaluate((button) => getComputedStyle(button).opacity)).toBe('1');
  await tableRow(page, 'IBM').click();
  await tableRow(page, 'IBM').and(page.locator('[aria-selected="true"]')).waitFor();
  await page.clock.fastForward(3_000);
  await expect.poll(() => leave(page).evaluate((button) => getComputedStyle(button).opacity)).toBe('0');
  expect(await page.locator('.kiosk-veil').evaluate((veil) => getComputedStyle(veil).cursor)).toBe('none');

  // By a finger as well, which moves nothing.
  const touch = await page.context().newCDPSession(page);
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: 4, y: 4 }] });
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await expect.poll(() => leave(page).evaluate((button) => getComputedStyle(button).opacity)).toBe('1');

  await page.clock.fastForward(30_000);
  await shown(page, 'Handover');
  // One that is pinned no more goes at once.
  expect(await send(owner, 'DELETE', `/pins/sales/${notes}`)).toBe(204);
  await shown(page, 'Markets morning');
  await page.clock.fastForward(30_000);
  await shown(page, 'Desk');
  await tableRow(page, 'IBM').and(page.locator('[aria-selected="true"]')).waitFor();
  await page.waitForURL((url) => url.pathname === `/d/sales/${desk}`);

  // While the registry does not answer, what is loaded takes turns.
  expect(await send(owner, 'PUT', `/pins/sales/${notes}`, {})).toBe(200);
  here.visitors.watch.expect(/net::ERR_/);
  await page.route('**/api/v1/pins/**', (route) => route.abort());
  await page.clock.fastForward(30_000);
  await shown(page, 'Markets morning');
  await page.unroute('**/api/v1/pins/**');

  // What is pinned and cannot be had is named once its turn has come.
  here.visitors.watch.expect(/status of 503/);
  const problem = {
    type: 'about:blank',
    title: 'Unavailable',
    status: 503,
    code: 'store_unavailable',
    detail: 'The store does not answer.',
  };
  const absent = await createLayout(owner, salesLayout('Absent', 'notes'));
  await page.route(
    ({ pathname, href }) => pathname.startsWith('/api/v1/') && href.includes(absent),
    (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
  );
  // It is asked for ahead as soon as the page knows of it.
  const known = page.waitForRequest((request) => request.url().includes(absent));
  expect(await send(owner, 'PUT', `/pins/sales/${absent}`, {})).toBe(200);
  await known;
  for (const title of ['Desk', 'Handover', 'Markets morning']) {
    await page.clock.fastForward(30_000);
    await shown(page, title);
  }
  await named.getByText('“Absent” does not come right now.').waitFor();
  expect(await send(owner, 'DELETE', `/pins/sales/${absent}`)).toBe(204);

  await page.keyboard.press('Escape');
  await bar(page).waitFor();
  await page.waitForURL((url) => url.search === '');
  await context.close();
});

it('is loaded anew when the dashboard was updated, with everything as it was', async () => {
  const { page, context } = await atTheClock('casey');
  await page.goto(`/d/sales/${desk}?kiosk=5s`);
  await ready(page, 'data-table');
  // Widgets may be there before it: a pointer that moves earlier does not show itself.
  await page.locator('.kiosk-veil').waitFor();
  await page.mouse.move(300, 300);
  await page.mouse.move(320, 320);
  await tableRow(page, 'IBM').click();
  const another = '**/';
  await page.route(another, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replaceAll(/(src="\/assets\/main\.)[0-9a-f]+/g, '$1another') });
  });
  let loaded = false;
  page.once('load', () => {
    loaded = true;
  });
  await page.clock.fastForward(600_000);
  // At the end of a turn at which the registry can be reached. Time goes on by itself: moved on while the next page begins, it would begin in 1970.
  await expect.poll(() => loaded).toBe(true);
  await page.unroute(another);
  await page.locator('h1').waitFor();
  expect(new URL(page.url()).search).toBe('?kiosk=5s');
  await page.keyboard.press('2');
  await shown(page, 'Desk');
  await tableRow(page, 'IBM').and(page.locator('[aria-selected="true"]')).waitFor();
  await context.close();
});

it('says that somebody has to sign in when the session ends, and is a kiosk again afterwards', async () => {
  const { page, context } = await here.visitors.person('casey', '/d/sales');
  await ready(page, 'data-table');
  // By the menu of the layout, for whoever only looks as well.
  await page.getByRole('button', { name: 'Layout actions' }).click();
  await page.getByRole('menuitem', { name: 'Show as kiosk' }).click();
  await bar(page).waitFor({ state: 'detached' });
  here.visitors.watch.expect(/status of 401/);
  expect(await send(page, 'POST', '/session/sign-out')).toBe(204);
  await page.getByText('Somebody has to sign in here.').waitFor();
  await shown(page, 'Markets morning');
  await page.getByRole('link', { name: 'Sign in again' }).click();
  await page.getByRole('button', { name: /Casey Brooks/ }).click();
  await page.waitForURL('**/d/sales?kiosk=30s');
  await ready(page, 'data-table');
  expect(await bar(page).count()).toBe(0);
  await context.close();
});
