/** A layout as a PNG, made by the browser itself: light, without what covers it, with its title; and the page is as it was afterwards. */
import { readFile } from 'node:fs/promises';
import type { LayoutContentInput } from '@datamesh/contracts';
import type { Download, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { Visitors } from '../harness/browser';
import { edit, ready, tableRow, words } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';

// The person says yes, as soon as the browser asks.
const here = journey({}, ['--auto-accept-this-tab-capture']);
// Chromium looks whether whoever asks for a tab may move a camera as well, and says so.
beforeAll(() => here.visitors.watch.expect(/camera is not allowed in this document/));

const content: LayoutContentInput = {
  title: 'For the newsletter',
  tree: {
    type: 'row',
    children: [
      { size: 0.4, node: { type: 'stack', active: 0, panels: ['chart'] } },
      { size: 0.6, node: { type: 'stack', active: 0, panels: ['table'] } },
    ],
  },
  panels: {
    chart: { widget: 'series-chart@stable', title: 'Prices' },
    table: { widget: 'data-table@stable', title: 'Instruments' },
  },
};

async function ask(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Layout actions' }).click();
  await page.getByRole('menuitem', { name: 'Save as PNG…' }).click();
}

async function saved(page: Page): Promise<Download> {
  const coming = page.waitForEvent('download');
  await ask(page);
  return await coming;
}

/** What there is to see in a rectangle of the picture, in pixels: its colours, the most frequent one first, as `r,g,b`. */
const coloursOf = (page: Page, png: string, [x, y, width, height]: [number, number, number, number]): Promise<[string, number][]> =>
  page.evaluate(
    async ({ png, x, y, width, height }) => {
      const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const paper = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      if (!paper) throw new Error('no canvas');
      paper.drawImage(bitmap, 0, 0);
      const { data } = paper.getImageData(x, y, width, height);
      const counts = new Map<string, number>();
      for (let at = 0; at < data.length; at += 4) {
        const colour = [...data.subarray(at, at + 3)].join();
        counts.set(colour, (counts.get(colour) ?? 0) + 1);
      }
      return [...counts].sort((a, b) => b[1] - a[1]);
    },
    { png, x, y, width, height },
  );

const sizeOf = (png: Buffer): [number, number] => [png.readUInt32BE(16), png.readUInt32BE(20)];
const brightness = (colour = ''): number => Math.min(...colour.split(',').map(Number));

it('saves what is on the screen, light, with its title, and leaves everything as it was', async () => {
  const { page, context } = await here.visitors.person('dana', '/', { colorScheme: 'dark' });
  const id = await createLayout(page, content);
  await page.goto(`/l/${id}`);
  await ready(page, 'series-chart', 'data-table');
  await tableRow(page, 'IBM').click();
  await expect.poll(() => words(page.locator('[data-panel="chart"]'))).toMatch(/IBM .* monthly/);
  const stage = await page.locator('.stage-layout').boundingBox();
  const shown = () => page.locator('[data-panel]').evaluateAll((all) => all.map((one) => JSON.stringify(one.getBoundingClientRect())));
  const before = await shown();

  const download = await saved(page);
  expect(download.suggestedFilename()).toBe('For the newsletter.png');
  await page.getByText('“For the newsletter” was saved as a picture.').waitFor();
  const png = await readFile(await download.path());
  const [width, height] = sizeOf(png);
  expect([width, height - 44]).toEqual([stage?.width, stage?.height]);
  const base64 = png.toString('base64');
  // Title and time stand above; below, the table has words on light paper, and the chart a line in colour.
  const head = await coloursOf(page, base64, [0, 0, 400, 44]);
  expect(brightness(head[0]?.[0])).toBeGreaterThan(230);
  expect(head.length).toBeGreaterThan(10);
  expect((await coloursOf(page, base64, [width - 250, 0, 250, 44])).length).toBeGreaterThan(10);
  const table = await coloursOf(page, base64, [Math.round(width * 0.5), 100, Math.round(width * 0.45), height - 150]);
  expect(brightness(table[0]?.[0])).toBeGreaterThan(230);
  expect(table.length).toBeGreaterThan(50);
  const chart = await coloursOf(page, base64, [20, 200, Math.round(width * 0.3), height - 350]);
  const colourful = chart.filter(([colour]) => {
    const parts = colour.split(',').map(Number);
    return Math.max(...parts) - Math.min(...parts) > 60;
  });
  expect(colourful.length).toBeGreaterThan(5);

  await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
  await expect.poll(shown).toEqual(before);
  // The message about the first one covers nothing of the second.
  const again = await readFile(await (await saved(page)).path());
  expect(sizeOf(again)).toEqual([width, height]);
  const corner = await coloursOf(page, again.toString('base64'), [0, height - 120, width, 120]);
  expect(brightness(corner[0]?.[0])).toBeGreaterThan(230);
  await context.close();
});

it('says that nothing was saved where the person says no, or chooses another tab', async () => {
  const saysNo = await Visitors.open(here.stack, ['--auto-reject-this-tab-capture']);
  const choosesAnother = await Visitors.open(here.stack, ['--auto-select-tab-capture-source-by-title=Elsewhere']);
  try {
    const { page } = await saysNo.person('casey', '/d/sales');
    await ready(page, 'data-table');
    await ask(page);
    await page.getByText('No picture was made: the browser was not allowed to see this tab.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).waitFor();

    const other = await choosesAnother.person('casey', '/d/sales');
    const elsewhere = await other.context.newPage();
    await elsewhere.goto('data:text/html,<title>Elsewhere</title>');
    // The flag chooses where a person is shown all tabs, which they can always ask for.
    await other.page.evaluate(() => {
      const own = MediaDevices.prototype.getDisplayMedia;
      MediaDevices.prototype.getDisplayMedia = function (options) {
        return own.call(this, { ...options, preferCurrentTab: false } as DisplayMediaStreamOptions);
      };
    });
    await ready(other.page, 'data-table');
    await ask(other.page);
    await other.page.getByText('No picture was made: something else than this tab was chosen. Choose this tab.').waitFor();
    expect(await other.page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light');
  } finally {
    await saysNo.close();
    await choosesAnother.close();
  }
});

it('saves what is being edited as it stands', async () => {
  const { page, context } = await here.visitors.person('dana', '/');
  const id = await createLayout(page, { ...content, title: `A title that is ${'very '.repeat(20)}long` });
  await page.goto(`/l/${id}`);
  await ready(page, 'series-chart', 'data-table');
  await edit(page);
  await page.locator('[data-shown] .lm_tab').first().waitFor();
  const [width] = sizeOf(await readFile(await (await saved(page)).path()));
  expect(width).toBe((await page.locator('.stage-layout').boundingBox())?.width);
  await page.getByRole('button', { name: 'Add widget' }).waitFor();
  await context.close();
});
