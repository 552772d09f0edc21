/** A source with ten thousand columns: the table shows what can be seen of it, and its settings are filled in as fast as those of any other. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { edit, panel, ready, words } from '../harness/dashboard';
import { journey } from '../harness/journey';

const COLUMNS = 10_000;
const folder = await mkdtemp(join(tmpdir(), 'datamesh-many-'));
const columns = Array.from({ length: COLUMNS }, (_, index) => ({ id: `c${index}`, title: `Column ${index}`, type: 'number' }));
const row = Object.fromEntries(columns.map(({ id }, index) => [id, index * 7]));
await writeFile(join(folder, 'wide.json'), JSON.stringify({ caption: 'Wide', columns, rows: [row, row] }));
afterAll(() => rm(folder, { recursive: true }));

const demo = (name: string) => ({ folder: `dist-data/${name}` });
const here = journey({
  env: { DATA_SOURCES: JSON.stringify({ markets: demo('markets'), operations: demo('operations'), wide: { folder } }) },
});

it('is chosen, and its columns are found by typing', async () => {
  const { page, context } = await here.visitors.person('alex', '/d/sales');
  await ready(page, 'data-table');
  await edit(page);
  const id = await panel(page, 'data-table').getAttribute('data-panel');
  const stack = page.locator('.lm_stack', { has: page.locator(`[data-for="${id}"]`) });
  await stack.getByRole('button', { name: 'Settings' }).click();
  const drawer = page.getByRole('complementary', { name: 'Panel settings' });
  await drawer.getByRole('button', { name: /Data source/ }).click();
  await page.getByRole('option', { name: /^Wide/ }).first().click();
  await expect.poll(() => words(panel(page, 'data-table'))).toContain('Column 0');
  expect(await panel(page, 'data-table').getByRole('columnheader').count()).toBeLessThanOrEqual(200);

  const identifier = drawer.getByRole('combobox', { name: /Identifier column/ });
  await drawer.getByText('10,000 to choose from').first().waitFor();
  await identifier.fill('Column 9998');
  expect(await identifier.evaluate((input: HTMLInputElement) => [...(input.list?.options ?? [])].map(({ value }) => value))).toEqual([
    'c9998',
  ]);
  await identifier.fill('c9998');
  await expect.poll(() => drawer.getByText('“symbol” is not there (any more)').count()).toBe(0);
  // What is none of them is not kept.
  await identifier.fill('of nobody');
  await identifier.blur();
  expect(await identifier.inputValue()).toBe('c9998');
  await context.close();
});
