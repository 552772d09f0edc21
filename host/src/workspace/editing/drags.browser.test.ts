/** A panel that is carried by its tab: where it goes, and what takes it back. */
import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { type Button, carry, centreOf, dragFinger, hover, liftFinger, press, pressKey, release } from '../../testing/hand';
import { find, frameOf, leftovers, type Opened, openWorkspace, places, split, stack, stacks, tabOf } from '../../testing/workspaces';

const TREE = split('row', stack('pa', 'pb', 'pe'), split('column', stack('pc'), stack('pd')));
const ORDER = ['pa+pb+pe', 'pc', 'pd'];
const editing = (): Promise<Opened> => openWorkspace(TREE, { mode: 'edit', titles: { pa: 'Date range', pc: 'Data table' } });

/** As it was, and nothing left of the drag. */
async function untouched(opened: Opened, before: unknown): Promise<void> {
  await expect.poll(leftovers).toEqual([]);
  expect(stacks()).toEqual(ORDER);
  expect(places()).toEqual(before);
  expect(opened.labels()).toEqual([]);
}

it.each<Button>(['right', 'middle'])('does not begin with the %s button', async (button) => {
  const opened = await editing();
  const before = places();
  await carry(centreOf(tabOf('pb')), [600, 400], button);
  expect(leftovers()).toEqual([]);
  await release(button);
  await untouched(opened, before);
});

it.each([
  ['outside of the workspace', [640, 805]],
  ['where it came from', [60, 20]],
] as const)('is taken back where it is let go %s', async (_, to) => {
  const opened = await openWorkspace(TREE, { mode: 'edit', height: 780 });
  const before = places();
  await carry(centreOf(tabOf('pa')), [500, 400]);
  await expect.poll(leftovers).toContain('dm-placing');
  await hover(to, 8);
  await release();
  await untouched(opened, before);
});

const dispatch = (on: EventTarget, event: Event) => async () => void on.dispatchEvent(event);
it.each<[string, () => Promise<unknown>]>([
  ['Escape', () => pressKey('Escape')],
  ['another button', () => press('right').then(() => release('right'))],
  ['a lost pointer', dispatch(document, new PointerEvent('pointercancel', { pointerId: 1, bubbles: true }))],
  ['another window', dispatch(window, new Event('blur'))],
  ['a context menu', dispatch(window, new Event('contextmenu'))],
  ['another size of the window', () => page.viewport(1200, 700).then(() => page.viewport(1280, 800))],
])('that %s interrupts is taken back', async (_, interrupt) => {
  const opened = await editing();
  const before = places();
  await carry(centreOf(tabOf('pb')), [1000, 300]);
  await expect.poll(leftovers).toContain('dm-placing');
  await interrupt();
  // Another button is noticed with the next move.
  await hover([1010, 310]);
  await expect.poll(leftovers).toEqual([]);
  await release();
  await untouched(opened, before);
});

describe('ends', () => {
  it.each<[string, (opened: Opened) => unknown]>([
    ['the mode changes', ({ workspace }) => workspace.setMode('view').then(() => workspace.setMode('edit'))],
    [
      'another layout is shown',
      ({ workspace }) => {
        workspace.setVisible(false);
        workspace.setVisible(true);
      },
    ],
    ['the language changes', ({ workspace }) => workspace.followLanguage()],
  ])('where %s', async (_, change) => {
    const opened = await editing();
    const before = places();
    await carry(centreOf(tabOf('pb')), [1000, 300]);
    await expect.poll(leftovers).toContain('dm-placing');
    await change(opened);
    await expect.poll(leftovers).toEqual([]);
    await release();
    await untouched(opened, before);
  });

  it('where somebody else takes the panel away, and is no step of undo', async () => {
    const { workspace, content, labels } = await editing();
    await carry(centreOf(tabOf('pb')), [1000, 300]);
    await expect.poll(leftovers).toContain('dm-placing');
    const { pb: _gone, ...panels } = content().panels;
    const tree = split('row', stack('pa', 'pe'), split('column', stack('pc'), stack('pd')));
    workspace.show({ layoutId: 'test', content: { ...content(), panels, tree }, overlay: null });
    await expect.poll(leftovers).toEqual([]);
    await hover([900, 500], 10);
    await release();
    expect(stacks()).toEqual(['pa+pe', 'pc', 'pd']);
    expect(labels()).toEqual([]);
  });
});

it('into the middle of a panel makes a tab; the target says so and hides neither itself nor what is carried', async () => {
  const { undo, labels } = await editing();
  await carry(centreOf(tabOf('pc')), [320, 400]);
  await expect.poll(() => document.querySelector('.dm-drop-text')?.textContent).toBe('Add as a tab to Date range');
  const [words, ghost] = [find('.dm-drop-text'), find('.dm-ghost')];
  expect(ghost.textContent).toBe('Data table');
  expect(words.getBoundingClientRect().bottom).toBeLessThan(ghost.getBoundingClientRect().top);
  const above = (selector: string): number => Number(getComputedStyle(find(selector)).zIndex);
  expect(above('.dm-ghost')).toBeGreaterThan(above('.dm-drop'));
  await release();
  await expect.poll(stacks).toEqual(['pa+pb+pe+pc', 'pd']);
  expect(places()['pc']).not.toBeNull();
  expect(labels()).toEqual(['Move panel']);
  undo();
  expect(stacks()).toEqual(ORDER);
});

it('along a strip of tabs changes their order, and a wobble of the hand does not', async () => {
  const { labels } = await editing();
  const [x, y] = centreOf(tabOf('pb'));
  await hover([x, y]);
  await press();
  await hover([x + 4, y + 3], 6);
  await release();
  expect([stacks(), labels()]).toEqual([ORDER, []]);
  await carry(centreOf(tabOf('pa')), [tabOf('pe').getBoundingClientRect().right - 4, y]);
  await expect.poll(() => document.querySelector<HTMLElement>('.dm-insert')?.hidden).toBe(false);
  await release();
  await expect.poll(stacks).toEqual(['pb+pe+pa', 'pc', 'pd']);
});

it('to an edge of the whole stands along all of it', async () => {
  await editing();
  await carry(centreOf(tabOf('pd')), [4, 400]);
  await expect.poll(() => document.querySelector('.dm-drop-text')?.textContent).toBe('Place along the left edge');
  await release();
  await expect.poll(stacks).toEqual(['pd', 'pa+pb+pe', 'pc']);
  const { pd, pa } = places();
  expect(pd?.[0]).toBeLessThan(pa?.[0] ?? 0);
  expect(pd?.[3]).toBeGreaterThan(700);
});

it('works with a finger', async () => {
  await openWorkspace(split('row', stack('ta', 'tb'), stack('tc')), { mode: 'edit' });
  const from = centreOf(tabOf('tb'));
  await dragFinger(from, centreOf(frameOf('tc')));
  await expect.poll(() => document.querySelector('.dm-drop-text')?.textContent).toBe('Add as a tab to Panel tc');
  await liftFinger();
  await expect.poll(stacks).toEqual(['ta', 'tc+tb']);
  expect(leftovers()).toEqual([]);
});
