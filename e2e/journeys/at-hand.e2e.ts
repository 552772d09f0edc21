/** Everything stays at hand: every tab of every strip, names, the bar on a narrow screen, shortcuts on any keyboard. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { addWidget, edit, save, untilSaved } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { readLayout } from '../harness/layouts';
import { editing, isDirty, makeLayout, settled, split, stack, tabOf } from '../harness/windows';

const here = journey();
let page: Page;
beforeAll(async () => {
  ({ page } = await here.visitors.person('alex'));
});

/** Whether a click in its middle would reach it, and its edges are within the strip. */
const inSight = (tab: Locator): Promise<boolean> =>
  tab.evaluate((element) => {
    const [strip, box] = [element.parentElement?.getBoundingClientRect(), element.getBoundingClientRect()];
    const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return strip !== undefined && box.left >= strip.left - 1 && box.right <= strip.right + 1 && element.contains(there);
  });

/** With the mouse alone: an arrow until the tab is there. */
async function arrowTo(arrow: Locator, tab: Locator): Promise<void> {
  for (let presses = 0; presses < 20 && !(await inSight(tab)); presses++) await arrow.click();
  expect(await inSight(tab)).toBe(true);
}

describe('a strip of more tabs than fit', () => {
  const TABS = Array.from({ length: 20 }, (_, at) => `t${at}`);
  const WIDGETS = Object.fromEntries(
    TABS.map((tab, at) => [tab, { widget: 'date-range', title: at === 3 ? '<img src=q onerror="window.pwned=1">' : `Tab number ${at}` }]),
  );
  const tabs = () => page.locator('[data-shown] [role=tab]');

  it.each(['view', 'edit'] as const)('shows what is selected and brings every tab within reach of a plain mouse, in %s', async (mode) => {
    if (mode === 'view') {
      await page.goto(`/l/${await makeLayout(page, '<b>Tabs</b>', stack(...TABS), WIDGETS)}`);
      await settled(page);
    } else await editing(page, '<b>Tabs</b>', stack(...TABS), WIDGETS);
    const [first, last] = [tabs().first(), tabs().last()];
    await expect.poll(async () => [await inSight(first), await inSight(last)]).toEqual([true, false]);
    const arrow = (name: string) => page.locator('[data-shown]').getByRole('button', { name });
    await arrowTo(arrow('Later tabs'), last);
    await expect.poll(() => arrow('Later tabs').isDisabled()).toBe(true);
    await arrowTo(arrow('Earlier tabs'), first);

    await first.hover();
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 600);
        return inSight(last);
      })
      .toBe(true);
    await last.click();
    await page.getByRole('tab', { name: 'Tab number 19', selected: true }).waitFor();
    await page.keyboard.press('Home');
    await expect.poll(() => inSight(first)).toBe(true);
    await page.keyboard.press('End');
    await expect.poll(() => inSight(last)).toBe(true);
    // A narrower window does not take the selected one out of sight.
    await page.setViewportSize({ width: 900, height: 800 });
    await expect.poll(() => inSight(last)).toBe(true);
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(await page.evaluate(() => (window as { pwned?: unknown }).pwned)).toBeUndefined();
    expect(await isDirty(page)).toBe(false);
  });

  it('is no strip of open layouts either', async () => {
    for (let at = 0; at < 9; at++) {
      await page.goto(`/l/${await makeLayout(page, `A layout of many, number ${at}`, stack('x'), { x: 'notes' })}`);
      await settled(page);
    }
    const tab = (at: number) => page.getByRole('tab', { name: `A layout of many, number ${at}` });
    await expect.poll(() => inSight(tab(8))).toBe(true);
    const bar = page.getByRole('banner');
    await arrowTo(bar.getByRole('button', { name: 'Earlier tabs' }), tab(0));
    await arrowTo(bar.getByRole('button', { name: 'Later tabs' }), tab(8));
    await page.getByRole('button', { name: 'Open or make a layout' }).click();
    await page.getByRole('menuitemradio', { name: 'number 1' }).click();
    await page.getByRole('tab', { name: 'number 1', selected: true }).waitFor();
    await expect.poll(() => inSight(tab(1))).toBe(true);
    await tab(1).locator('.layout-tab-close').click();
    await expect.poll(() => tab(1).count()).toBe(0);
    await page.getByRole('tab', { name: 'number 2', selected: true }).focus();
    await page.keyboard.press('Delete');
    await page.getByRole('tab', { name: 'number 3', selected: true }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('number 3');
  });
});

describe('a new layout', () => {
  async function start(): Promise<void> {
    await page.getByRole('button', { name: 'Open or make a layout' }).click();
    await page.getByRole('menuitem', { name: 'New layout' }).click();
    await page.getByRole('complementary', { name: 'Add a widget' }).waitFor();
  }

  it('is told apart from the last one, and asks for its name where it is first saved', async () => {
    await start();
    await page.getByRole('tab', { name: 'Untitled layout', exact: true, selected: true }).waitFor();
    await start();
    await page.getByRole('tab', { name: 'Untitled layout 2', selected: true }).waitFor();
    await addWidget(page, 'Notes');
    await settled(page);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Name this layout' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await isDirty(page)).toBe(true);
    await page.locator('[data-shown] .lm_tab').first().focus();
    await page.keyboard.press('Control+s');
    await dialog.getByLabel('Title').fill('Evening');
    // Nothing can be saved either while it is being saved: what the server says tells that it is.
    await untilSaved(page, dialog.getByRole('button', { name: 'Save' }));
    await expect.poll(() => isDirty(page)).toBe(false);
    await page.getByRole('tab', { name: 'Evening', selected: true }).waitFor();
    const id = new URL(page.url()).pathname.split('/')[2] ?? '';
    expect(await readLayout(page, id)).toMatchObject({ title: 'Evening', revision: 2 });
    // From now on it is saved at once.
    await addWidget(page, 'Date range');
    await save(page);
    await page.getByRole('button', { name: 'Add widget' }).click();
  });
});

describe('a copy of one’s own layout', () => {
  it('has what is unsaved, which stays unsaved in the other one', async () => {
    const id = await editing(page, 'Original', stack('pa', 'pb'), { pa: 'date-range', pb: 'notes' });
    await tabOf(page, 'pb').focus();
    await page.keyboard.press('Delete');
    await expect.poll(() => isDirty(page)).toBe(true);
    await page.getByRole('button', { name: 'Layout actions' }).click();
    await page.getByRole('menuitem', { name: 'Make my own copy' }).click();
    await page.getByRole('tab', { name: 'Original (my copy)', selected: true }).waitFor();
    const copy = new URL(page.url()).pathname.split('/')[2] ?? '';
    expect(Object.keys((await readLayout(page, copy)).panels)).toEqual(['pa']);
    expect(Object.keys((await readLayout(page, id)).panels)).toEqual(['pa', 'pb']);
    await page.getByRole('tab', { name: 'Original (unsaved changes)' }).click();
    await page.getByRole('banner').getByRole('button', { name: 'Undo' }).click();
    await tabOf(page, 'pb').waitFor();
    await expect.poll(() => isDirty(page)).toBe(false);
  });
});

describe('the bar on a narrow screen', () => {
  it.each([
    [390, 700],
    [320, 700],
    // A window of 1280 by 1024 at 400 %.
    [320, 256],
  ])('of %i by %i pixels keeps everything on the screen', async (width, height) => {
    await editing(page, 'A layout with quite a long name', stack('pa', 'pb'), { pa: 'date-range', pb: 'notes' });
    await tabOf(page, 'pb').focus();
    await page.keyboard.press('Delete');
    await expect.poll(() => isDirty(page)).toBe(true);
    await page.setViewportSize({ width, height });
    const bar = page.getByRole('banner');
    const needed = [
      bar.getByRole('tab', { selected: true }),
      bar.getByRole('button', { name: 'Save' }),
      bar.getByRole('button', { name: 'Account of Alex Lin' }),
      bar.getByRole('button', { name: 'Layout actions' }),
      bar.getByRole('button', { name: 'Add widget' }),
      bar.getByRole('button', { name: 'Undo' }),
      bar.getByRole('button', { name: 'View' }),
      bar.getByRole('button', { name: 'Theme' }),
    ];
    for (const control of needed) {
      const box = await control.boundingBox();
      if (!box) throw new Error(`${String(control)} is not shown`);
      expect([box.x >= 0, box.x + box.width <= width, box.y >= 0, box.y + box.height <= height], String(control)).toEqual([
        true,
        true,
        true,
        true,
      ]);
      await control.click({ trial: true });
    }
    const title = await bar.locator('.layout-title:visible').evaluate((element) => element.getBoundingClientRect().width);
    expect(title).toBeGreaterThan(48);
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    await bar.getByRole('button', { name: 'Open or make a layout' }).click();
    await expect.poll(() => page.getByRole('menuitemradio').count()).toBeGreaterThan(1);
    await page.keyboard.press('Escape');
    await bar.getByRole('button', { name: 'Undo' }).click();
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it.each([1440, 720, 390, 320])(
    'of %i pixels is gone through by the keyboard as it is seen: row by row, from left to right',
    async (width) => {
      await editing(page, 'in order', stack('pa', 'pb'), { pa: 'date-range', pb: 'notes' });
      await page.setViewportSize({ width, height: 700 });
      await page.getByRole('button', { name: 'Skip to the panels' }).focus();
      const stops: { name: string; x: number; y: number }[] = [];
      for (;;) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate(() => {
          const element = document.activeElement;
          if (!element?.closest('.bar')) return null;
          const { x, y, height } = element.getBoundingClientRect();
          return { name: element.getAttribute('aria-label') ?? element.textContent, x, y: y + height / 2 };
        });
        if (!stop) break;
        stops.push(stop);
      }
      expect(stops.length).toBeGreaterThan(8);
      expect(stops.at(0)?.name).toMatch(/^Department/);
      for (const [at, { name, x, y }] of stops.slice(1).entries()) {
        const before = stops[at];
        if (before)
          expect(y > before.y + 20 || (Math.abs(y - before.y) < 20 && x > before.x), `${before.name} comes before ${name}`).toBe(true);
      }
      await page.setViewportSize({ width: 1440, height: 900 });
    },
  );

  it('of somebody who only looks, too', async () => {
    const { page: casual, context } = await here.visitors.person('casey', '/d/sales');
    await casual.setViewportSize({ width: 320, height: 568 });
    for (const name of ['Make my own copy', 'Account of Casey Brooks']) await casual.getByRole('button', { name }).click({ trial: true });
    await expect.poll(() => casual.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await context.close();
  });
});

describe('shortcuts', () => {
  it('are where people look for them, on a keyboard that writes no Latin letters', async () => {
    await editing(page, 'keys', stack('pa', 'pb'), { pa: 'date-range', pb: 'notes' });
    const keyboard = await page.context().newCDPSession(page);
    const press = async (key: string, code: string, modifiers: number): Promise<void> => {
      for (const type of ['rawKeyDown', 'keyUp'] as const) await keyboard.send('Input.dispatchKeyEvent', { type, key, code, modifiers });
    };
    const CTRL = 2;
    await tabOf(page, 'pb').focus();
    await page.keyboard.press('Delete');
    await expect.poll(() => isDirty(page)).toBe(true);
    await press('я', 'KeyZ', CTRL);
    await expect.poll(() => isDirty(page)).toBe(false);
    await press('Я', 'KeyZ', CTRL | 8);
    await expect.poll(() => isDirty(page)).toBe(true);
    const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT');
    await press('ы', 'KeyS', CTRL);
    expect((await saved).status()).toBe(200);
    await page.locator('#stage').focus();
    await press('у', 'KeyE', 0);
    await page.getByRole('button', { name: 'Add widget' }).waitFor({ state: 'detached' });
    await edit(page);
    await keyboard.detach();
  });

  it('of one letter are switched off and on again in the account menu, for this browser', async () => {
    await editing(page, 'letters', stack('pa'), { pa: 'notes' });
    const modes = page.getByRole('group', { name: 'Mode' });
    const mode = () => modes.getByRole('button', { name: 'Edit' }).getAttribute('aria-pressed');
    const setting = async (): Promise<Locator> => {
      await page.getByRole('button', { name: 'Account of Alex Lin' }).click();
      return page.getByRole('menuitemcheckbox', { name: 'Single-key shortcuts' });
    };
    const on = await setting();
    expect(await on.getAttribute('aria-checked')).toBe('true');
    await on.click();
    await page.reload();
    await edit(page);
    await page.locator('#stage').focus();
    await page.keyboard.press('e');
    // Keys are dealt with in order: once this one has moved the focus, the letter has done what it does.
    await page.keyboard.press('F6');
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('.bar') !== null)).toBe(true);
    expect(await mode()).toBe('true');
    const off = await setting();
    expect(await off.getAttribute('aria-checked')).toBe('false');
    await off.click();
    await page.locator('#stage').focus();
    await page.keyboard.press('e');
    await expect.poll(mode).toBe('false');
  });
});

describe('buttons in the heads of panels', () => {
  it('say in their names which panel they are about, as do those of a title that is changed', async () => {
    await editing(page, 'names', split('row', stack('pa'), stack('pb', 'pc')), { pa: 'date-range', pb: 'notes', pc: 'data-table' });
    const names = (): Promise<(string | null)[]> =>
      page
        .locator('[data-shown] .dm-action:visible:not(.dm-arrow)')
        .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')));
    const of = (title: string) => ['Add a tab to', 'Settings of', 'Maximise', 'Menu of', 'Close'].map((what) => `${what} ${title}`);
    const titleOf = (panel: string) => tabOf(page, panel).locator('.lm_title').innerText();
    const [left, right, behind] = [await titleOf('pa'), await titleOf('pb'), await titleOf('pc')];
    const between = `Add between ${left} and ${right}`;
    await expect.poll(names).toEqual([...of(left), between, ...of(right)]);
    await tabOf(page, 'pc').click();
    await expect.poll(names).toEqual([...of(left), between, ...of(behind)]);
    await page.getByRole('button', { name: `Maximise ${left}` }).click();
    await page.getByRole('button', { name: `Restore ${left}` }).click();
    await expect.poll(names).toEqual([...of(left), between, ...of(behind)]);
    await page.getByRole('button', { name: 'View', exact: true }).click();
    await expect.poll(names).toEqual([`Maximise ${left}`, `Maximise ${behind}`]);
  });
});
