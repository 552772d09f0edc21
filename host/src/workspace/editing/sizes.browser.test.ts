/** What a splitter does to panels, and what it does not do. */
import type { LayoutNode } from '@datamesh/contracts';
import { expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { carry, centreOf, hover, pressKey, release } from '../../testing/hand';
import { announced, find, focusedPanel, leftovers, openWorkspace, places, split, stack, tabOf } from '../../testing/workspaces';

const widths = (): number[] => Object.values(places()).map((place) => place?.[2] ?? 0);
const handle = (): HTMLElement => find('.lm_splitter .lm_drag_handle');

/** The first is as narrow as can be. */
const UNEVEN: LayoutNode = { type: 'row', children: [0.1, 0.9].map((size, at) => ({ size, node: stack(at ? 'sb' : 'sa') })) };

it('follow a splitter while it moves, go back with Escape, and are one step of undo', async () => {
  const { labels, undo } = await openWorkspace(split('row', stack('sa'), stack('sb')), { mode: 'edit' });
  const [first = 0, second = 0] = widths();
  const [x, y] = centreOf(handle());
  const hold = async (): Promise<void> => {
    await carry([x, y], [x + 100, y]);
    await expect.poll(widths).toEqual([first + 100, second - 100]);
  };
  await hold();
  expect(labels()).toEqual([]);
  await pressKey('Escape');
  await expect.poll(widths).toEqual([first, second]);
  await release();
  expect([labels(), leftovers()]).toEqual([[], []]);
  await hold();
  await hover([x + 2_000, y], 5);
  await expect.poll(() => widths()[1]).toBe(120);
  await hover([x + 100, y], 5);
  await release();
  await expect.poll(labels).toEqual(['Resize panels']);
  expect(widths()).toEqual([first + 100, second - 100]);
  undo();
  expect(widths()).toEqual([first, second]);
});

it('leave a narrow stack its menu alone, and give it the other buttons while there is room', async () => {
  await openWorkspace(UNEVEN, { mode: 'edit', titles: { sa: 'Date range' } });
  const buttons = (): (string | null)[] =>
    [...find('.lm_stack').querySelectorAll('.dm-action:not(.dm-arrow)')]
      .filter((button) => button.checkVisibility())
      .map((button) => button.getAttribute('aria-label'));
  const all = ['Add a tab to Date range', 'Settings of Date range', 'Maximise Date range', 'Menu of Date range', 'Close Date range'];
  expect(buttons()).toEqual(['Menu of Date range']);
  const [x, y] = centreOf(handle());
  await carry([x, y], [x + 240, y]);
  await expect.poll(buttons).toEqual(all);
  await hover([x, y], 5);
  await expect.poll(buttons).toEqual(['Menu of Date range']);
  await hover([x + 240, y], 5);
  await release();
  await expect.poll(buttons).toEqual(all);
});

it('are not changed by the room that happens to be there', async () => {
  const { place, labels, content, workspace } = await openWorkspace(UNEVEN, { mode: 'edit' });
  const wide = widths();
  place.style.width = '800px';
  await expect.poll(() => widths()[0]).toBe(120);
  place.style.width = '500px';
  await expect.poll(() => widths()[0]).toBeGreaterThan(400);
  place.style.width = '1280px';
  await expect.poll(widths).toEqual(wide);
  expect(labels()).toEqual([]);
  // Edited while there was no room: the sizes stay all the same.
  place.style.width = '800px';
  await expect.poll(() => widths()[0]).toBe(120);
  workspace.show({ layoutId: 'test', content: { ...content(), title: 'Another' }, overlay: null });
  expect(content().tree).toEqual(UNEVEN);
  place.style.width = '1280px';
  await expect.poll(widths).toEqual(wide);
});

it('are the same in view and in edit, also of many panels in a row', async () => {
  const { workspace, labels } = await openWorkspace(split('row', ...Array.from({ length: 12 }, (_, at) => stack(`r${at}`))), {
    mode: 'edit',
  });
  const edited = places();
  await workspace.setMode('view');
  expect(places()).toEqual(edited);
  await workspace.setMode('edit');
  expect(places()).toEqual(edited);
  expect(labels()).toEqual([]);
});

it('are right when a workspace is shown again after its place became smaller', async () => {
  const { workspace, place } = await openWorkspace(split('row', stack('sa'), stack('sb')), { mode: 'edit' });
  const before = places();
  workspace.setVisible(false);
  place.style.width = '900px';
  workspace.setVisible(true);
  await expect.poll(() => widths().reduce((sum, width) => sum + width)).toBeLessThan(900);
  place.style.width = '1280px';
  await expect.poll(places).toEqual(before);
});

it('go by keys as well, are heard, and the keyboard stays', async () => {
  const { labels } = await openWorkspace(split('row', stack('sa'), stack('sb')), { mode: 'edit' });
  const [before = 0] = widths();
  tabOf('sa').focus();
  await userEvent.keyboard('{Alt>}{Shift>}{ArrowRight}{/Shift}{/Alt}');
  await expect.poll(() => widths()[0]).toBeGreaterThan(before);
  expect([announced(), focusedPanel(), labels()]).toEqual(['Larger', 'sa', ['Resize panels']]);
  await userEvent.keyboard('{Alt>}{Shift>}{ArrowLeft}{/Shift}{/Alt}');
  await expect.poll(() => widths()[0]).toBe(before);
});
