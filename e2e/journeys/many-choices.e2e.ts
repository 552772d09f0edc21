/** A table of ten thousand columns: its settings stay quick to use, and what is chosen is what is shown. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { edit, panel, ready } from '../harness/dashboard';
import { journey } from '../harness/journey';

const COLUMNS = 10_000;
/** By the layout, of the table that was there before. */
const WERE_SHOWN = ['symbol', 'name', 'last', 'change', 'percent', 'spark'];
const folder = await mkdtemp(join(tmpdir(), 'wide-table-'));
const columns = Array.from({ length: COLUMNS }, (_, index) => ({ id: `m${index + 1}`, title: `Measure ${index + 1}`, type: 'number' }));
const rows = [0, 1, 2].map((row) => Object.fromEntries(columns.map(({ id }, index) => [id, row * COLUMNS + index])));
await writeFile(join(folder, 'wide.json'), JSON.stringify({ title: 'Wide', columns, rows }));

const here = journey(async () => ({
  env: {
    DATA_SOURCES: JSON.stringify({
      plant: { folder },
      markets: { folder: 'dist-data/markets' },
      operations: { folder: 'dist-data/operations' },
    }),
  },
}));
afterAll(() => rm(folder, { recursive: true, force: true }));

const offered = (input: Locator): Promise<string[]> =>
  input.evaluate((field) => [...((field as HTMLInputElement).list?.options ?? [])].map(({ value }) => value));

it('narrows them by what is typed, takes a name as well as an identifier, and leaves alone what is none of them', async () => {
  const { page, context } = await here.visitors.person('alex', '/d/sales');
  await ready(page, 'data-table');
  await edit(page);
  const table = panel(page, 'data-table');
  const id = await table.getAttribute('data-panel');
  await page
    .locator('.lm_stack', { has: page.locator(`[data-for="${id}"]`) })
    .getByRole('button', { name: 'Settings' })
    .click();
  const drawer = page.getByRole('complementary', { name: 'Panel settings' });
  await drawer.getByRole('button', { name: /Data source/ }).click();
  await page.getByRole('option', { name: /^Wide/ }).click();

  const identifier = drawer.getByRole('combobox', { name: /Identifier column/ });
  await drawer
    .getByText(`${COLUMNS.toLocaleString('en')} to choose from`)
    .first()
    .waitFor();
  expect((await offered(identifier)).length).toBeLessThanOrEqual(100);
  await identifier.fill('measure 9876');
  await expect.poll(() => offered(identifier)).toEqual(['m9876']);
  // As it is written in the list, which nobody has to open.
  await identifier.press('Enter');
  await expect.poll(() => identifier.inputValue()).toBe('m9876');

  await identifier.fill('nothing of these');
  await identifier.blur();
  await expect.poll(() => identifier.inputValue()).toBe('m9876');

  const entries = drawer.getByRole('combobox', { name: /Columns/ });
  await expect.poll(() => entries.count()).toBe(WERE_SHOWN.length);
  await drawer
    .getByRole('group', { name: /^Columns/ })
    .getByRole('button', { name: /Add/ })
    .click();
  await expect.poll(() => entries.count()).toBe(WERE_SHOWN.length + 1);
  await entries.last().fill('m10000');
  for (const gone of WERE_SHOWN) await drawer.getByText(`“${gone}” is not there (any more)`).first().waitFor();
  expect(await drawer.getByText(/Instance type/).count()).toBe(0);
  const headers = (): Promise<string[]> => table.getByRole('columnheader').allInnerTexts();
  await expect.poll(headers).toEqual([expect.stringContaining('Measure 10000')]);

  // And in the widget itself, where no list holds them all either.
  await table.getByRole('button', { name: 'Choose columns' }).click();
  const menu = table.getByRole('group', { name: 'Columns' });
  await expect.poll(() => menu.getByRole('checkbox').count()).toBe(100);
  await table.getByRole('searchbox', { name: 'Find a column' }).fill('measure 5000');
  await menu.getByRole('checkbox', { name: 'Measure 5000' }).check();
  await expect.poll(headers).toEqual([expect.stringContaining('Measure 5000'), expect.stringContaining('Measure 10000')]);
  await context.close();
});
