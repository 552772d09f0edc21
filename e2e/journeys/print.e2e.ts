/** A layout on paper and as a PDF: light, one panel after another, on A4 and on Letter, and the page is as it was afterwards. */
import type { LayoutContentInput } from '@datamesh/contracts';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { panel, ready } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';
import { printed } from '../harness/paper';

const here = journey();

const content: LayoutContentInput = {
  title: 'For the meeting',
  tree: {
    type: 'row',
    children: [
      { size: 0.4, node: { type: 'stack', active: 0, panels: ['chart', 'words'] } },
      { size: 0.6, node: { type: 'stack', active: 0, panels: ['table'] } },
    ],
  },
  panels: {
    chart: { widget: 'series-chart@stable', title: 'Prices' },
    words: { widget: 'notes@stable', title: 'Remarks', settings: { text: 'Behind another tab' } },
    table: { widget: 'data-table@stable', title: 'Airports', settings: { source: 'operations/airports.json' } },
  },
};

/** Printers answer to people; here it is only known that one was asked for, and printing has begun. */
const countPrints = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const counting = window as unknown as { prints: number };
    counting.prints = 0;
    window.print = () => {
      counting.prints += 1;
      dispatchEvent(new Event('beforeprint'));
    };
  });
const prints = (page: Page): Promise<number> => page.evaluate(() => (window as unknown as { prints: number }).prints);

it('prints every panel, whole where it fits, and puts everything back', async () => {
  const { page, context } = await here.visitors.person('dana', '/');
  const id = await createLayout(page, content);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`/l/${id}`);
  await ready(page, 'series-chart', 'data-table');
  await countPrints(page);
  const scroller = panel(page, 'data-table').locator('.scroller');
  await scroller.evaluate((element) => element.scrollTo(0, 280));
  const before = await panel(page, 'data-table').boundingBox();

  for (const paper of ['A4', 'Letter'] as const) {
    const asked = await prints(page);
    await page.keyboard.press('Control+p');
    await page.getByText('Making the pages ready…').waitFor();
    await expect.poll(() => prints(page)).toBe(asked + 1);
    const { pages } = await printed(page, paper);
    const text = pages.join('\n');
    expect(pages[0]).toContain('For the meeting');
    expect(pages.length, text.slice(0, 400)).toBeGreaterThan(1);
    for (const title of ['Prices', 'Remarks', 'Behind another tab', 'Airports']) expect(text).toContain(title);
    // As far as a panel is printed: about twenty pages of it.
    expect(pages.length).toBeGreaterThan(10);
    expect(pages.length).toBeLessThan(26);
    expect(text).toContain('There is more of it than is printed.');
    expect(pages[1]).toContain(`2 / ${pages.length}`);

    await page.getByText('Making the pages ready…').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    expect(await panel(page, 'data-table').boundingBox()).toEqual(before);
    await expect.poll(() => scroller.evaluate((element) => element.scrollTop)).toBe(280);
    await page.locator('[data-panel="words"]').waitFor({ state: 'hidden' });
  }

  // By the browser's own menu: what is in front, light, in the same order.
  const { pages } = await printed(page, 'A4');
  expect(pages[0]).toContain('For the meeting');
  expect(pages.join('\n')).toContain('Airports');
  expect(pages.join('\n')).not.toContain('Behind another tab');
  expect(await panel(page, 'data-table').boundingBox()).toEqual(before);
  await context.close();
});
