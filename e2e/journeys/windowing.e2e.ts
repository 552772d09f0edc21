/** Panels are moved, resized, maximised and closed, and nothing else ever changes where they are. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { addWidget, edit, save } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { readLayout } from '../harness/layouts';
import { carry, centreOf, editing, isDirty, leftovers, makeLayout, places, settled, split, stack, stacks, tabOf } from '../harness/windows';

const here = journey();
let page: Page;
beforeAll(async () => {
  ({ page } = await here.visitors.person('alex'));
});

const TREE = () => split('row', stack('pa', 'pb', 'pe'), split('column', stack('pc'), stack('pd')));
const WIDGETS = { pa: 'date-range', pb: 'notes', pc: 'data-table', pd: 'series-chart', pe: 'usage' };
const ORDER = ['pa+pb+pe', 'pc', 'pd'];

/** As it was, and nothing left of the drag. */
async function untouched(before: unknown): Promise<void> {
  await expect.poll(() => leftovers(page)).toEqual([]);
  await expect.poll(() => stacks(page)).toEqual(ORDER);
  await expect.poll(() => places(page)).toEqual(before);
  expect(await isDirty(page)).toBe(false);
}

describe('a drag', () => {
  it.each(['right', 'middle'] as const)('does not begin with the %s button', async (button) => {
    await editing(page, button, TREE(), WIDGETS);
    const before = await places(page);
    const [x, y] = await centreOf(tabOf(page, 'pb'));
    await page.mouse.move(x, y);
    await page.mouse.down({ button });
    await page.mouse.move(x + 400, y + 300, { steps: 12 });
    expect(await leftovers(page)).toEqual([]);
    await page.mouse.up({ button });
    await untouched(before);
  });

  it.each([
    ['on the bar', 700, 15],
    ['outside of the window', -40, 400],
    ['where it came from', 60, 60],
  ] as const)('is taken back where it is let go %s', async (_, x, y) => {
    await editing(page, 'let go', TREE(), WIDGETS);
    const before = await places(page);
    await carry(page, 'pa', 500, 400);
    await page.mouse.move(x, y, { steps: 8 });
    await page.mouse.up();
    await untouched(before);
  });

  const dispatch = (on: 'window' | 'document', type: string) => () =>
    page.evaluate(
      ([target, name]) => {
        const event = name === 'pointercancel' ? new PointerEvent(name, { pointerId: 1, bubbles: true }) : new Event(name);
        (target === 'window' ? window : document).dispatchEvent(event);
      },
      [on, type] as const,
    );
  it.each<[string, () => Promise<unknown>]>([
    ['Escape', () => page.keyboard.press('Escape')],
    ['another button', () => page.mouse.down({ button: 'right' }).then(() => page.mouse.up({ button: 'right' }))],
    ['a lost pointer', dispatch('document', 'pointercancel')],
    ['another window', dispatch('window', 'blur')],
    ['a context menu', dispatch('window', 'contextmenu')],
    [
      'another size of the window',
      () => page.setViewportSize({ width: 1400, height: 900 }).then(() => page.setViewportSize({ width: 1440, height: 900 })),
    ],
  ])('that %s interrupts is taken back', async (_, interrupt) => {
    await editing(page, 'interrupted', TREE(), WIDGETS);
    const before = await places(page);
    await carry(page, 'pb', 1000, 300);
    await expect.poll(() => leftovers(page)).toContain('dm-placing');
    await interrupt();
    // Another button is noticed with the next move.
    await page.mouse.move(1010, 310);
    await expect.poll(() => leftovers(page)).toEqual([]);
    await page.mouse.up();
    await untouched(before);
  });

  it('ends where the mode changes, another layout is shown, or the panel goes away', async () => {
    const other = await makeLayout(page, 'another layout', stack('x'), { x: 'notes' });
    await page.goto(`/l/${other}`);
    await settled(page);
    await editing(page, 'left', TREE(), WIDGETS);
    const before = await places(page);
    await carry(page, 'pb', 1000, 300);
    await page.keyboard.press('e');
    await expect.poll(() => leftovers(page)).toEqual([]);
    await page.mouse.up();
    await edit(page);
    await untouched(before);

    await carry(page, 'pb', 1000, 300);
    await page.evaluate(() => document.querySelector<HTMLElement>('.layout-tab[aria-selected="false"]')?.click());
    await expect.poll(() => leftovers(page)).toEqual([]);
    await page.mouse.up();
    await page.getByRole('tab', { name: 'left' }).click();
    await untouched(before);

    await addWidget(page, 'Notes');
    await page.getByRole('button', { name: 'Add widget' }).click();
    await page.getByRole('complementary', { name: 'Add a widget' }).waitFor({ state: 'detached' });
    const added = async () => Object.keys(await places(page)).find((panel) => !(panel in WIDGETS));
    await expect.poll(added).toBeDefined();
    await carry(page, (await added()) ?? '', 300, 400);
    await page.keyboard.press('Control+z');
    await expect.poll(() => leftovers(page)).toEqual([]);
    await page.mouse.up();
    await untouched(before);
  });

  it('ends cleanly when somebody else saves the layout without that panel', async () => {
    const id = await editing(page, 'saved by another', TREE(), WIDGETS);
    const elsewhere = await page.context().newPage();
    await elsewhere.goto('/');
    await carry(page, 'pb', 1000, 300);
    const layout = await readLayout(elsewhere, id);
    const { pb: _gone, ...panels } = layout.panels;
    const { title, department, visibility, grants, defaultChannel, filters } = layout;
    const next = { title, department, visibility, grants, defaultChannel, filters, panels };
    const status = await elsewhere.evaluate(
      async ([at, revision, body]) => {
        const headers = { 'content-type': 'application/json', 'if-match': `"${revision}"` };
        return (await fetch(`/api/v1/layouts/${at}`, { method: 'PUT', headers, body: JSON.stringify(body) })).status;
      },
      [id, layout.revision, { ...next, tree: split('row', stack('pa', 'pe'), stack('pc'), stack('pd')) }] as const,
    );
    expect(status).toBe(200);
    await elsewhere.close();
    await expect.poll(() => stacks(page)).toEqual(['pa+pe', 'pc', 'pd']);
    await expect.poll(() => leftovers(page)).toEqual([]);
    await page.mouse.move(900, 500, { steps: 10 });
    await page.mouse.up();
    expect(await stacks(page)).toEqual(['pa+pe', 'pc', 'pd']);
    expect(await isDirty(page)).toBe(false);
  });

  it('into the middle of a panel makes a tab; the target says so and hides neither itself nor what is carried', async () => {
    await editing(page, 'centre', TREE(), WIDGETS);
    await carry(page, 'pc', 360, 450);
    const [words, ghost] = [page.locator('.dm-drop-text'), page.locator('.dm-ghost')];
    await expect.poll(() => words.innerText()).toBe('Add as a tab to Date range');
    expect(await ghost.innerText()).toBe('Data table');
    const [label, carried] = [await words.boundingBox(), await ghost.boundingBox()];
    if (!label || !carried) throw new Error('label and ghost are not shown');
    expect(label.y + label.height).toBeLessThan(carried.y);
    const above = await ghost.evaluate((element) => Number(getComputedStyle(element).zIndex));
    expect(above).toBeGreaterThan(await page.locator('.dm-drop').evaluate((element) => Number(getComputedStyle(element).zIndex)));
    await page.mouse.up();
    await expect.poll(() => stacks(page)).toEqual(['pa+pb+pe+pc', 'pd']);
    await expect.poll(async () => (await places(page))['pc']).not.toBeNull();
    await page.keyboard.press('Control+z');
    await expect.poll(() => stacks(page)).toEqual(ORDER);
  });

  it('along a strip of tabs changes their order, and a wobble of the hand does not', async () => {
    await editing(page, 'order', TREE(), WIDGETS);
    const [x, y] = await centreOf(tabOf(page, 'pb'));
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 12, y + 3, { steps: 6 });
    await page.mouse.up();
    expect(await stacks(page)).toEqual(ORDER);
    expect(await isDirty(page)).toBe(false);
    const [fromX] = await centreOf(tabOf(page, 'pa'));
    const last = await tabOf(page, 'pe').boundingBox();
    await page.mouse.move(fromX, y);
    await page.mouse.down();
    await page.mouse.move((last?.x ?? 0) + (last?.width ?? 0) - 4, y, { steps: 20 });
    await page.locator('.dm-insert:visible').waitFor();
    await page.mouse.up();
    await expect.poll(() => stacks(page)).toEqual(['pb+pe+pa', 'pc', 'pd']);
  });

  it('works with a finger', async () => {
    await editing(page, 'touch', split('row', stack('ta', 'tb'), stack('tc')), { ta: 'date-range', tb: 'notes', tc: 'data-table' });
    const finger = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
      finger.send('Input.dispatchTouchEvent', { type, touchPoints: points });
    const [x, y] = await centreOf(tabOf(page, 'tb'));
    await touch('touchStart', [{ x, y }]);
    for (let step = 1; step <= 20; step++) await touch('touchMove', [{ x: x + step * 46, y: y + step * 18 }]);
    await page.locator('.dm-drop-text').waitFor();
    await touch('touchEnd', []);
    await expect.poll(() => stacks(page)).toEqual(['ta', 'tc+tb']);
    await expect.poll(() => leftovers(page)).toEqual([]);
    await finger.detach();
  });
});

describe('sizes', () => {
  const widths = async (): Promise<number[]> => Object.values(await places(page)).map((place) => place?.[2] ?? 0);

  it('follow a splitter while it moves, go back with Escape, and are one step of undo', async () => {
    await editing(page, 'splitter', split('row', stack('sa'), stack('sb')), { sa: 'date-range', sb: 'notes' });
    const before = await widths();
    const [x, y] = await centreOf(page.locator('[data-shown] .lm_splitter .lm_drag_handle'));
    const hold = async (): Promise<void> => {
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 100, y, { steps: 5 });
      await expect.poll(widths).toEqual([(before[0] ?? 0) + 100, (before[1] ?? 0) - 100]);
    };
    await hold();
    expect(await isDirty(page)).toBe(false);
    await page.keyboard.press('Escape');
    await expect.poll(widths).toEqual(before);
    await page.mouse.up();
    await expect.poll(async () => [await isDirty(page), await leftovers(page)]).toEqual([false, []]);
    await hold();
    await page.mouse.move(x + 2_000, y, { steps: 5 });
    await expect.poll(async () => (await widths())[1]).toBe(120);
    await page.mouse.move(x + 100, y, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => isDirty(page)).toBe(true);
    await expect.poll(widths).toEqual([(before[0] ?? 0) + 100, (before[1] ?? 0) - 100]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(widths).toEqual(before);
    await expect.poll(() => isDirty(page)).toBe(false);
  });

  /** The first is as narrow as can be. */
  const UNEVEN = { type: 'row' as const, children: [0.1, 0.9].map((size, at) => ({ size, node: stack(at ? 'sb' : 'sa') })) };

  it('leave a narrow stack its menu alone, and give it the other buttons while there is room', async () => {
    await editing(page, 'buttons', UNEVEN, { sa: 'date-range', sb: 'notes' });
    const buttons = () =>
      page
        .locator('[data-shown] .lm_stack')
        .first()
        .locator('.dm-action:not(.dm-arrow):visible')
        .evaluateAll((all) => all.map((button) => button.getAttribute('aria-label')));
    await expect.poll(buttons).toEqual(['Menu of Date range']);
    const [x, y] = await centreOf(page.locator('[data-shown] .lm_splitter .lm_drag_handle'));
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 200, y, { steps: 5 });
    const all = ['Add a tab to Date range', 'Settings of Date range', 'Maximise Date range', 'Menu of Date range', 'Close Date range'];
    await expect.poll(buttons).toEqual(all);
    await page.mouse.move(x, y, { steps: 5 });
    await expect.poll(buttons).toEqual(['Menu of Date range']);
    await page.mouse.move(x + 200, y, { steps: 5 });
    await page.mouse.up();
    await expect.poll(buttons).toEqual(all);
  });

  it('are not changed by the room that happens to be there', async () => {
    const id = await editing(page, 'small', UNEVEN, { sa: 'date-range', sb: 'notes' });
    const wide = await widths();
    await page.setViewportSize({ width: 800, height: 800 });
    await expect.poll(async () => (await widths())[0]).toBe(120);
    expect(await isDirty(page)).toBe(false);
    await page.getByRole('button', { name: 'Add widget' }).click();
    await page.getByRole('complementary', { name: 'Add a widget' }).waitFor();
    await page.setViewportSize({ width: 500, height: 800 });
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('button', { name: 'Add widget' }).click();
    await expect.poll(widths).toEqual(wide);
    expect(await isDirty(page)).toBe(false);
    // Edited while there was no room: what is saved has the sizes all the same.
    await page.setViewportSize({ width: 800, height: 800 });
    await expect.poll(async () => (await widths())[0]).toBe(120);
    await page.getByRole('button', { name: 'Layout actions' }).click();
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    await page.getByRole('dialog').getByLabel('Title').fill('smaller');
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
    await save(page);
    expect((await readLayout(page, id)).tree).toEqual(UNEVEN);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('are the same in view and in edit, also of many panels in a row', async () => {
    const panels = Array.from({ length: 12 }, (_, at) => `r${at}`);
    await editing(
      page,
      'many',
      split('row', ...panels.map((panel) => stack(panel))),
      Object.fromEntries(panels.map((panel) => [panel, 'date-range'])),
    );
    const edited = await places(page);
    expect(await isDirty(page)).toBe(false);
    await page.getByRole('button', { name: 'View', exact: true }).click();
    await page.locator('[data-shown] .dm-stack').first().waitFor();
    await expect.poll(() => places(page)).toEqual(edited);
  });

  it('are right when a layout is shown again after the drawer took its room, and in a copy', async () => {
    const other = await makeLayout(page, 'beside', stack('x'), { x: 'notes' });
    await page.goto(`/l/${other}`);
    await settled(page);
    const whole = await places(page);
    await editing(page, 'drawer', stack('pa'), { pa: 'notes' });
    await expect.poll(async () => (await places(page))['pa']).toEqual(whole['x']);
    const before = await places(page);
    await page.getByRole('button', { name: 'Add widget' }).click();
    await expect.poll(() => places(page)).not.toEqual(before);
    await page.getByRole('tab', { name: 'beside' }).click();
    await expect.poll(() => places(page)).toEqual(whole);
    await page.getByRole('tab', { name: 'drawer' }).click();
    await expect.poll(() => places(page)).toEqual(before);
    await page.getByRole('button', { name: 'Add widget' }).click();
    await expect.poll(() => places(page)).not.toEqual(before);
    await page.getByRole('button', { name: 'Layout actions' }).click();
    await page.getByRole('menuitem', { name: 'Make my own copy' }).click();
    await page.getByRole('tab', { name: 'drawer (my copy)', selected: true }).waitFor();
    await expect.poll(() => places(page)).toEqual(before);
    await page.getByRole('tab', { name: 'drawer', exact: true }).click();
    await expect.poll(() => places(page)).toEqual(before);
  });
});

describe('a maximised panel', () => {
  it('fills the workspace in view and edit, whatever the window’s size, and is kept over edits', async () => {
    await editing(page, 'maximised', TREE(), WIDGETS);
    const before = await places(page);
    const maximise = () => page.locator('[data-shown]').getByRole('button', { name: 'Maximise' }).first().click();
    const restore = () => page.locator('[data-shown]').getByRole('button', { name: 'Restore' }).click();
    const alone = [6, 82, 1428, 812];
    await maximise();
    await expect.poll(() => places(page)).toEqual({ pa: alone, pb: null, pc: null, pd: null, pe: null });
    await page.setViewportSize({ width: 1100, height: 700 });
    await expect.poll(async () => (await places(page))['pa']).toEqual([6, 82, 1088, 612]);
    await page.setViewportSize({ width: 1440, height: 900 });
    await expect.poll(async () => (await places(page))['pa']).toEqual(alone);
    expect(await isDirty(page)).toBe(false);
    await tabOf(page, 'pb').focus();
    await page.keyboard.press('Delete');
    await expect.poll(() => stacks(page)).toEqual(['pa+pe']);
    await expect.poll(async () => (await places(page))['pa']).toEqual(alone);
    await page.keyboard.press('Control+z');
    await expect.poll(() => stacks(page)).toEqual(['pa+pb+pe']);
    await page.getByRole('button', { name: 'View', exact: true }).click();
    await expect.poll(async () => Object.values(await places(page)).filter((place) => place !== null)).toEqual([alone]);
    await restore();
    await page.getByRole('tab', { name: 'Date range' }).click();
    await expect.poll(() => places(page)).toEqual(before);
    await maximise();
    await expect.poll(async () => (await places(page))['pa']).toEqual(alone);
    await restore();
    await expect.poll(() => places(page)).toEqual(before);
  });

  it('is nothing of the layout: what was saved is there after a reload', async () => {
    await editing(page, 'kept', TREE(), WIDGETS);
    const before = await places(page);
    await tabOf(page, 'pc').focus();
    await page.keyboard.press('Alt+ArrowLeft');
    await expect.poll(() => isDirty(page)).toBe(true);
    await expect.poll(() => places(page)).not.toEqual(before);
    const moved = await places(page);
    await page.locator('[data-shown]').getByRole('button', { name: 'Maximise' }).first().click();
    await save(page);
    await page.reload();
    await settled(page);
    await expect.poll(() => places(page)).toEqual(moved);
  });
});

describe('a closed panel', () => {
  const focused = () => page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-for], [data-panel]')?.dataset);
  const heard = () => page.locator('[data-shown] [aria-live]').innerText();

  it('offers a way back, and the keyboard stays where the work is', async () => {
    await editing(page, 'closing', TREE(), WIDGETS);
    await tabOf(page, 'pb').locator('.dm-tab-close').click();
    await expect.poll(() => stacks(page)).toEqual(['pa+pe', 'pc', 'pd']);
    await expect.poll(focused).toMatchObject({ for: 'pa' });
    const news = page.getByRole('region', { name: 'News' });
    await news.getByText('Notes was closed.').waitFor();
    await news.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => stacks(page)).toEqual(ORDER);
    await expect.poll(focused).toMatchObject({ panel: 'pb' });
    await expect.poll(heard).toBe('Notes is back');
    await expect.poll(() => isDirty(page)).toBe(false);
  });

  it('comes back by itself, not with what was done after it', async () => {
    await editing(page, 'closing and more', TREE(), WIDGETS);
    const close = page
      .locator('[data-shown] .lm_stack', { has: page.locator('.lm_tab[data-for="pd"]') })
      .getByRole('button', { name: /^Close / });
    await close.click();
    await expect.poll(() => stacks(page)).toEqual(['pa+pb+pe', 'pc']);
    // What is told goes by itself, but not from under a pointer.
    await page.getByRole('region', { name: 'News' }).getByRole('button', { name: 'Undo' }).hover();
    await tabOf(page, 'pe').focus();
    await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(() => stacks(page)).toEqual(['pa+pb', 'pe', 'pc']);
    await page.getByRole('region', { name: 'News' }).getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await stacks(page)).join(' ')).toContain('pd');
    expect(await stacks(page)).toContain('pe');
  });

  it('of the last one leaves the keyboard in the workspace, and undo tells what it did', async () => {
    await editing(page, 'the last', stack('pa'), { pa: 'notes' });
    await tabOf(page, 'pa').focus();
    await page.keyboard.press('Backspace');
    await page.getByRole('heading', { name: 'This layout is empty' }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('[data-shown]') !== null)).toBe(true);
    await page.keyboard.press('Control+z');
    await expect.poll(heard).toBe('Undone: Close Notes');
    await expect.poll(focused).toMatchObject({ panel: 'pa' });
  });
});
