import type { LayoutNode } from '@datamesh/contracts';
import { emptyLayout, panelsOf } from '@datamesh/layout';
import { describe, expect, it } from 'vitest';
import { type Direction, moveTowards } from './moving';

const stack = (...panels: string[]): LayoutNode => ({ type: 'stack', active: 0, panels });
const split = (type: 'row' | 'column', ...nodes: LayoutNode[]): LayoutNode => ({
  type,
  children: nodes.map((node) => ({ size: 1 / nodes.length, node })),
});
const moved = (tree: LayoutNode, panel: string, direction: Direction): LayoutNode => {
  const panels = Object.fromEntries(panelsOf(tree).map((id) => [id, { widget: 'a-table@stable' }]));
  return moveTowards({ ...emptyLayout('x'), tree, panels }, panel, direction).tree;
};

describe('moving a panel by keyboard', () => {
  it('takes it out of its stack first', () => {
    expect(moved(stack('a', 'b'), 'b', 'right')).toMatchObject({ type: 'row', children: [{ node: stack('a') }, { node: stack('b') }] });
    expect(moved(stack('a', 'b'), 'b', 'top')).toMatchObject({ type: 'column', children: [{ node: stack('b') }, { node: stack('a') }] });
  });

  it('takes it past its neighbour', () => {
    expect(panelsOf(moved(split('row', stack('a'), stack('b'), stack('c')), 'a', 'right'))).toEqual(['b', 'a', 'c']);
    expect(panelsOf(moved(split('row', stack('a'), stack('b'), stack('c')), 'c', 'left'))).toEqual(['a', 'c', 'b']);
  });

  it('takes it to the edge of the whole where no neighbour is left', () => {
    const tree = moved(split('row', stack('a'), stack('b')), 'b', 'bottom');
    expect(tree).toMatchObject({ type: 'column', children: [{ node: stack('a') }, { node: stack('b') }] });
  });

  it('leaves it where it already stands along that edge', () => {
    const tree = split('row', stack('a'), stack('b'));
    expect(moved(tree, 'a', 'left')).toBe(tree);
    expect(moved(stack('a'), 'a', 'right')).toEqual(stack('a'));
  });

  it('loses no panel, whatever the direction', () => {
    const tree = split(
      'row',
      split('column', stack('a', 'b'), stack('c')),
      split('column', stack('d'), split('row', stack('e'), stack('f'))),
    );
    for (const panel of 'abcdef')
      for (const direction of ['left', 'right', 'top', 'bottom'] as const)
        expect([...panelsOf(moved(tree, panel, direction))].sort()).toEqual([...'abcdef']);
  });
});
