/** Random layouts for property tests. */
import type { LayoutContent, LayoutNode, Panel, PanelBinding } from '@datamesh/contracts';
import fc from 'fast-check';
import { emptyLayout } from '../edit';
import { panelsOf } from '../tree';
import { withoutLooseWires } from '../wires';

const IDS = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8', 'p9'];

const shape: fc.Arbitrary<LayoutNode> = fc.letrec<{ node: LayoutNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: 'medium' },
    fc.record({
      type: fc.constant('stack' as const),
      active: fc.nat(3),
      panels: fc.array(fc.constant(''), { minLength: 0, maxLength: 3 }),
    }),
    fc.record({
      type: fc.constantFrom('row' as const, 'column' as const),
      children: fc.array(fc.record({ size: fc.double({ min: 0.01, max: 1, noNaN: true }), node: tie('node') }), {
        minLength: 1,
        maxLength: 4,
      }),
    }),
  ),
})).node;

/** Panels named in reading order, so that no name stands twice. */
function named(node: LayoutNode, ids: string[]): LayoutNode {
  if (node.type === 'stack') {
    const panels = node.panels.flatMap(() => ids.splice(0, 1));
    return { ...node, panels, active: Math.min(node.active, Math.max(0, panels.length - 1)) };
  }
  return { ...node, children: node.children.map((child) => ({ ...child, node: named(child.node, ids) })) };
}

export const wire: fc.Arbitrary<PanelBinding> = fc
  .tuple(fc.constantFrom(...IDS), fc.constantFrom('fdc3.instrument', 'change'), fc.constantFrom('symbol', 'label'), fc.boolean())
  .map(([from, says, target, short]) => ({
    from,
    ...(says === 'change' ? { event: says } : { context: says }),
    take: short ? 'name' : 'id.ticker',
    ...(target === 'label' ? { attribute: target } : { setting: target }),
  }));

export const panel: fc.Arbitrary<Panel> = fc.record(
  {
    widget: fc.constantFrom('data-table@stable', 'series-chart@1.0.0', 'notes@^1.2'),
    title: fc.option(fc.constantFrom('Prices', 'Notes')),
    settings: fc.dictionary(fc.constantFrom('symbol', 'period'), fc.oneof(fc.integer(), fc.constantFrom('AAPL', 'IBM')), { maxKeys: 2 }),
    channel: fc.constantFrom(null, 'red' as const, 'none' as const),
    direction: fc.constantFrom('both' as const, 'send' as const),
    bindings: fc.array(wire, { maxLength: 3 }),
  },
  { requiredKeys: ['widget'] },
);

export const content: fc.Arbitrary<LayoutContent> = fc
  .tuple(shape, fc.array(panel, { minLength: IDS.length, maxLength: IDS.length }), fc.constantFrom('Morning', 'Evening'))
  .map(([node, panels, title]) => {
    const tree = named(node, [...IDS]);
    const placed = panelsOf(tree);
    const all = Object.fromEntries(placed.map((id) => [id, panels[IDS.indexOf(id)] ?? { widget: 'notes@stable' }]));
    return {
      ...emptyLayout(title),
      tree,
      panels: withoutLooseWires(all),
    };
  });

export const side = fc.constantFrom('left' as const, 'right' as const, 'top' as const, 'bottom' as const);
