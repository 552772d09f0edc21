/** The marketplace as a place: a widget goes where one pointed, also without a mouse. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { journey } from '../harness/journey';
import { centreOf, editing, leftovers, split, stack, stacks } from '../harness/windows';

const here = journey();
let page: Page;
beforeAll(async () => {
  ({ page } = await here.visitors.person('alex'));
});

const drawer = () => page.getByRole('complementary', { name: 'Add a widget' });
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

describe('a (+)', () => {
  it('on a stack and on a split opens the marketplace for its own place, and by keyboard one widget goes there after the other', async () => {
    await editing(page, 'in place', split('row', stack('pa'), stack('pb')), { pa: 'date-range', pb: 'data-table' });
    await page.getByRole('button', { name: 'Add a tab to Date range' }).focus();
    await page.keyboard.press('Enter');
    await drawer().getByText('As a tab to Date range').waitFor();
    await page.locator('.lm_stack.dm-aim').waitFor();
    await page.keyboard.type('note');
    await drawer().getByText('1 widget found').waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowDown');
    await expect.poll(focused).toBe('Add Notes');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await stacks(page))[0]).toMatch(/^pa\+p\w+$/);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await stacks(page))[0]).toMatch(/^pa(\+p\w+){2}$/);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await expect.poll(() => stacks(page)).toEqual(['pa', 'pb']);
    await drawer().getByRole('button', { name: 'Close' }).focus();
    await page.keyboard.press('Escape');
    await drawer().waitFor({ state: 'detached' });

    const between = page.getByRole('button', { name: 'Add between Date range and Data table' });
    await between.focus();
    await page.keyboard.press('Enter');
    await drawer().getByText('Between Date range and Data table').waitFor();
    await page.locator('.lm_splitter.dm-aim').waitFor();
    for (const title of ['Notes', 'Series chart'])
      await drawer()
        .getByRole('button', { name: `Add ${title}`, exact: true })
        .click();
    // The second one after the first.
    const order = () => page.locator('[data-shown] .lm_tab .lm_title').allInnerTexts();
    await expect.poll(order).toEqual(['Date range', 'Notes', 'Series chart', 'Data table']);
    await drawer().getByText('Between Series chart and Data table').waitFor();
    // Where its neighbour is closed, the place is no more.
    await page.getByRole('button', { name: 'Close Data table' }).click();
    await drawer().getByText('Between Series chart').waitFor({ state: 'detached' });
  });
});

it('a card is carried onto any edge, the target is seen meanwhile, and Escape puts nothing anywhere', async () => {
  await editing(page, 'carried', split('row', stack('pa'), stack('pb')), { pa: 'date-range', pb: 'notes' });
  await page.getByRole('button', { name: 'Add widget' }).click();
  const card = drawer()
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: 'Add Series chart', exact: true }) });
  const target = page.locator('.dm-drop-text');
  const carryTo = async (x: number, y: number): Promise<void> => {
    const [fromX, fromY] = await centreOf(card);
    await page.mouse.move(fromX, fromY);
    await page.mouse.down();
    await page.mouse.move(fromX - 20, fromY, { steps: 3 });
    await page.mouse.move(x, y, { steps: 6 });
  };
  await carryTo(530, 892);
  await expect.poll(() => target.innerText()).toBe('Place along the bottom edge');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect.poll(() => leftovers(page)).toEqual([]);
  expect(await stacks(page)).toEqual(['pa', 'pb']);
  await carryTo(4, 400);
  await expect.poll(() => target.innerText()).toBe('Place along the left edge');
  await page.mouse.up();
  await expect.poll(async () => (await stacks(page)).slice(1)).toEqual(['pa', 'pb']);
});
