/**
 * The element zoo: web components by other makers, wrapped by `datamesh create`, published, mounted under the real policies, bound. Run it with
 * `npm run test:zoo`: it installs some hundred megabytes, and writes the table of docs/elements.md. ZOO=leaflet,echarts shows these alone;
 * pictures are in .cache/zoo/.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { panel, words } from '../harness/dashboard';
import { ROOT } from '../harness/documents';
import { Team } from '../harness/handmade';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';
import { EXHIBITS, type Exhibit, type Wild } from './exhibits';
import { writeTable } from './table';
import { Keeper, SPEAKER } from './wrapping';

const asked = process.env['ZOO']?.split(',');
const shown = EXHIBITS.filter(({ name }) => !asked || asked.includes(name));
const pictures = join(ROOT, '.cache/zoo');

const here = journey();
let keeper: Keeper;
const seen: Exhibit[] = [];
beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  keeper = await Keeper.of(here.stack);
  const team = await Team.of(here.stack);
  await team.publish(SPEAKER);
  await team.promote(SPEAKER.name, SPEAKER.version);
});
afterAll(() => writeTable(seen));

const ofWidget = (frame: Locator): Locator => frame.locator('[data-theme]').first();

it.each(shown)('$name', async (exhibit) => {
  if (exhibit.mutters) here.visitors.watch.expect(exhibit.mutters);
  await keeper.publish(exhibit);
  const { page, context } = await here.visitors.person('alex');
  const id = await createLayout(page, {
    title: exhibit.name,
    tree: {
      type: 'row',
      children: [SPEAKER.name, exhibit.name].map((name, index) => ({
        size: index === 0 ? 0.2 : 0.8,
        node: { type: 'stack', active: 0, panels: [name] },
      })),
    },
    panels: Object.fromEntries([SPEAKER.name, exhibit.name].map((name) => [name, { widget: `${name}@stable`, channel: 'blue' as const }])),
  });
  await page.goto(`/l/${id}`);
  const [speaker, frame] = [panel(page, SPEAKER.name), panel(page, exhibit.name)];
  await expect.poll(() => words(speaker)).toContain('speaks');
  try {
    if (exhibit.cannot) {
      const { says } = exhibit.cannot;
      await expect.poll(async () => [await words(frame), ...here.visitors.watch.take()].join('\n')).toMatch(says);
    } else await meet(exhibit, speaker, frame);
  } finally {
    // Of one that does not run as well: it says more than what was expected of it.
    await page.screenshot({ path: join(pictures, `${exhibit.name}.png`) });
  }
  await context.close();
  expect(here.visitors.watch.take(), 'trouble on the page').toEqual([]);
  seen.push(exhibit);
});

/** It stands, hears what is said, and says what a person does. */
async function meet({ say, ask, shows, act, says, mutters }: Exhibit, speaker: Locator, frame: Locator): Promise<void> {
  await expect.poll(() => frame.getAttribute('data-state'), { message: 'its state' }).toBe('ready');
  // Its listener may come a moment after its element: it is told until it has heard, and has time to draw in between.
  await expect
    .poll(
      async () => {
        await ofWidget(speaker).evaluate((element, context) => (element as Wild).fdc3?.broadcast(context), say);
        return ofWidget(frame).evaluate(ask as (element: Element) => unknown);
      },
      { message: 'what it shows', interval: 3000 },
    )
    .toEqual(shows);
  if (act) {
    await act(frame);
    await expect
      .poll(() => ofWidget(speaker).evaluate((element) => (element as Wild).heard), { message: 'what it says' })
      .toContainEqual(says);
  }
  // What it throws beside that the panel alone tells.
  if (!mutters) expect(await words(frame)).not.toMatch(/Something in this widget failed/);
}
