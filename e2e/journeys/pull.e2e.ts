/** A copy takes in what its original has changed: shown before it happens, what clashes chosen per panel, and undone by one click. */
import type { LayoutContentInput } from '@datamesh/contracts';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { edit, ready } from '../harness/dashboard';
import { beyondTheEdge } from '../harness/edges';
import { journey } from '../harness/journey';
import { createLayout, readLayout, writeLayout } from '../harness/layouts';
import { onPhone, picture } from '../harness/pictures';
import { inBothThemes } from '../harness/themes';

const here = journey();
const content = (settings: Record<string, unknown>, more: LayoutContentInput['panels'] = {}): LayoutContentInput => ({
  title: 'The original',
  department: 'sales',
  visibility: 'department',
  tree: {
    type: 'row',
    children: ['table', ...Object.keys(more)].map((id, _, all) => ({
      size: 1 / all.length,
      node: { type: 'stack', active: 0, panels: [id] },
    })),
  },
  panels: { table: { widget: 'data-table@stable', title: 'Instruments', settings }, ...more },
});
const notes: LayoutContentInput['panels'] = { notes: { widget: 'notes@stable', title: 'News', settings: {} } };

it('is offered as soon as the original has changed, and can be undone', async () => {
  const alex = await here.visitors.person('alex');
  const casey = await here.visitors.person('casey');
  const original = await createLayout(alex.page, content({ sort: 'name' }));
  const copy = await writeLayout(casey.page, 'POST', `/layouts/${original}/clone`, { title: 'My copy' });
  await casey.page.goto(`/l/${copy.id}`);
  await ready(casey.page, 'data-table');
  expect(await casey.page.getByRole('button', { name: 'See and pull' }).count()).toBe(0);

  await writeLayout(alex.page, 'PUT', `/layouts/${original}`, content({ sort: 'name' }, notes), 1);
  await casey.page.getByText('“The original”, which this was copied from, has changed.').waitFor();
  await casey.page.getByRole('button', { name: 'See and pull' }).click();
  const dialog = casey.page.getByRole('dialog', { name: 'Pull from “The original”' });
  await dialog.getByText('Added News').waitFor();
  await inBothThemes(casey.page, 'pull without conflicts');
  // What is told goes by itself, but not under somebody's focus.
  const undo = casey.page.getByRole('button', { name: 'Undo', exact: true });
  const told = undo.waitFor();
  await dialog.getByRole('button', { name: 'Pull', exact: true }).click();
  await told;
  await undo.focus();
  await casey.page.getByText('Pulled from “The original”.').waitFor();
  await ready(casey.page, 'notes');
  await expect
    .poll(() => readLayout(casey.page, copy.id))
    .toMatchObject({
      title: 'My copy',
      visibility: 'private',
      forkedFrom: { layout: original, revision: 2 },
    });
  await expect.poll(() => casey.page.getByRole('button', { name: 'See and pull' }).count()).toBe(0);

  await undo.click();
  await expect.poll(() => casey.page.locator('section.dm-panel').count()).toBe(1);
  await casey.page.getByRole('button', { name: 'See and pull' }).waitFor();
  await expect.poll(() => readLayout(casey.page, copy.id)).toMatchObject({ forkedFrom: { layout: original, revision: 1 }, revision: 3 });
  await alex.context.close();
  await casey.context.close();
});

it('is known both ways: to the copy’s people, and to those of the original as a count', async () => {
  const alex = await here.visitors.person('alex');
  const casey = await here.visitors.person('casey');
  const original = await createLayout(alex.page, { ...content({ sort: 'name' }), title: 'Quagga' });
  const copy = await writeLayout(casey.page, 'POST', `/layouts/${original}/clone`, { title: 'Quagga of my own' });
  const card = (page: Page, title: string) => page.getByRole('grid', { name: 'Layouts' }).getByRole('row', { name: title, exact: true });
  const history = async (page: Page): Promise<Locator> => {
    await edit(page);
    await page.getByRole('button', { name: 'History' }).click();
    return page.getByRole('dialog', { name: /^History of/ });
  };
  for (const { page } of [alex, casey]) await page.goto('/layouts');
  await card(alex.page, 'Quagga').getByText('1 copy').waitFor();
  // Who only looks at it is not told who else took a copy.
  await card(casey.page, 'Quagga').waitFor();
  expect(await card(casey.page, 'Quagga').innerText()).not.toContain('copy');
  await card(casey.page, 'Quagga of my own').getByText('Copied from Quagga by Alex Lin').waitFor();
  await inBothThemes(casey.page, 'library with a copy');
  await card(casey.page, 'Quagga of my own').getByRole('link', { name: 'Quagga' }).click();
  await casey.page.waitForURL(`**/l/${original}`);
  await ready(casey.page, 'data-table');

  await casey.page.goto(`/l/${copy.id}`);
  await ready(casey.page, 'data-table');
  await (await history(casey.page)).getByText('Copied from Quagga by Alex Lin, revision 1').waitFor();
  await inBothThemes(casey.page, 'history of a copy');
  await alex.page.goto(`/l/${original}`);
  await ready(alex.page, 'data-table');
  await (await history(alex.page)).getByText('1 copy').waitFor();

  // What is no longer shared is not named any more.
  const own = { ...content({ sort: 'name' }), title: 'Quagga of Alex', department: null, visibility: 'private' as const };
  await writeLayout(alex.page, 'PUT', `/layouts/${original}`, own, 1);
  await casey.page.goto('/layouts');
  await card(casey.page, 'Quagga of my own').getByText('Copied from a layout that you cannot open').waitFor();
  await alex.context.close();
  await casey.context.close();
});

it('is offered again where an earlier revision is restored, from before it', async () => {
  const alex = await here.visitors.person('alex');
  const casey = await here.visitors.person('casey');
  const original = await createLayout(alex.page, content({ sort: 'name' }));
  const copy = await writeLayout(casey.page, 'POST', `/layouts/${original}/clone`, { title: 'My copy' });
  await writeLayout(alex.page, 'PUT', `/layouts/${original}`, content({ sort: 'name' }, notes), 1);
  await casey.page.goto(`/l/${copy.id}`);
  await ready(casey.page, 'data-table');
  const pull = async (): Promise<void> => {
    await casey.page.getByRole('button', { name: 'See and pull' }).click();
    const dialog = casey.page.getByRole('dialog', { name: 'Pull from “The original”' });
    await dialog.getByText('Added News').waitFor();
    await dialog.getByRole('button', { name: 'Pull', exact: true }).click();
    await ready(casey.page, 'notes');
  };
  await pull();
  await edit(casey.page);
  await casey.page.getByRole('button', { name: 'History' }).click();
  const history = casey.page.getByRole('dialog', { name: /^History of/ });
  await history.getByRole('option').filter({ hasText: 'Revision 1' }).click();
  await history.getByRole('button', { name: 'Restore revision 1' }).click();
  await expect.poll(() => readLayout(casey.page, copy.id)).toMatchObject({ forkedFrom: { layout: original, revision: 1 } });
  await expect.poll(() => casey.page.locator('section.dm-panel').count()).toBe(1);
  await pull();
  // A step like any other.
  await expect.poll(() => readLayout(casey.page, copy.id)).toMatchObject({ forkedFrom: { layout: original, revision: 2 } });
  await casey.page.getByTitle('Undo: Pull from “The original”').click();
  await expect.poll(() => casey.page.locator('section.dm-panel').count()).toBe(1);
  await casey.page.keyboard.press('Control+s');
  await expect.poll(() => readLayout(casey.page, copy.id)).toMatchObject({ forkedFrom: { layout: original, revision: 1 } });
  await casey.page.getByRole('button', { name: 'See and pull' }).waitFor();
  await alex.context.close();
  await casey.context.close();
});

it('lets one choose per panel what both have changed', async () => {
  const alex = await here.visitors.person('alex');
  const casey = await here.visitors.person('casey');
  const original = await createLayout(alex.page, content({ sort: 'name' }, notes));
  const copy = await writeLayout(casey.page, 'POST', `/layouts/${original}/clone`, { title: 'My copy' });
  const own = { department: null, visibility: 'private' as const, title: 'My copy' };
  const oneBelowTheOther = { ...content({ sort: 'last' }, notes).tree, type: 'column' as const };
  const tabs = { type: 'stack' as const, active: 0, panels: ['table', 'notes'] };
  await writeLayout(casey.page, 'PUT', `/layouts/${copy.id}`, { ...content({ sort: 'last' }, notes), tree: oneBelowTheOther, ...own }, 1);
  await writeLayout(alex.page, 'PUT', `/layouts/${original}`, { ...content({ sort: 'change' }, notes), tree: tabs }, 1);
  await casey.page.goto(`/l/${copy.id}`);
  await ready(casey.page, 'data-table');
  await casey.page.getByRole('button', { name: 'See and pull' }).click();
  const dialog = casey.page.getByRole('dialog', { name: 'Pull from “The original”' });
  const choice = dialog.getByRole('radiogroup', { name: /^Instruments/ });
  await choice.waitFor();
  const arrangement = dialog.getByRole('radiogroup', { name: /^Arrangement/ });
  // Each side is drawn: two stacks one below the other of the copy, one with two tabs of the original; where the panel is stands out.
  const drawn = (group: Locator, what: string): Promise<number[]> =>
    Promise.all(['Keep mine', 'Take the original’s'].map((side) => group.locator('.merge-side', { hasText: side }).locator(what).count()));
  for (const group of [choice, arrangement]) expect(await drawn(group, '.picture-stack')).toEqual([2, 1]);
  expect(await drawn(choice, '[data-marked]')).toEqual([1, 1]);
  expect(await drawn(arrangement, '[data-marked]')).toEqual([0, 0]);
  expect(await dialog.getByRole('button', { name: 'Pull', exact: true }).isDisabled()).toBe(true);
  await inBothThemes(casey.page, 'pull');
  await onPhone(casey.page, () => picture(casey.page, 'pull phone'));
  await casey.page.setViewportSize({ width: 390, height: 844 });
  expect(await beyondTheEdge(casey.page, '.dialog-modal *')).toEqual([]);
  await casey.page.setViewportSize({ width: 1440, height: 900 });
  for (const group of [choice, arrangement]) await group.getByRole('radio', { name: /Take the original’s/ }).check({ force: true });
  await dialog.getByRole('button', { name: 'Pull', exact: true }).click();
  await expect
    .poll(() => readLayout(casey.page, copy.id))
    .toMatchObject({ tree: tabs, panels: { table: { settings: { sort: 'change' } } } });
  await alex.context.close();
  await casey.context.close();
});
