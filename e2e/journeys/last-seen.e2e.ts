/** The registry goes away and a page is loaded anew: what was last seen stands there, says of when it is, and catches up by itself. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { panel, ready, tableRow, words } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';
import { salesLayout, send, shown } from '../harness/pins';

const here = journey({ proxied: true });

const asOf = (page: Page) => page.locator('output.connection').getByText(/as of/);
const away = (page: Page) => page.getByRole('heading', { name: /cannot be reached right now|takes longer than usual/ });

/** What the browser keeps of it: the names, and all bytes as text. */
const kept = (page: Page): Promise<{ names: string[]; places: number; text: string }> =>
  page.evaluate(async () => {
    const names = await caches.keys();
    let [places, text] = [0, ''];
    for (const name of names) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        places += 1;
        text += `${request.url} ${await (await cache.match(request))?.text()}`;
      }
    }
    return { names, places, text };
  });
const untilKept = (page: Page, places: number): Promise<void> => expect.poll(async () => (await kept(page)).places).toBe(places);

let desk: string;
let owner: Page;
beforeAll(async () => {
  ({ page: owner } = await here.visitors.person('dana', '/d/sales'));
  desk = await createLayout(owner, salesLayout('Desk', 'data-table'));
  expect(await send(owner, 'PUT', `/pins/sales/${desk}`, {})).toBe(200);
});

it('shows a department’s layouts as they were last seen, switched by their keys, and then as they are', async () => {
  const { page, context } = await here.visitors.person('casey', '/d/sales');
  await ready(page, 'data-table', 'series-chart');
  await page.keyboard.press('2');
  await shown(page, 'Desk');
  await ready(page, 'data-table');
  // Both places, and where the start page leads.
  await untilKept(page, 3);
  expect(await asOf(page).count()).toBe(0);
  const { text } = await kept(page);
  for (const word of ['Markets', 'sales', 'casey', 'data-table']) expect(text).not.toContain(word);

  here.visitors.watch.expect(/status of 50[234]/, /net::ERR_/);
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
  await context.close();
});

it('says so where another one was pinned meanwhile, and takes nothing from under anybody’s eyes', async () => {
  const { page, context } = await here.visitors.person('casey', '/d/sales');
  await ready(page, 'data-table', 'series-chart');
  await untilKept(page, 2);
  await here.stack.proxy?.stop();
  here.visitors.watch.expect(/status of 50[234]/, /net::ERR_/);
  await page.reload();
  await asOf(page).waitFor();
  // Past the proxy, as somebody who has not noticed.
  await here.stack.proxy?.comeBack();
  await page.route('**/api/v1/pins/**', (route) => route.abort());
  expect(await send(owner, 'PUT', `/pins/sales/${desk}`, { home: true })).toBe(200);
  await page.unroute('**/api/v1/pins/**');
  await asOf(page).waitFor({ state: 'detached' });
  await page.getByText('Sales pinned another layout.').waitFor();
  await shown(page, 'Markets morning');
  await page.getByRole('button', { name: 'Show it' }).click();
  await shown(page, 'Desk');
  await context.close();
});

it('shows nothing of it to somebody with another session or none, and keeps nothing after a sign-out', async () => {
  const { page, context } = await here.visitors.person('casey', '/d/sales');
  await ready(page, 'data-table');
  await untilKept(page, 2);
  const session = (await context.cookies()).find(({ name }) => name.endsWith('dm_session'));
  if (!session) throw new Error('there is no session');
  here.visitors.watch.expect(/status of 50[234]/, /status of 401/, /net::ERR_/);
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

  await page.getByRole('button', { name: /Casey Brooks/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Sign in' }).waitFor();
  expect((await kept(page)).names).toEqual([]);
  await context.close();
});
