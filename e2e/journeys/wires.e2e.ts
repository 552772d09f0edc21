/** A row of one widget drives another, which has no code for it: pointed at, or by the keyboard alone; undone, kept, heard by who only looks. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { edit, panel, save, tableRow, words } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { createLayout, readLayout } from '../harness/layouts';
import { inBothThemes } from '../harness/themes';
import { settled, split, stack, tabOf } from '../harness/windows';

const here = journey();
let page: Page;
let layout: string;
beforeAll(async () => {
  ({ page } = await here.visitors.person('alex'));
  layout = await createLayout(page, {
    title: 'Wired',
    tree: split('row', stack('rows'), stack('note')),
    panels: {
      rows: { widget: 'data-table@stable', title: 'Instruments', channel: 'none' },
      // On no channel: what it hears, it hears along wires.
      note: { widget: 'notes@stable', title: 'Note', channel: 'none' },
    },
  });
  await page.goto(`/l/${layout}`);
  await settled(page);
  await edit(page);
  await tabOf(page, 'note').waitFor();
});

const openSettings = (): Promise<void> =>
  page
    .locator('.lm_stack', { has: page.locator('[data-for="note"]') })
    .getByRole('button', { name: 'Settings' })
    .click();
const drawer = (): Locator => page.getByRole('complementary', { name: 'Panel settings' });
const wires = (): Locator => drawer().getByRole('region', { name: 'Wires' });
const form = (): Locator => drawer().getByRole('form', { name: 'New wire' });
const value = (name: string | RegExp): Locator => form().getByRole('treegrid', { name: 'What it said last' }).getByRole('row', { name });
const noteSays = (text: string | RegExp) => expect.poll(() => words(panel(page, 'notes'))).toMatch(text);

it('is made by pointing: the source, a value of what it said last, and an attribute of the target', async () => {
  await openSettings();
  await wires().getByRole('button', { name: 'Wire this panel…' }).click();
  const add = form().getByRole('button', { name: 'Add wire' });
  expect(await add.isDisabled()).toBe(true);

  // A click points, and is not the widget's; Escape gives up.
  await form().getByRole('button', { name: 'Point at it' }).click();
  await page.keyboard.press('Escape');
  await form().getByRole('button', { name: 'Point at it' }).click();
  await tableRow(page, 'AAPL').click();
  await form()
    .getByRole('button', { name: /When this panel.*Instruments|Instruments.*When this panel/ })
    .waitFor();
  await form().getByText('Nothing of it has been heard yet.').waitFor();

  // Now it is the widget's, and what it says is shown.
  await tableRow(page, 'AAPL').click();
  await value(/^ticker/).waitFor();
  expect(await value(/^name/).innerText()).toMatch(/Apple/);
  await value(/^name/).click();
  await form()
    .getByRole('button', { name: /and set this of Note/ })
    .click();
  await page.getByRole('option', { name: /^subject\b(?!-)/ }).click();
  const sentence = 'When Instruments says fdc3.instrument, its name sets subject here.';
  await form().getByText(sentence).waitFor();
  await inBothThemes(page, 'wires form');
  await add.click();

  await wires().getByText(sentence).waitFor();
  await noteSays(/Notes on Apple/);
  await tableRow(page, 'AMZN').click();
  await noteSays(/Notes on Amazon/);
});

it('is made by the keyboard alone, to a setting of the target', async () => {
  /** One after the other, as Tab goes. */
  const tabTo = async (what: Locator): Promise<void> => {
    await what.waitFor();
    for (let pressed = 0; pressed < 40; pressed++) {
      if (await what.evaluate((element) => element.matches(':focus, :focus-within'))) return;
      await page.keyboard.press('Tab');
    }
    throw new Error('Tab does not lead there');
  };
  const choose = async (name: string, typed: string): Promise<void> => {
    await tabTo(form().getByRole('button', { name }));
    await page.keyboard.press('ArrowDown');
    await page.getByRole('listbox').waitFor();
    await page.keyboard.type(typed);
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toMatch(new RegExp(`^${typed}`));
    await page.keyboard.press('Enter');
    await page.getByRole('listbox').waitFor({ state: 'detached' });
  };
  await tabTo(wires().getByRole('button', { name: 'Wire this panel…' }));
  await page.keyboard.press('Enter');
  await choose('When this panel', 'Instruments');
  // What it said last is there at once.
  await tabTo(form().getByRole('treegrid'));
  await expect
    .poll(async () => {
      await page.keyboard.press('ArrowDown');
      return page.evaluate(() => document.activeElement?.textContent ?? '');
    })
    .toMatch(/^ticker/);
  await page.keyboard.press('Enter');
  await choose('and set this of Note', 'Heading');
  await form().getByText('its id.ticker sets Heading here.').waitFor();
  await tabTo(form().getByRole('button', { name: 'Add wire' }));
  await page.keyboard.press('Enter');
  await wires().getByText('its id.ticker sets Heading here.').waitFor();
  await noteSays(/AMZN on Amazon/);
  // The setting's own field says so.
  await drawer().getByText('its id.ticker sets Heading here. What stands here is used until then.').waitFor();
  // The keyboard is where one can go on.
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Wires');
});

it('is undone and done again, step by step', async () => {
  await page.keyboard.press('Control+z');
  await noteSays(/Notes on Amazon/);
  await page.keyboard.press('Control+z');
  await expect.poll(() => wires().getByRole('listitem').count()).toBe(0);
  await expect.poll(() => words(panel(page, 'notes'))).not.toMatch(/Amazon/);
  await page.keyboard.press('Control+y');
  await page.keyboard.press('Control+y');
  await expect.poll(() => wires().getByRole('listitem').count()).toBe(2);
  await noteSays(/AMZN on Amazon/);
  await inBothThemes(page, 'wires list');
});

it('is shown where it comes from as well, with the way to where it is changed', async () => {
  await page
    .locator('.lm_stack', { has: page.locator('[data-for="rows"]') })
    .getByRole('button', { name: 'Settings' })
    .click();
  const from = wires().getByRole('list', { name: 'Wires from this panel' });
  await from.getByText('When it says fdc3.instrument, its id.ticker sets Heading of Note.').waitFor();
  await inBothThemes(page, 'wires from a panel');
  await from.getByRole('button', { name: 'Settings of Note' }).first().click();
  await expect
    .poll(() =>
      wires()
        .getByRole('button', { name: /^Remove wire/ })
        .count(),
    )
    .toBe(2);
});

it('goes with its source, which is said, and comes back with it', async () => {
  await tabOf(page, 'rows').focus();
  await page.keyboard.press('Delete');
  await page.getByText('Instruments was closed, and with it the wire to Note.').waitFor();
  await expect.poll(() => wires().getByRole('listitem').count()).toBe(0);
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect.poll(() => wires().getByRole('listitem').count()).toBe(2);
});

it('is kept, and heard by whoever only looks', async () => {
  await save(page);
  expect((await readLayout(page, layout)).panels['note']?.bindings).toEqual([
    { from: 'rows', context: 'fdc3.instrument', take: 'name', attribute: 'subject' },
    { from: 'rows', context: 'fdc3.instrument', take: 'id.ticker', setting: 'heading' },
  ]);
  await page.reload();
  await settled(page);
  await tableRow(page, 'MSFT').click();
  await noteSays(/MSFT on Microsoft/);
  // Nobody has to save what came along a wire.
  expect(await page.getByRole('button', { name: 'Save', exact: true }).count()).toBe(0);
});

it('can be taken away on a narrow screen', async () => {
  await edit(page);
  await openSettings();
  await page.setViewportSize({ width: 420, height: 800 });
  await inBothThemes(page, 'wires narrow');
  await wires()
    .getByRole('button', { name: /^Remove wire: .* sets Heading here/ })
    .click();
  await expect.poll(() => wires().getByRole('listitem').count()).toBe(1);
});
