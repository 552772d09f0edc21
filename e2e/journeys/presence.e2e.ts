/** Two people in one layout: each sees that the other is there and what they edit, and is told before both are at one panel. */
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { edit, panel } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';
import { picture } from '../harness/pictures';
import { inBothThemes } from '../harness/themes';
import { settled, split, stack, tabOf } from '../harness/windows';

const here = journey();
const company = (page: Page): Locator => page.getByRole('button', { name: /^Also here:/ });
const says = (page: Page, text: string | RegExp) =>
  expect.poll(async () => ((await company(page).count()) === 0 ? 'nobody' : company(page).getAttribute('aria-label'))).toMatch(text);
const note = (page: Page): Locator => page.locator('.dm-note[data-kind="who-else"]');
it('shows who else has a layout open, who edits it, and who works on the same panel', async () => {
  const { page: alex } = await here.visitors.person('alex');
  const id = await createLayout(alex, {
    title: 'Together',
    department: 'sales',
    visibility: 'department',
    grants: [{ to: 'user:robin', may: 'edit' }],
    tree: split('row', stack('rows'), stack('note')),
    panels: { rows: { widget: 'data-table@stable', title: 'Instruments' }, note: { widget: 'notes@stable', title: 'Note' } },
  });
  const path = `/l/${id}`;
  await alex.goto(path);
  await settled(alex);
  // Alone, nothing of it is there.
  expect(await company(alex).count()).toBe(0);

  // Who only looks is seen, and sees nothing of it.
  const { page: casey } = await here.visitors.person('casey', path);
  await settled(casey);
  await says(alex, /^Also here: Casey Brooks$/);
  const { page: robin } = await here.visitors.person('robin', path);
  await settled(robin);
  await edit(robin);
  await says(alex, /^Also here: Robin \S+ \(edits\) and Casey Brooks$/);
  await says(robin, /^Also here: Alex Lin and Casey Brooks$/);
  expect(await company(casey).count()).toBe(0);

  // Another panel is nobody's business; the same one is, before anything of it is changed, and on both pages.
  await tabOf(robin, 'rows').click();
  await edit(alex);
  await tabOf(alex, 'note').click();
  await says(robin, /Alex Lin \(edits\)/);
  expect(await note(alex).count()).toBe(0);
  await tabOf(alex, 'rows').click();
  const hint = panel(alex, 'data-table').getByText(/^Robin \S+ is working on this panel, too\.$/);
  await hint.waitFor();
  await panel(robin, 'data-table').getByText('Alex Lin is working on this panel, too.').waitFor();

  // By the keyboard: the list, in words.
  await company(alex).focus();
  await alex.keyboard.press('Enter');
  const list = alex.getByRole('list', { name: 'Also here' });
  await expect
    .poll(() => list.getByRole('listitem').allInnerTexts())
    .toEqual([expect.stringMatching(/^Robin \S+\s+edits Instruments$/), expect.stringMatching(/^Casey Brooks\s+looks at it$/)]);
  await inBothThemes(alex, 'presence');
  await alex.keyboard.press('Escape');
  await list.waitFor({ state: 'hidden' });
  await alex.setViewportSize({ width: 420, height: 800 });
  await company(alex).waitFor();
  await picture(alex, 'presence phone');
  await alex.setViewportSize({ width: 1440, height: 900 });

  // Gone to another place, or closed: gone at once.
  await tabOf(robin, 'note').click();
  await expect.poll(() => note(alex).count()).toBe(0);
  await robin.goto('/layouts');
  await says(alex, /^Also here: Casey Brooks$/);
  await casey.goto('about:blank');
  await says(alex, /^nobody$/);
});
