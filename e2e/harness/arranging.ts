/** The main job, as one person does it; run on every store. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { addWidget, isMarked, mark, panel, ready, saveAs, tableRow, words } from './dashboard';
import type { Journey } from './journey';
import { readLayout } from './layouts';

export async function arrangeWatchSaveReload({ visitors }: Journey): Promise<void> {
  const { page, context } = await visitors.person('alex');
  await page.getByRole('button', { name: 'Open or make a layout' }).click();
  await page.getByRole('menuitem', { name: 'New layout' }).click();
  await page.waitForURL('**/l/*');
  await page.getByRole('complementary', { name: 'Add a widget' }).waitFor();
  for (const title of ['Data table', 'Series chart', 'Notes']) await addWidget(page, title);
  await ready(page, 'data-table', 'series-chart');

  await reacts(page, 'IBM');
  await panel(page, 'data-table').getByLabel('Filter rows').fill('S');
  await mark(page, 'data-table');
  await mark(page, 'series-chart');
  await move(page);
  expect(await panel(page, 'data-table').getByLabel('Filter rows').inputValue()).toBe('S');
  expect(await isMarked(page, 'data-table')).toBe(true);

  await saveAs(page, 'Arranged');
  await page.getByRole('button', { name: 'View', exact: true }).click();
  expect(await isMarked(page, 'data-table')).toBe(true);
  expect(await isMarked(page, 'series-chart')).toBe(true);

  const id = new URL(page.url()).pathname.split('/')[2] ?? '';
  const saved = await readLayout(page, id);
  await page.reload();
  await ready(page, 'data-table', 'series-chart');
  await expect.poll(() => page.locator('section.dm-panel').count()).toBe(3);
  expect(await readLayout(page, id)).toEqual(saved);
  await reacts(page, 'MSFT');
  await context.close();
}

/** Selecting a row changes the chart and the note's heading. */
async function reacts(page: Page, symbol: string): Promise<void> {
  await tableRow(page, symbol).click();
  await expect.poll(() => words(panel(page, 'series-chart'))).toContain(symbol);
  await showPanel(page, 'Notes');
  await ready(page, 'notes');
  const name = symbol === 'IBM' ? /IBM/ : /Microsoft|MSFT/;
  await expect.poll(() => panel(page, 'notes').getByRole('heading').first().innerText()).toMatch(name);
}

/** A panel in a stack is shown by its tab, one that stands alone is shown already. */
async function showPanel(page: Page, title: string): Promise<void> {
  const tab = page.getByRole('tab', { name: title });
  if ((await tab.count()) > 0) await tab.first().click();
}

/** By keyboard and by pointer, each to another place. */
async function move(page: Page): Promise<void> {
  const frame = panel(page, 'data-table');
  const place = async (): Promise<string> => JSON.stringify(await frame.boundingBox());
  const tab = page.getByRole('tab', { name: 'Data table' });

  const first = await place();
  await tab.focus();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect.poll(place).not.toBe(first);

  const second = await place();
  const from = await tab.boundingBox();
  const chart = await panel(page, 'series-chart').boundingBox();
  if (!from || !chart) throw new Error('the panels are not on the page');
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  // To the lower edge of the chart, in steps as a hand does it.
  await page.mouse.move(chart.x + chart.width / 2, chart.y + chart.height / 2, { steps: 10 });
  await page.mouse.move(chart.x + chart.width / 2, chart.y + chart.height - 12, { steps: 10 });
  await page.mouse.up();
  await expect.poll(place).not.toBe(second);
}
