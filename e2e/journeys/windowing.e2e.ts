/**
 * What of panels as windows takes the whole dashboard. How they are dragged, resized, maximised and closed is tested in
 * the browser tests of host/src/workspace.
 */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { save } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { readLayout } from '../harness/layouts';
import { carry, editing, isDirty, leftovers, makeLayout, places, settled, split, stack, stacks, tabOf } from '../harness/windows';

const here = journey();
let page: Page;
beforeAll(async () => {
  ({ page } = await here.visitors.person('alex'));
});

const TREE = () => split('row', stack('pa', 'pb', 'pe'), split('column', stack('pc'), stack('pd')));
const WIDGETS = { pa: 'date-range', pb: 'notes', pc: 'data-table', pd: 'series-chart', pe: 'usage' };
const ORDER = ['pa+pb+pe', 'pc', 'pd'];

describe('a drag', () => {
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
});

describe('sizes', () => {
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
