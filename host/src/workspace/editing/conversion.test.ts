import type { LayoutNode } from '@datamesh/contracts';
import { emptyLayout, normalise } from '@datamesh/layout';
import fc from 'fast-check';
import { LayoutConfig } from 'golden-layout';
import { describe, expect, it } from 'vitest';
import { toGolden } from './conversion';

/** Any tree with panels p0, p1, … each of them once, in its normal shape. */
const trees = fc
  .letrec<{ node: LayoutNode; stack: LayoutNode; split: LayoutNode }>((tie) => ({
    node: fc.oneof({ maxDepth: 4 }, tie('stack'), tie('split')),
    stack: fc.record({ type: fc.constant('stack' as const), active: fc.nat(3), panels: fc.array(fc.constant(''), { maxLength: 4 }) }),
    split: fc.record({
      type: fc.constantFrom('row' as const, 'column' as const),
      children: fc.array(fc.record({ size: fc.double({ min: 0.05, max: 1, noNaN: true }), node: tie('node') }), {
        minLength: 1,
        maxLength: 4,
      }),
    }),
  }))
  .node.map((tree) => normalise({ ...emptyLayout('x'), tree: numbered(tree, { next: 0 }) }).tree);

function numbered(node: LayoutNode, counter: { next: number }): LayoutNode {
  if (node.type === 'stack') return { ...node, panels: node.panels.map(() => `p${counter.next++}`) };
  return { ...node, children: node.children.map((child) => ({ ...child, node: numbered(child.node, counter) })) };
}

interface Resolved {
  type: string;
  content: Resolved[];
  size: number;
  activeItemIndex: number;
  componentState: string;
  isClosable: boolean;
  reorderEnabled: boolean;
}

/** golden-layout's own reading of a configuration; its typings leave the function out. */
const { resolve } = LayoutConfig as unknown as { resolve(config: { root: unknown }): { root: Resolved | undefined } };

/** What golden-layout makes of it, as a tree of ours. */
const read = (item: Resolved): LayoutNode =>
  item.type === 'stack'
    ? { type: 'stack', active: item.activeItemIndex, panels: item.content.map(({ componentState }) => componentState) }
    : {
        type: item.type as 'row' | 'column',
        children: item.content.map((child) => ({ size: Math.round(child.size) / 10_000, node: read(child) })),
      };

describe('a tree as golden-layout shows it', () => {
  it('has everything that ours has, with the same shares', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const { root } = resolve({ root: toGolden(tree, (id) => id) });
        if (root) expect(read(root)).toEqual(tree);
        else expect(tree).toEqual({ type: 'stack', active: 0, panels: [] });
      }),
    );
  });

  it('has nothing that golden-layout could drag or close by itself', () => {
    const { root } = resolve({ root: toGolden({ type: 'stack', active: 0, panels: ['a', 'b'] }, (id) => id) });
    expect(root?.content.map(({ isClosable, reorderEnabled }) => [isClosable, reorderEnabled])).toEqual([
      [false, false],
      [false, false],
    ]);
  });
});
