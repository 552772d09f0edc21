/** Two majors of React, of Vue and of Material in one layout, and swapped for one another on a page that stays open. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { ready, tableRow, words } from '../harness/dashboard';
import { Team } from '../harness/handmade';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';
import { publishAndPromote } from '../harness/publishing';
import { bundles, MADE_WITH, NEWER, OLDER, sharing } from '../majors/builds';

const here = journey();
const NAMES = Object.keys(MADE_WITH);
let team: Team;
beforeAll(async () => {
  team = await Team.of(here.stack);
  const [made, shared] = await Promise.all([bundles(), sharing()]);
  await team.publish(...made);
  await publishAndPromote(here.stack, shared);
  for (const name of NAMES) await team.promote(name, OLDER);
});

const frameOf = (page: Page, id: string): Locator => page.locator(`section.dm-panel[data-panel="${id}"]`);

/** Beside a table on the page's own React, all on one channel. */
async function open(page: Page, panels: Record<string, string>): Promise<void> {
  const ids = Object.keys(panels);
  const id = await createLayout(page, {
    title: 'Two majors',
    tree: {
      type: 'row',
      children: [
        { size: 0.4, node: { type: 'stack', active: 0, panels: ['table'] } },
        {
          size: 0.6,
          node: {
            type: 'column',
            children: ids.map((panel) => ({ size: 1 / ids.length, node: { type: 'stack', active: 0, panels: [panel] } })),
          },
        },
      ],
    },
    panels: Object.fromEntries(
      Object.entries({ table: 'data-table@stable', ...panels }).map(([panel, widget]) => [panel, { widget, channel: 'blue' as const }]),
    ),
  });
  await page.goto(`/l/${id}`);
  await ready(page, 'data-table', ...NAMES);
}

const says = (frame: Locator, what: RegExp): Promise<unknown> => expect.poll(() => words(frame)).toMatch(what);
const hears = (made: RegExp, name: string, count: number): RegExp => new RegExp(`${made.source}\\S*: ${name}, ${count}\\b`);

/** It does what is done to it: a click, and what is typed. */
async function use(frame: Locator, times: number, typed: string): Promise<void> {
  for (let time = 0; time < times; time++) await frame.getByText('More', { exact: true }).click();
  await frame.getByLabel('Note').fill(typed);
  // Whoever is typing is not disturbed by a swap.
  await frame.getByLabel('Note').blur();
}

/** Of Material's: none of its elements, nor of those inside them, is of the other version. */
async function expectWhole(frame: Locator): Promise<void> {
  const element = frame.locator('[data-theme]').first();
  expect(await element.evaluate((widget) => (widget as Element & { isWhole?: boolean }).isWhole)).toBe(true);
}

/** Files of it that the page has fetched. */
const filesOf = (page: Page, widget: string): Promise<string[]> =>
  page.evaluate(
    (base) => performance.getEntriesByType('resource').flatMap(({ name }) => (name.includes(base) ? [name.replace(/.*\//, '')] : [])),
    `/remotes/${widget}/`,
  );

it('run side by side: each hears the others’ channel, and does what is done to it', async () => {
  const { page, context } = await here.visitors.person('alex');
  const sides = NAMES.flatMap((name) => [OLDER, NEWER].map((version, at) => ({ id: `${name}-${at}`, name, version, at })));
  await open(page, Object.fromEntries(sides.map(({ id, name, version }) => [id, `${name}@${version}`])));
  for (const { id, name, at } of sides) await says(frameOf(page, id), hears(MADE_WITH[name]?.[at] ?? /never/, 'nobody', 0));
  await tableRow(page, 'AAPL').click();
  for (const [index, { id, name, at }] of sides.entries()) {
    const frame = frameOf(page, id);
    await says(frame, hears(MADE_WITH[name]?.[at] ?? /never/, 'Apple', 0));
    await use(frame, index + 1, `note of ${id}`);
  }
  for (const [index, { id, name, at }] of sides.entries()) {
    const frame = frameOf(page, id);
    await says(frame, hears(MADE_WITH[name]?.[at] ?? /never/, 'Apple', index + 1));
    expect(await frame.getByLabel('Note').inputValue()).toBe(`note of ${id}`);
    if (name === 'by-material') await expectWhole(frame);
  }
  expect(await page.getByText('Something in this widget failed').count()).toBe(0);
  // One of the two Reacts is the page's own.
  const ofShared = await filesOf(page, `by-react/${NEWER}`);
  expect(ofShared).toContain('remoteEntry.mjs');
  expect(ofShared.filter((file) => /react-dom_client/.test(file))).toEqual([]);
  await context.close();
});

it('swap for one another in the open page, with what they held and what they had heard, there and back', async () => {
  const { page, context } = await here.visitors.person('alex');
  await open(page, Object.fromEntries(NAMES.map((name) => [name, `${name}@stable`])));
  const loadedAt = await page.evaluate(() => performance.timeOrigin);
  await tableRow(page, 'AAPL').click();
  for (const name of NAMES) await use(frameOf(page, name), 2, `kept by ${name}`);
  for (const [at, version, count] of [
    [1, NEWER, 3],
    [0, OLDER, 4],
  ] as const) {
    for (const name of NAMES) {
      const frame = frameOf(page, name);
      await team.promote(name, version);
      await expect.poll(() => frame.getAttribute('data-version')).toBe(version);
      await says(frame, hears(MADE_WITH[name]?.[at] ?? /never/, 'Apple', count - 1));
      await expect.poll(() => frame.getByLabel('Note').inputValue()).toBe(`kept by ${name}`);
      await use(frame, 1, `kept by ${name}`);
      await says(frame, hears(MADE_WITH[name]?.[at] ?? /never/, 'Apple', count));
      if (name === 'by-material') await expectWhole(frame);
    }
  }
  expect(await page.evaluate(() => performance.timeOrigin)).toBe(loadedAt);
  expect(await page.getByText('Something in this widget failed').count()).toBe(0);
  await context.close();
});
