/** The settings of a panel as somebody fills them in who knows neither paths nor ids. */
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { edit, panel, ready, words } from '../harness/dashboard';
import { journey } from '../harness/journey';

const here = journey();

async function choose(page: Page, drawer: Locator, name: RegExp, option: RegExp): Promise<void> {
  await drawer.getByRole('button', { name }).click();
  await page.getByRole('option', { name: option }).click();
}

it('chooses a table, sees what no longer fits, and chooses its columns and order', async () => {
  const { page, context } = await here.visitors.person('alex', '/d/sales');
  await ready(page, 'data-table');
  await edit(page);
  const id = await panel(page, 'data-table').getAttribute('data-panel');
  const stack = page.locator('.lm_stack', { has: page.locator(`[data-for="${id}"]`) });
  await stack.getByRole('button', { name: 'Settings' }).click();
  const drawer = page.getByRole('complementary', { name: 'Panel settings' });
  await choose(page, drawer, /Data source/, /^Airports/);
  await expect.poll(() => words(panel(page, 'data-table'))).toMatch(/airport/i);

  // The identifier of instruments is no column of airports: it stays, and is said.
  await drawer.getByText('“symbol” is not there (any more). It stays until you choose another.').first().waitFor();
  const identifier = drawer.getByRole('button', { name: /Identifier column/ });
  expect(await identifier.innerText()).toContain('symbol');
  await identifier.click();
  await expect.poll(() => page.getByRole('option').count()).toBeGreaterThan(3);
  await page.getByRole('option').nth(1).click();
  await expect.poll(() => identifier.innerText()).not.toContain('symbol');

  await choose(page, drawer, /Context of a row/, /^Airport$/);
  // A column that both tables have, so that it is shown.
  await choose(page, drawer, /Sorted by/, /^Name, downwards$/);
  await expect
    .poll(() => panel(page, 'data-table').getByRole('columnheader', { name: 'Name' }).first().getAttribute('aria-sort'))
    .toBe('descending');

  // Back again: nothing was lost on the way.
  await choose(page, drawer, /Data source/, /^Instruments/);
  await expect.poll(() => drawer.getByText(/is not there \(any more\)/).count()).toBeGreaterThan(0);
  await expect.poll(() => words(panel(page, 'data-table'))).toContain('AAPL');
  await context.close();
});

it('chooses the site of the usage widget, and goes over its bars from either end', async () => {
  const { page, context } = await here.visitors.person('alex', '/d/sales');
  await ready(page, 'usage');
  const chart = panel(page, 'usage').getByRole('group', { name: /Arrow keys go from bar to bar/ });
  await chart.focus();
  await page.keyboard.press('End');
  const spoken = (): Promise<string> => chart.locator('[aria-live="polite"]').innerText();
  const last = await spoken();
  await page.keyboard.press('Home');
  const first = await spoken();
  expect(first).not.toBe(last);
  // Nothing is before the first bar; from nowhere, Home goes there as well.
  await page.keyboard.press('ArrowLeft');
  expect(await spoken()).toBe(first);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Home');
  expect(await spoken()).toBe(first);

  await edit(page);
  const id = await panel(page, 'usage').getAttribute('data-panel');
  const stack = page.locator('.lm_stack', { has: page.locator(`[data-for="${id}"]`) });
  await stack.getByRole('button', { name: 'Settings' }).click();
  const drawer = page.getByRole('complementary', { name: 'Panel settings' });
  await drawer.getByRole('button', { name: /^Dashboard.*Site/ }).click();
  await expect.poll(() => page.getByRole('option').count()).toBeGreaterThan(1);
  await context.close();
});
