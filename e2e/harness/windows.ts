/** Panels as windows: where they are, and what a hand does with them. */
import type { Locator, Page } from 'playwright-core';
import { edit } from './dashboard';
import { createLayout } from './layouts';

type Node = { type: 'stack'; active: number; panels: string[] } | { type: 'row' | 'column'; children: { size: number; node: Node }[] };

export const stack = (...panels: string[]): Node => ({ type: 'stack', active: 0, panels });
export const split = (type: 'row' | 'column', ...nodes: Node[]): Node => ({
  type,
  children: nodes.map((node) => ({ size: 1 / nodes.length, node })),
});
/** Each panel by its widget, or by its widget and title. */
export type Widgets = Record<string, string | { widget: string; title: string }>;

export const makeLayout = (page: Page, title: string, tree: Node, widgets: Widgets): Promise<string> =>
  createLayout(page, {
    title,
    tree,
    panels: Object.fromEntries(
      Object.entries(widgets).map(([id, of]) => [
        id,
        typeof of === 'string' ? { widget: `${of}@stable` } : { widget: `${of.widget}@stable`, title: of.title },
      ]),
    ),
  });

/** Until every panel that is in front is connected. */
export async function settled(page: Page): Promise<void> {
  await page.locator('section.dm-panel:visible').first().waitFor();
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLElement>('[data-shown] section.dm-panel:not([hidden])')].every(
      ({ dataset }) => dataset['state'] === 'ready',
    ),
  );
}

/** A layout that is open for editing. Answers with its id. */
export async function editing(page: Page, title: string, tree: Node, widgets: Widgets): Promise<string> {
  const id = await makeLayout(page, title, tree, widgets);
  await page.goto(`/l/${id}`);
  await settled(page);
  await edit(page);
  await page.locator('[data-shown] .lm_tab').first().waitFor();
  return id;
}

/** Each panel's rectangle in whole pixels, null where it is not shown. */
export const places = (page: Page): Promise<Record<string, number[] | null>> =>
  page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('[data-shown] section.dm-panel')].map((frame) => {
        const { x, y, width, height } = frame.getBoundingClientRect();
        return [frame.dataset['panel'] ?? '', frame.hidden ? null : [x, y, width, height].map(Math.round)];
      }),
    ),
  );

/** Panels of every stack, in the order of their tabs, while editing. */
export const stacks = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('[data-shown] .lm_stack')].map((element) =>
      [...element.querySelectorAll<HTMLElement>('.lm_tab')].map(({ dataset }) => dataset['for']).join('+'),
    ),
  );

/** Nothing of a drag is left in the page. */
export const leftovers = (page: Page): Promise<string[]> =>
  page.evaluate(() => [
    ...[...document.querySelectorAll('.dm-ghost, .dm-drop, .dm-insert, .lm_dragProxy')].map(({ className }) => className),
    ...document.body.classList,
  ]);

export const isDirty = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.querySelector('.bar .button.primary')?.getAttribute('aria-disabled') === 'false');

export const tabOf = (page: Page, panel: string): Locator => page.locator(`[data-shown] .lm_tab[data-for="${panel}"]`);

export async function centreOf(locator: Locator): Promise<[number, number]> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('It is not on the page');
  return [box.x + box.width / 2, box.y + box.height / 2];
}

/** Takes a tab and carries it to a place, in steps as a hand does it, without letting go. */
export async function carry(page: Page, panel: string, x: number, y: number): Promise<void> {
  // Where it stays: something beside it may just have opened or gone.
  await tabOf(page, panel).hover();
  const [fromX, fromY] = await centreOf(tabOf(page, panel));
  await page.mouse.move(fromX, fromY);
  await page.mouse.down();
  await page.mouse.move(fromX + 20, fromY + 20, { steps: 4 });
  await page.mouse.move(x, y, { steps: 8 });
}
