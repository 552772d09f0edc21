/** A layout on paper and as a PDF: light, one panel after another, on A4 and on Letter, and the page is as it was afterwards. */
import type { LayoutContentInput } from '@datamesh/contracts';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { edit, panel, ready, tableRow, words as textOf } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';
import { inColour, printed } from '../harness/paper';
import { makesPictures, picture } from '../harness/pictures';

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
/** With everything, as the command does it. */
async function askForPaper(page: Page): Promise<void> {
  const asked = await prints(page);
  await page.keyboard.press('Control+p');
  await expect.poll(() => prints(page)).toBe(asked + 1);
}
const screenAgain = (page: Page): Promise<void> => page.getByText('Making the pages ready…').waitFor({ state: 'detached' });
const prints = (page: Page): Promise<number> => page.evaluate(() => (window as unknown as { prints: number }).prints);

it('prints every panel, whole where it fits, and puts everything back', async () => {
  const { page, context } = await here.visitors.person('dana', '/');
  const id = await createLayout(page, content);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`/l/${id}`);
  await ready(page, 'series-chart', 'data-table');
  await countPrints(page);
  const scroller = panel(page, 'data-table').locator('.scroller');
  // There is nowhere to scroll to before its rows are there.
  await expect
    .poll(() =>
      scroller.evaluate((element) => {
        element.scrollTo(0, 280);
        return element.scrollTop;
      }),
    )
    .toBe(280);
  const before = await panel(page, 'data-table').boundingBox();

  for (const paper of ['A4', 'Letter'] as const) {
    await askForPaper(page);
    if (makesPictures) await page.emulateMedia({ media: 'print' });
    await picture(page, `print on ${paper}`);
    if (makesPictures) await page.emulateMedia({ media: null });
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
    // A title and the names of the columns stand with the first row, and a row stands on one page, whole.
    const first = pages.find((one) => /^Airports$/m.test(one)) ?? '';
    for (const line of [/^Code Name City State/m, /^00M Thigpen/m]) expect(first).toMatch(line);
    const rows = pages.flatMap((one) => one.match(/^[0-9][0-9A-Z]{2} .*USA.*$/gm) ?? []);
    expect(rows.length).toBeGreaterThan(300);
    expect(new Set(rows).size).toBe(rows.length);
    expect(rows.filter((row) => !/ \d+\.\d{2} −\d+\.\d{2}$/.test(row))).toEqual([]);

    await screenAgain(page);
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    await expect.poll(() => panel(page, 'data-table').boundingBox()).toEqual(before);
    await expect.poll(() => scroller.evaluate((element) => element.scrollTop)).toBe(280);
    await page.locator('[data-panel="words"]').waitFor({ state: 'hidden' });
  }

  // By the browser's own menu: what is in front, light, in the same order.
  const { pages } = await printed(page, 'A4');
  expect(pages[0]).toContain('For the meeting');
  expect(pages.join('\n')).toContain('Airports');
  expect(pages.join('\n')).not.toContain('Behind another tab');
  await expect.poll(() => panel(page, 'data-table').boundingBox()).toEqual(before);
  await context.close();
});

it('prints what is being edited, with figures in its charts, and what is maximised alone', async () => {
  const { page, context } = await here.visitors.person('dana', '/');
  const { chart, words } = content.panels as Record<string, { widget: string }>;
  const id = await createLayout(page, {
    ...content,
    title: 'Being edited',
    panels: { chart, words, table: { widget: 'data-table@stable', title: 'Instruments' } },
  } as LayoutContentInput);
  await page.goto(`/l/${id}`);
  await ready(page, 'series-chart', 'data-table');
  await tableRow(page, 'IBM').click();
  await expect.poll(() => textOf(panel(page, 'series-chart'))).toMatch(/IBM .* monthly/);
  await edit(page);
  await page.locator('[data-shown] .lm_tab').first().waitFor();
  await countPrints(page);
  const before = await panel(page, 'data-table').boundingBox();

  await askForPaper(page);
  const edited = await printed(page, 'A4');
  const text = edited.pages.join('\n');
  expect(edited.pages.length).toBeLessThan(4);
  for (const line of [/^Prices$/m, /^Remarks$/m, /^Behind another tab$/m, /^AAPL Apple/m, /^SP500 S&P/m]) expect(text).toMatch(line);
  // What only edits has no place on paper.
  for (const word of ['Add widget', 'Save', 'Edit']) expect(text).not.toContain(word);
  expect(await inColour(edited.pdf)).toBeGreaterThan(0.7);
  await screenAgain(page);
  await expect.poll(() => panel(page, 'data-table').boundingBox()).toEqual(before);
  await page.getByRole('button', { name: 'Add widget' }).waitFor();
  await page.getByRole('group', { name: 'Mode' }).getByRole('button', { name: 'View' }).click();

  await page.getByRole('button', { name: 'Maximise' }).last().click();
  await panel(page, 'series-chart').waitFor({ state: 'hidden' });
  const maximised = await panel(page, 'data-table').boundingBox();
  await askForPaper(page);
  const alone = (await printed(page, 'Letter')).pages.join('\n');
  expect(alone).toMatch(/^AAPL Apple/m);
  expect(alone).not.toContain('Prices');
  await screenAgain(page);
  await expect.poll(() => panel(page, 'data-table').boundingBox()).toEqual(maximised);
  await context.close();
});
