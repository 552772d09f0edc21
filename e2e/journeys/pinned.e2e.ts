/** A department pins several layouts: its people switch between them with one key, and see at once what is pinned anew. */
import { expect, it } from 'vitest';
import { ready, tableRow } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';
import { salesLayout, send, shown } from '../harness/pins';

const here = journey();

it('switches between what is pinned with one key, at once, and follows what is pinned meanwhile', async () => {
  const { page, context } = await here.visitors.person('casey', '/d/sales');
  await ready(page, 'data-table', 'series-chart');
  const pinned = page.getByRole('navigation', { name: 'Pinned by Sales' });
  expect(await pinned.count()).toBe(0);

  const dana = await here.visitors.person('dana', '/d/sales');
  const [desk, notes] = [
    await createLayout(dana.page, salesLayout('Desk', 'data-table')),
    await createLayout(dana.page, salesLayout('Handover', 'notes')),
  ];
  for (const id of [desk, notes]) expect(await send(dana.page, 'PUT', `/pins/sales/${id}`, {})).toBe(200);

  await pinned.getByRole('link', { name: '3 Handover' }).waitFor();
  await page.keyboard.press('2');
  await shown(page, 'Desk');
  await ready(page, 'data-table');
  await page.waitForURL(`**/d/sales/${desk}`);
  // What one was looking at is as it was: nothing is mounted anew, and what was chosen is still chosen.
  await tableRow(page, 'IBM').click();
  await page.keyboard.press('Escape');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('3');
  await ready(page, 'notes');
  let asked = 0;
  page.on('request', (request) => void (request.url().includes('/api/v1/pins/') && asked++));
  await page.keyboard.press('2');
  await shown(page, 'Desk');
  await tableRow(page, 'IBM').and(page.locator('[aria-selected="true"]')).waitFor();
  expect(asked).toBe(0);

  await page.reload();
  await shown(page, 'Desk');
  await ready(page, 'data-table');
  // Where there is no room for the names they are in a menu, as they are beside a power user's tabs.
  await page.setViewportSize({ width: 390, height: 844 });
  await pinned.getByRole('button', { name: 'Pinned by Sales: 2 Desk' }).click();
  await page.getByRole('menuitem', { name: 'Handover' }).click();
  await page.waitForURL(`**/d/sales/${notes}`);
  await page.setViewportSize({ width: 1440, height: 900 });
  const power = dana.page.getByRole('navigation', { name: 'Pinned by Sales' });
  await power.getByRole('button', { name: 'Pinned by Sales: 1 Markets morning' }).click();
  expect(
    await dana.page
      .getByRole('menu', { name: /^Pinned by Sales/ })
      .getByRole('menuitem')
      .allInnerTexts(),
  ).toEqual([expect.stringContaining('Markets morning'), expect.stringContaining('Desk'), expect.stringContaining('Handover')]);
  await dana.page.keyboard.press('Escape');
  await page.keyboard.press('1');
  await shown(page, 'Markets morning');
  await page.waitForURL('**/d/sales');

  // Another home, while somebody looks at the one that was; then one is pinned no more.
  expect(await send(dana.page, 'PUT', `/pins/sales/${desk}`, { home: true, before: null })).toBe(200);
  await page.getByText('Sales pinned another layout.').waitFor();
  await pinned.getByRole('link', { name: '3 Desk' }).waitFor();
  await page.keyboard.press('2');
  await ready(page, 'notes');
  expect(await send(dana.page, 'DELETE', `/pins/sales/${notes}`)).toBe(204);
  await page.waitForURL(`**/l/${notes}`);
  // The home is what the department's address leads to, and what an address that is pinned no more falls back to.
  here.visitors.watch.expect(/status of 404/);
  await page.goto(`/d/sales/${notes}`);
  await shown(page, 'Desk');
  await page.waitForURL('**/d/sales');
  await pinned.getByRole('link', { name: '1 Markets morning' }).click();
  await shown(page, 'Markets morning');
  await dana.context.close();
  await context.close();
});
