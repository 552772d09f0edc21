/** The library: every layout one may see, by whose it is and by the words of its title, each as a small picture; by keyboard. */
import { expect, it } from 'vitest';
import { findings } from '../harness/axe';
import { ready } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';

const here = journey();
const content = (title: string) => ({
  title,
  tree: {
    type: 'row' as const,
    children: ['table', 'notes'].map((panel) => ({ size: 0.5, node: { type: 'stack' as const, active: 0, panels: [panel] } })),
  },
  panels: { table: { widget: 'data-table@stable', title: 'Instruments', settings: {} }, notes: { widget: 'notes@stable', settings: {} } },
});

it('shows what one may see, finds it while one types, and opens it by keyboard', async () => {
  const alex = await here.visitors.person('alex');
  const casey = await here.visitors.person('casey');
  await createLayout(casey.page, content('Zebra of Casey alone'));
  await createLayout(casey.page, { ...content('Zebra shared by Casey'), grants: [{ to: 'user:alex', may: 'view' }] });
  await createLayout(alex.page, content('Zebra of Alex'));
  await alex.context.close();

  const { page, context } = await here.visitors.person('alex', '/d/sales');
  await page.getByRole('button', { name: /^Department/ }).click();
  await page.getByRole('menuitem', { name: 'All layouts' }).click();
  await page.getByRole('heading', { name: 'Layouts', exact: true }).waitFor();
  const cards = page.getByRole('listbox', { name: 'Layouts' }).getByRole('option');
  await cards
    .filter({ hasText: 'Markets morning' })
    .getByText(/pinned by Sales/)
    .waitFor();
  await expect.poll(async () => (await page.locator('.library-card svg').count()) === (await cards.count())).toBe(true);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await findings(page), colorScheme).toEqual([]);
  }

  await page.getByRole('searchbox', { name: 'Search layouts' }).fill('zeb');
  await expect.poll(() => cards.count()).toBe(2);
  await cards.filter({ hasText: 'Zebra shared by Casey' }).getByText('by Casey Brooks').first().waitFor();
  await page.getByRole('button', { name: 'Shared with me' }).click();
  await expect
    .poll(() => cards.allInnerTexts().then((texts) => texts.map((text) => text.split('\n')[0])))
    .toEqual(['Zebra shared by Casey']);
  await page.getByRole('button', { name: 'Mine' }).click();
  await expect.poll(() => cards.allInnerTexts().then((texts) => texts.map((text) => text.split('\n')[0]))).toEqual(['Zebra of Alex']);
  await page.getByRole('searchbox', { name: 'Search layouts' }).fill('nowhere');
  await page.getByText('No layout has a title with “nowhere”.').waitFor();

  await page.getByRole('searchbox', { name: 'Search layouts' }).fill('alex zebra');
  const found = cards.filter({ hasText: 'Zebra of Alex' });
  await found.waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(
    await page.evaluate(
      () => [...document.querySelectorAll('.library *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1).length,
    ),
  ).toBe(0);
  await page.setViewportSize({ width: 1440, height: 900 });
  await found.focus();
  await page.keyboard.press('Enter');
  await ready(page, 'data-table', 'notes');
  await page.goBack();
  await page.getByRole('heading', { name: 'Layouts', exact: true }).waitFor();
  await casey.context.close();
  await context.close();
});
