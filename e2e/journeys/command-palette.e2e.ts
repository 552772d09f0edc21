/** Everything by keyboard: commands, layouts and widgets by a few letters, and the sheet that says which keys there are. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { findings } from '../harness/axe';
import { panel, ready } from '../harness/dashboard';
import { isWithin } from '../harness/edges';
import { journey } from '../harness/journey';
import { inBothThemes } from '../harness/themes';

const here = journey();

/** Opens the palette and types; the best find has the keyboard's attention. */
async function ask(page: Page, typed: string, offered: RegExp): Promise<void> {
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog', { name: 'Command palette' });
  await dialog.getByRole('combobox', { name: 'Commands, layouts and widgets' }).fill(typed);
  await dialog.getByRole('option', { name: offered }).first().waitFor();
}

async function choose(page: Page, typed: string, offered: RegExp): Promise<void> {
  await ask(page, typed, offered);
  const option = page.getByRole('option', { name: offered }).first();
  const focused = async (): Promise<boolean> => (await option.getAttribute('data-focused')) !== null;
  const most = await page.getByRole('option').count();
  for (let pressed = 0; !(await focused()); pressed++) {
    if (pressed > most) throw new Error(`${offered} is among ${most} finds for “${typed}”, and ${pressed} times ↓ did not lead to it`);
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor({ state: 'hidden' });
}

it('edits a layout, adds a widget, goes to a panel and to another layout, and changes the theme, without a mouse', async () => {
  const { page, context } = await here.visitors.person('alex', '/d/sales');
  await ready(page, 'data-table');

  await choose(page, 'edit this', /Edit this layout/);
  await page.getByRole('button', { name: 'Add widget' }).waitFor();
  const before = await page.locator('section.dm-panel[data-widget="notes"]').count();
  await choose(page, 'notes', /^Add Notes/);
  await expect.poll(() => page.locator('section.dm-panel[data-widget="notes"]').count()).toBe(before + 1);
  await choose(page, 'undo', /^Undo: Add Notes/);
  await expect.poll(() => page.locator('section.dm-panel[data-widget="notes"]').count()).toBe(before);

  await choose(page, 'price hist', /^Go to Price history/);
  await expect.poll(() => panel(page, 'series-chart').evaluate((frame) => frame.contains(document.activeElement))).toBe(true);

  // What a panel's own menu has, and with a slip in each word.
  await choose(page, 'duplciate pirce', /^Duplicate Price history/);
  await expect.poll(() => page.locator('section.dm-panel[data-widget="series-chart"]').count()).toBe(2);
  await choose(page, 'setings of price', /^Settings of Price history/);
  await page.getByRole('complementary', { name: 'Panel settings' }).waitFor();
  await choose(page, 'close price', /^Close Price history/);
  await expect.poll(() => page.locator('section.dm-panel[data-widget="series-chart"]').count()).toBe(1);
  await choose(page, 'density compact', /^Density: compact/);
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset['density'])).toBe('compact');

  await choose(page, 'theme dark', /^Theme: dark/);
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');

  // From within a field of a widget as well: nothing typed there is lost.
  const filter = panel(page, 'data-table').getByRole('searchbox', { name: 'Filter rows' });
  await filter.fill('apple');
  await choose(page, 'all lay', /^All layouts/);
  await page.getByRole('heading', { name: 'Layouts', exact: true }).waitFor();
  await page.goBack();
  await expect.poll(() => filter.inputValue()).toBe('apple');
  await context.close();
});

it('finds layouts, is left by Escape, and offers a viewer nothing that is refused', async () => {
  const { page, context } = await here.visitors.person('casey', '/d/sales');
  await ready(page, 'data-table');
  await ask(page, 'markets morn', /Markets morning.*pinned by Sales/s);
  await inBothThemes(page, 'command palette found');
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await isWithin(page)).toBe(true);
  await page.getByRole('combobox', { name: 'Commands, layouts and widgets' }).fill('rename');
  await page.getByText('Nothing fits “rename”.').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });

  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await sheet.getByText('Command palette').waitFor();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'hidden' });
  await context.close();
});
