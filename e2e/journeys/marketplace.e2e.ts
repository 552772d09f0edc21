/** The marketplace as a place: a widget goes where one pointed, also without a mouse. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { findings } from '../harness/axe';
import { panel, ready, tableRow, words } from '../harness/dashboard';
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
    await expect
      .poll(() =>
        drawer()
          .getByRole('searchbox')
          .evaluate((field) => field === document.activeElement),
      )
      .toBe(true);
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
    // Where it stays: the list fills, and the drawer opens, a moment after it is seen.
    await card.hover();
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

describe('an empty layout', () => {
  it('begins with a template whose widgets talk to each other, which the marketplace fills and a person may fill otherwise', async () => {
    await page.getByRole('button', { name: 'Open or make a layout' }).click();
    await page.getByRole('menuitem', { name: 'New layout' }).click();
    const template = page.getByRole('listitem', { name: 'Two beside one' });
    await template.getByText('Data table gives').waitFor();
    const upper = template.getByLabel('upper');
    await upper.selectOption({ label: 'Series chart' });
    await expect.poll(() => template.getByLabel('lower').evaluate((field) => (field as HTMLSelectElement).value)).toBe('notes');
    await template.getByRole('button', { name: 'Use “Two beside one”' }).click();
    await ready(page, 'data-table', 'series-chart', 'notes');
    await tableRow(page, 'IBM').click();
    await expect.poll(() => words(panel(page, 'series-chart'))).toContain('IBM');
    await expect.poll(() => words(panel(page, 'notes'))).toContain('IBM');
    // What else would work with these comes first, and says why.
    const fits = drawer().getByRole('region', { name: 'Works with this dashboard' });
    await fits.getByText('Gives Date range to Series chart').first().waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { name: 'This layout is empty' }).waitFor();
    await fits.waitFor({ state: 'detached' });
  });

  it('says so where nothing fits together', async () => {
    await page.route('**/api/v1/widgets?*', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as { items: { broadcasts: string[] }[] };
      for (const item of body.items) item.broadcasts = [];
      await route.fulfill({ response: answer, json: body });
    });
    await page.reload();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('region', { name: 'Templates' }).getByText('No two widgets of the marketplace fit together yet').waitFor();
    await page.unroute('**/api/v1/widgets?*');
  });
});

describe('the page', () => {
  it('is searched, leads to a widget that runs there with samples and reaches nobody else, and back to what was searched for', async () => {
    await editing(page, 'shown', split('row', stack('pa'), stack('pb')), { pa: 'series-chart', pb: 'data-table' });
    await page.getByRole('button', { name: 'Save' }).waitFor();
    await expect.poll(() => words(panel(page, 'series-chart'))).toContain('Nothing selected yet');
    const before = await words(panel(page, 'series-chart'));
    await page.getByRole('button', { name: /^Department/ }).click();
    await page.getByRole('menuitem', { name: 'Marketplace' }).click();
    await page.waitForURL('**/marketplace');
    const found = page.getByRole('list', { name: 'Widgets' });
    await found.getByRole('link', { name: 'Notes' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('combobox', { name: 'Team' }).selectOption('markets-data');
    await found.getByRole('link', { name: 'Notes' }).waitFor({ state: 'detached' });
    await page.getByRole('searchbox', { name: 'Search widgets' }).fill('seri');
    await found.getByRole('link', { name: 'Data table' }).waitFor({ state: 'detached' });
    await found.getByRole('link', { name: 'Series chart' }).click();
    await page.waitForURL('**/marketplace/series-chart');

    const preview = page.getByRole('region', { name: 'Preview of Series chart' });
    const shown = preview.locator('section.dm-panel[data-state="ready"]');
    await expect.poll(() => words(shown)).toContain('AAPL');
    expect(await findings(page)).toEqual([]);
    await preview.getByRole('button', { name: 'Airport: Atlanta' }).click();
    await expect.poll(() => words(shown)).toContain('Atlanta');
    await page.goBack();
    await page.waitForURL('**/marketplace');
    await found.getByRole('link', { name: 'Series chart' }).waitFor();
    await expect.poll(() => page.getByRole('searchbox', { name: 'Search widgets' }).inputValue()).toBe('seri');
    expect(await page.locator('.preview section.dm-panel').count()).toBe(0);
    await page.goForward();
    await page.getByRole('heading', { name: 'Series chart', level: 1 }).waitFor();

    // Two at once, as one step of undo, into the layout that is open; what the preview heard nobody there has heard.
    await page.getByRole('spinbutton', { name: 'How many' }).fill('2');
    await page.getByRole('button', { name: 'Add Series chart to a layout' }).click();
    await page.getByRole('menuitem', { name: 'shown' }).click();
    await expect.poll(() => page.locator('[data-shown] .lm_tab .lm_title').allInnerTexts()).toHaveLength(4);
    await expect.poll(() => words(panel(page, 'series-chart'))).toBe(before);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => stacks(page)).toEqual(['pa', 'pb']);

    // From its card, without a closer look.
    await page.getByRole('button', { name: /^Department/ }).click();
    await page.getByRole('menuitem', { name: 'Marketplace' }).click();
    await found.getByRole('button', { name: 'Add Series chart to a layout' }).click();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('menuitem', { name: 'shown' }).click();
    await expect.poll(() => page.locator('[data-shown] .lm_tab .lm_title').allInnerTexts()).toHaveLength(3);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => stacks(page)).toEqual(['pa', 'pb']);
  });

  it('shows a widget at its own address, and what is wrong where it does not come', async () => {
    here.visitors.watch.expect(/ERR_FAILED|Failed to (fetch|load)/);
    await page.route('**/remotes/notes/**/*.js', (route) => route.abort('failed'));
    await page.route('**/remotes/notes/**/*.mjs', (route) => route.abort('failed'));
    await page.goto('/marketplace/notes');
    const preview = page.getByRole('region', { name: 'Preview of Notes' });
    await preview.locator('section.dm-panel[data-state="failed"]').waitFor();
    await page.unroute('**/remotes/notes/**/*.js');
    await page.unroute('**/remotes/notes/**/*.mjs');
    await preview.getByRole('button', { name: 'Try again' }).click();
    await preview.locator('section.dm-panel[data-state="ready"]').waitFor();
    await page.goto('/marketplace/nobody-knows');
    await page.getByRole('alert').getByText('nobody-knows').waitFor();
  });
});
