/** A department pins several layouts: its people switch between them with one key, and see at once what is pinned anew. */
import type { LayoutContentInput } from '@datamesh/contracts';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { ready, tableRow } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';

const here = journey();

const layout = (title: string, widget: string): LayoutContentInput => ({
  title,
  department: 'sales',
  visibility: 'department',
  tree: { type: 'stack', active: 0, panels: ['p1'] },
  panels: { p1: { widget: `${widget}@stable` } },
});

const send = (page: Page, method: string, path: string, body?: object): Promise<number> =>
  page.evaluate(
    async ([verb, address, content]) => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(`/api/v1${address}`, { method: verb, ...(content ? { headers, body: content } : {}) })).status;
    },
    [method, path, body ? JSON.stringify(body) : ''] as const,
  );

const title = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 }).waitFor();

it('switches between what is pinned with one key, at once, and follows what is pinned meanwhile', async () => {
  const { page, context } = await here.visitors.person('casey', '/d/sales');
  await ready(page, 'data-table', 'series-chart');
  const pinned = page.getByRole('navigation', { name: 'Pinned by Sales' });
  expect(await pinned.count()).toBe(0);

  const dana = await here.visitors.person('dana', '/d/sales');
  const [desk, notes] = [
    await createLayout(dana.page, layout('Desk', 'data-table')),
    await createLayout(dana.page, layout('Handover', 'notes')),
  ];
  for (const id of [desk, notes]) expect(await send(dana.page, 'PUT', `/pins/sales/${id}`, {})).toBe(200);

  await pinned.getByRole('link', { name: '3 Handover' }).waitFor();
  await page.keyboard.press('2');
  await title(page, 'Desk');
  await ready(page, 'data-table');
  expect(new URL(page.url()).pathname).toBe(`/d/sales/${desk}`);
  // What one was looking at is as it was: nothing is mounted anew, and what was chosen is still chosen.
  await tableRow(page, 'IBM').click();
  await page.keyboard.press('Escape');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('3');
  await ready(page, 'notes');
  let asked = 0;
  page.on('request', (request) => void (request.url().includes('/api/v1/pins/') && asked++));
  await page.keyboard.press('2');
  await title(page, 'Desk');
  await tableRow(page, 'IBM').and(page.locator('[aria-selected="true"]')).waitFor();
  expect(asked).toBe(0);

  await page.reload();
  await title(page, 'Desk');
  await ready(page, 'data-table');
  await page.keyboard.press('1');
  await title(page, 'Markets morning');
  expect(new URL(page.url()).pathname).toBe('/d/sales');

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
  await title(page, 'Desk');
  await page.waitForURL('**/d/sales');
  await pinned.getByRole('link', { name: '1 Markets morning' }).click();
  await title(page, 'Markets morning');
  await dana.context.close();
  await context.close();
});
