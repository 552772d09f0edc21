/** One stack that fills the workspace, in both modes. */
import { expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { announced, find, focusedPanel, openWorkspace, places, split, stack, stacks, tabOf } from '../testing/workspaces';

const TREE = split('row', stack('pa', 'pb', 'pe'), split('column', stack('pc'), stack('pd')));
/** Of a workspace of 1280 × 800: below the head, within the margin. */
const alone = [6, 38, 1268, 756];
const maximise = (): Promise<void> => userEvent.click(page.getByRole('button', { name: 'Maximise' }).first());
const restore = (): Promise<void> => userEvent.click(page.getByRole('button', { name: 'Restore' }));
const shown = (): (number[] | null)[] => Object.values(places()).filter((place) => place !== null);

it('fills the workspace in view and edit, whatever its size, and is kept over edits', async () => {
  const { workspace, place, labels, undo } = await openWorkspace(TREE, { mode: 'edit' });
  const before = places();
  await maximise();
  expect(places()).toEqual({ pa: alone, pb: null, pc: null, pd: null, pe: null });
  expect(announced()).toBe('Maximised');
  place.style.width = '1100px';
  await expect.poll(() => places()['pa']).toEqual([6, 38, 1088, 756]);
  place.style.width = '1280px';
  await expect.poll(() => places()['pa']).toEqual(alone);
  expect(labels()).toEqual([]);
  tabOf('pb').focus();
  await userEvent.keyboard('{Delete}');
  await expect.poll(stacks).toEqual(['pa+pe']);
  expect(places()['pa']).toEqual(alone);
  undo();
  expect(stacks()).toEqual(['pa+pb+pe']);
  await workspace.setMode('view');
  expect(shown()).toEqual([alone]);
  await restore();
  expect(announced()).toBe('Restored');
  await userEvent.click(page.getByRole('tab', { name: 'Panel pa' }));
  expect(places()).toEqual(before);
  await maximise();
  expect(places()['pa']).toEqual(alone);
  await restore();
  expect(places()).toEqual(before);
});

it('is given up for a panel of another stack that somebody wants to see', async () => {
  const { workspace } = await openWorkspace(TREE);
  await maximise();
  expect(shown()).toEqual([alone]);
  workspace.focusPanel('pd');
  expect(places()['pd']).not.toBeNull();
  expect(focusedPanel()).toBe('pd');
});

it('comes back on another page, with the tabs that were in front and where it was scrolled to', async () => {
  const first = await openWorkspace(TREE);
  await userEvent.click(page.getByRole('tab', { name: 'Panel pe' }));
  await maximise();
  const { view } = first.workspace;
  first.workspace.dispose();
  const second = await openWorkspace(TREE);
  second.workspace.resume(JSON.parse(JSON.stringify(view)));
  expect(shown()).toEqual([alone]);
  expect(places()['pe']).toEqual(alone);
  expect(find('.dm-tab[aria-selected="true"]').dataset['for']).toBe('pe');
});
