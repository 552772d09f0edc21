/** A panel that is closed, and where the keyboard is then. */
import { expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { find, focusedPanel, openWorkspace, split, stack, stacks, tabOf } from '../../testing/workspaces';

const TREE = split('row', stack('pa', 'pb', 'pe'), split('column', stack('pc'), stack('pd')));

it('by its tab with the mouse, leaves the keyboard at the tab that is in front now, and tells what went', async () => {
  const { calls: told, labels } = await openWorkspace(TREE, { mode: 'edit', titles: { pb: 'Notes' } });
  await userEvent.click(tabOf('pb').querySelector('.dm-tab-close') ?? document.body);
  await expect.poll(stacks).toEqual(['pa+pe', 'pc', 'pd']);
  expect(focusedPanel()).toBe('pa');
  expect(labels()).toEqual(['Close Notes']);
  expect(told.closed).toMatchObject([['Notes', {}, {}, []]]);
});

it.each(['Delete', 'Backspace'])('by %s on its tab, of the last one leaves the keyboard in the workspace', async (key) => {
  const { undo } = await openWorkspace(stack('pa'), { mode: 'edit' });
  tabOf('pa').focus();
  await userEvent.keyboard(`{${key}}`);
  await expect.element(page.getByText('Add a first widget from the marketplace.')).toBeVisible();
  expect(find('.dm-workspace').contains(document.activeElement)).toBe(true);
  undo();
  expect(stacks()).toEqual(['pa']);
});

it('by the menu that a right click on its tab opens, in front or behind, with the keyboard in it', async () => {
  const { labels } = await openWorkspace(TREE, { mode: 'edit', titles: { pb: 'Notes' } });
  await userEvent.click(tabOf('pb'), { button: 'right' });
  const menu = page.getByRole('menu', { name: 'Menu of Notes' });
  await expect.element(menu).toBeVisible();
  expect(menu.element().contains(document.activeElement)).toBe(true);
  await userEvent.click(menu.getByRole('menuitem', { name: 'Close' }));
  await expect.poll(stacks).toEqual(['pa+pe', 'pc', 'pd']);
  expect(labels()).toEqual(['Close Notes']);
});

it('is not closed by a key that was meant for its widget', async () => {
  const { labels } = await openWorkspace(TREE, { mode: 'edit' });
  const field = document.createElement('input');
  find('section.dm-panel[data-panel="pc"]').append(field);
  field.focus();
  await userEvent.keyboard('ab{Backspace}{Delete}{F2}');
  expect(field.value).toBe('a');
  expect(labels()).toEqual([]);
});
