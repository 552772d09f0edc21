import type { LayoutNode } from '@datamesh/contracts';
import fc from 'fast-check';
import { LayoutConfig } from 'golden-layout';
import { describe, expect, it } from 'vitest';
import { fromGolden, type ResolvedItem, toGolden } from './conversion';
import { normaliseTree } from './normalTree';

/** Any tree with panels p0, p1, … each of them once. */
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
  .node.map((tree) => numbered(tree, { next: 0 }));

function numbered(node: LayoutNode, counter: { next: number }): LayoutNode {
  if (node.type === 'stack') return { ...node, panels: node.panels.map(() => `p${counter.next++}`) };
  return { ...node, children: node.children.map((child) => ({ ...child, node: numbered(child.node, counter) })) };
}

/** golden-layout's own reading of a configuration; its typings leave the function out. */
const { resolve } = LayoutConfig as unknown as { resolve(config: { root: unknown }): { root: ResolvedItem | undefined } };
const resolved = (tree: LayoutNode): ResolvedItem | undefined => resolve({ root: toGolden(tree, (id) => id) }).root;

describe('conversion to golden-layout and back', () => {
  it('keeps every tree as a person sees it', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        expect(fromGolden(resolved(tree))).toEqual(normaliseTree(tree));
      }),
    );
  });

  it('keeps nothing of golden-layout in our tree', () => {
    const tree = fromGolden(resolved({ type: 'row', children: [{ size: 1, node: { type: 'stack', active: 0, panels: ['a', 'b'] } }] }));
    expect(JSON.stringify(tree)).toBe('{"type":"stack","active":0,"panels":["a","b"]}');
  });

  it('is undefined for a layout without panels, and an empty stack on the way back', () => {
    expect(toGolden({ type: 'stack', active: 0, panels: [] }, String)).toBeUndefined();
    expect(fromGolden(undefined)).toEqual({ type: 'stack', active: 0, panels: [] });
  });
});
