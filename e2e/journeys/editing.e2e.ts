/** Panels are copied, cut, pasted, duplicated and renamed: by keys and by menu, between layouts and windows, and undone again. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { edit, panel, save } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { readLayout } from '../harness/layouts';
import { picture } from '../harness/pictures';
import { editing, isDirty, makeLayout, settled, split, stack, stacks, tabOf } from '../harness/windows';

const here = journey();
let page: Page;
beforeAll(async () => {
  ({ page } = await here.visitors.person('alex'));
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
});

const titles = (on: Page): Promise<string[]> =>
  on.locator('[data-shown] .lm_tab .lm_title').evaluateAll((tabs) => tabs.map((tab) => tab.textContent ?? ''));
const menuOf = async (id: string, entry: string | RegExp): Promise<void> => {
  await tabOf(page, id).focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: entry }).click();
};
it('copies, cuts, duplicates and pastes, into this layout, another one and another window; undo takes each back', async () => {
  const to = await makeLayout(page, 'To', stack('x'), { x: 'notes' });
  const from = await editing(page, 'From', split('row', stack('pa', 'pb'), stack('pc')), {
    pa: { widget: 'notes', title: 'Agenda' },
    pb: { widget: 'notes', title: 'Hand-over' },
    pc: 'data-table',
  });
  await tabOf(page, 'pa').focus();
  await page.keyboard.press('Control+d');
  await expect.poll(() => titles(page).then((all) => all.slice(0, 3))).toEqual(['Agenda', 'Hand-over', 'Agenda']);
  // The keyboard is on the copy.
  const atKeyboard = () =>
    page.evaluate(() => {
      const { for: tab, panel: frame } = document.activeElement?.closest<HTMLElement>('[data-for], [data-panel]')?.dataset ?? {};
      return tab ?? frame ?? 'nothing';
    });
  await expect.poll(atKeyboard).not.toMatch(/^(pa|pb|pc|nothing)$/);
  await page.keyboard.press('Control+x');
  await page.getByText('Agenda was closed.').waitFor();
  await expect.poll(() => stacks(page)).toEqual(['pa+pb', 'pc']);
  await page.keyboard.press('Control+v');
  await expect.poll(() => titles(page).then((all) => all.filter((title) => title === 'Agenda').length)).toBe(2);
  for (const undone of ['Paste Agenda', 'Close Agenda', 'Duplicate Agenda']) {
    await page.keyboard.press('Control+z');
    await page.getByText(`Undone: ${undone}`).waitFor({ state: 'attached' });
  }
  await expect.poll(() => stacks(page)).toEqual(['pa+pb', 'pc']);
  await expect.poll(() => isDirty(page)).toBe(false);

  await tabOf(page, 'pa').click();
  await menuOf('pa', 'Copy all 2 tabs of its stack');
  await page.getByText('2 panels are in the clipboard.').waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(text)).toMatchObject({ kind: 'datamesh.panels', version: 1, layout: from, panels: { pa: { title: 'Agenda' } } });

  const other = await page.context().newPage();
  await other.goto(`/l/${to}`);
  await settled(other);
  await edit(other);
  await other.bringToFront();
  await tabOf(other, 'x').focus();
  await other.keyboard.press('Control+v');
  await expect.poll(() => titles(other).then((all) => all.slice(1))).toEqual(['Agenda', 'Hand-over']);
  await save(other);
  const layout = await readLayout(other, to);
  expect(Object.keys(layout.panels)).toHaveLength(3);
  expect(Object.keys(layout.panels)).not.toContain('pa');
  await other.close();
});

it('says what is no panel and what this instance lacks, and leaves typed and selected text alone', async () => {
  await editing(page, 'Pasted', stack('pa'), { pa: { widget: 'notes', title: 'Agenda' } });
  const paste = async (text: string): Promise<void> => {
    await page.evaluate((what) => navigator.clipboard.writeText(what), text);
    await tabOf(page, 'pa').focus();
    await page.keyboard.press('Control+v');
  };
  await paste('Good morning');
  await page.getByText(/The clipboard has no panel/).waitFor();
  const one = (widget: string) => ({
    kind: 'datamesh.panels',
    version: 1,
    tree: { type: 'stack', active: 0, panels: ['p'] },
    panels: { p: { widget, title: 'Theirs' } },
  });
  await paste(JSON.stringify({ ...one('notes@stable'), panels: { p: { widget: 'notes@stable', onclick: 'x' } } }));
  await page.getByText(/nothing of that name belongs there/).waitFor();
  await paste(JSON.stringify(one('strange-chart@stable')));
  await page.getByText(/This instance has no widget strange-chart: left out/).waitFor();
  expect(await isDirty(page)).toBe(false);
  await picture(page, 'paste refused');

  // By menu, where the browser lets the page read.
  await page.evaluate((what) => navigator.clipboard.writeText(what), JSON.stringify(one('notes@stable')));
  await page.getByRole('button', { name: 'Layout actions' }).click();
  await page.getByRole('menuitem', { name: 'Paste panels' }).click();
  await expect.poll(() => titles(page)).toEqual(['Agenda', 'Theirs']);

  await page.evaluate(() => navigator.clipboard.writeText('before'));
  await page.getByRole('button', { name: 'Settings of Agenda' }).click();
  const title = page.getByRole('complementary', { name: 'Panel settings' }).getByLabel('Title');
  await title.press('Control+a');
  await title.press('Control+c');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('Agenda');
  await page.keyboard.press('Escape');
  // The click gives the keyboard to the panel; what is selected is copied all the same.
  await panel(page, 'notes').getByRole('heading').first().click({ clickCount: 3 });
  await page.keyboard.press('Control+c');
  await expect.poll(async () => (await page.evaluate(() => navigator.clipboard.readText())).trim()).toBe('Notes');
});

it('renames a panel in its tab, by F2 and by a double click', async () => {
  await editing(page, 'Renamed', split('row', stack('pa', 'pb'), stack('pc')), { pa: 'notes', pb: 'usage', pc: 'data-table' });
  await tabOf(page, 'pa').focus();
  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: /^Title of / });
  await field.fill('Agenda');
  await picture(page, 'rename a panel');
  await page.keyboard.press('Enter');
  await expect.poll(() => titles(page).then(([first]) => first)).toBe('Agenda');
  await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLElement).dataset['for'])).toBe('pa');
  await tabOf(page, 'pa').dblclick();
  await field.fill('No');
  await page.keyboard.press('Escape');
  await expect.poll(() => field.count()).toBe(0);
  expect((await titles(page))[0]).toBe('Agenda');
  await page.keyboard.press('Control+z');
  await expect.poll(() => titles(page).then(([first]) => first)).not.toBe('Agenda');
  await expect.poll(() => isDirty(page)).toBe(false);
  await panel(page, 'notes').waitFor();
});
