/** How one wants the dashboard: chosen by keyboard, so at once on every open page, and from the first paint of the next one. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { findings } from '../harness/axe';
import { ready } from '../harness/dashboard';
import { isWithin } from '../harness/edges';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';

const here = journey();

const root = (page: Page): Promise<DOMStringMap & { lang?: string }> =>
  page.evaluate(() => ({ ...document.documentElement.dataset, lang: document.documentElement.lang }));
const group = (page: Page, name: string) => page.getByRole('group', { name, exact: true });

/** As the edge sent it: before any script has run. */
async function firstTag(page: Page): Promise<string> {
  const answer = await page.context().request.get('/preferences', { headers: { accept: 'text/html' } });
  return /<html[^>]*>/.exec(await answer.text())?.[0] ?? '';
}

it('applies each at once, in every tab, in both themes, and the next page begins with it', async () => {
  const { page, context } = await here.visitors.person('casey', '/d/sales', { locale: 'en-GB', colorScheme: 'light' });
  await ready(page, 'data-table');
  const other = await context.newPage();
  await other.goto('/d/sales');
  await ready(other, 'data-table');

  await page.getByRole('button', { name: /^Account of Casey/ }).click();
  await page.getByRole('menuitem', { name: 'Preferences' }).click();
  await page.waitForURL('**/preferences');
  const heading = page.getByRole('heading', { name: 'Preferences' });
  await expect.poll(() => page.title()).toBe('Preferences · Data Mesh');

  // From choice to choice by Tab, within one by arrows.
  await heading.focus();
  await page.keyboard.press('Tab');
  await expect
    .poll(() =>
      group(page, 'Theme')
        .getByLabel('Like the system')
        .evaluate((one) => one === document.activeElement),
    )
    .toBe(true);
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => root(page)).toMatchObject({ theme: 'dark' });
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => root(page)).toMatchObject({ theme: 'dark', density: 'compact' });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  for (const one of [page, other])
    await expect.poll(() => root(one)).toMatchObject({ theme: 'dark', density: 'compact', motion: 'reduced', lang: 'en' });
  const bar = (one: Page) => one.locator('header.bar').evaluate((element) => element.getBoundingClientRect().height);
  expect(await bar(other)).toBeLessThan(40);
  expect(await other.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--dm-motion').trim())).toBe('0s');

  await expect.poll(() => firstTag(page)).toBe('<html lang="en" data-theme="dark" data-density="compact" data-motion="reduced">');
  expect(await findings(page), 'dark').toEqual([]);
  await group(page, 'Theme').getByLabel('Light').check();
  expect(await findings(page), 'light').toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => isWithin(page), { message: 'it fits a phone' }).toBe(true);
  await page.setViewportSize({ width: 1440, height: 900 });

  await group(page, 'Language').getByLabel('Deutsch').click();
  await page.getByRole('heading', { name: 'Persönliche Einstellungen' }).waitFor();
  await other.getByRole('button', { name: 'Eigene Kopie anlegen' }).waitFor();
  expect(await group(page, 'Sprache').getByLabel('Deutsch').isChecked()).toBe(true);
  await other.goto('/preferences');
  await group(other, 'Sprache').getByLabel('English').click();
  await group(page, 'Language').getByLabel('English').waitFor();
  await expect.poll(() => group(page, 'Language').getByLabel('English').isChecked()).toBe(true);

  // Back to what there is without a choice: no trace of any.
  for (const [name, usual] of [
    ['Theme', 'Like the system'],
    ['Density', 'Comfortable'],
    ['Language', 'Like the browser'],
    ['Motion', 'Like the system'],
  ] as const)
    await group(page, name).getByLabel(usual).click();
  const left = async (): Promise<string[]> => (await context.cookies()).map(({ name }) => name);
  await expect.poll(async () => (await left()).filter((name) => /^dm_(theme|density|language|motion)$/.test(name))).toEqual([]);
  await expect.poll(() => root(other)).toEqual({ theme: 'light', lang: 'en' });
  await context.close();
});

it('opens at `/` what was chosen: a layout, the library, the department’s, the last one; the department’s where that is gone', async () => {
  const { page, context } = await here.visitors.person('alex', '/d/sales');
  await ready(page, 'data-table');
  const id = await createLayout(page, {
    title: 'Where I begin',
    visibility: 'private',
    tree: { type: 'stack', active: 0, panels: ['notes'] },
    panels: { notes: { widget: 'notes@stable', settings: {} } },
  });
  const start = group(page, 'Start page');
  const opensAt = async (path: string): Promise<void> => {
    await page.goto('/');
    await page.waitForURL(`**${path}`);
    await page.goto('/preferences');
    await start.waitFor();
  };
  await page.goto('/preferences');
  await expect.poll(() => start.getByLabel('The layout I had open last').isChecked()).toBe(true);

  await start.getByLabel('A certain layout').check();
  await start.getByRole('combobox', { name: 'Which layout' }).fill('where i');
  await page.getByRole('option', { name: /^Where I begin/ }).click();
  await expect.poll(() => start.getByLabel('This layout: Where I begin').isChecked()).toBe(true);
  await opensAt(`/l/${id}`);
  await expect.poll(() => start.getByLabel('This layout: Where I begin').isChecked()).toBe(true);

  await start.getByLabel('All layouts').check();
  await opensAt('/layouts');
  await start.getByLabel('The layout I had open last').check();
  await opensAt(`/l/${id}`);
  await start.getByLabel('What my department opens').check();
  await opensAt('/d/sales');

  await start.getByLabel('A certain layout').check();
  await start.getByRole('combobox', { name: 'Which layout' }).fill('where i');
  await page.getByRole('option', { name: /^Where I begin/ }).click();
  await expect.poll(() => start.getByLabel('This layout: Where I begin').isChecked()).toBe(true);
  here.visitors.watch.expect(/410 \(Gone\)/);
  expect(await page.evaluate((layout) => fetch(`/api/v1/layouts/${layout}`, { method: 'DELETE' }).then(({ ok }) => ok), id)).toBe(true);
  await opensAt('/d/sales');
  await context.close();
});
