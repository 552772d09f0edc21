import type { LayoutContent, LayoutNode, Panel, PanelBinding, SplitNode } from '@datamesh/contracts';
import { emptyStack, fold } from './tree';
import { tiedWires } from './wires';

/** Sizes are kept in ten-thousandths of their parent: finer than a pixel, and exact to compare. */
const UNITS = 10_000;

/**
 * One shape for everything that looks the same: no empty or single-child splits, no row directly in a row, sizes that
 * sum to 1, no explicit defaults in panels, no wire without a source. Idempotent. Panels that the tree does not place stay untouched: `validate` names them.
 */
export function normalise(content: LayoutContent): LayoutContent {
  const panels: Record<string, Panel> = {};
  for (const id of Object.keys(content.panels).sort()) {
    const panel = content.panels[id];
    if (panel) panels[id] = normalisePanel(panel, tiedWires(content.panels, id, panel.bindings ?? []));
  }
  const filters = [...content.filters].sort((a, b) => (a.context.type < b.context.type ? -1 : a.context.type > b.context.type ? 1 : 0));
  return { ...content, tree: normaliseTree(content.tree), panels, filters };
}

function normalisePanel(panel: Panel, bindings: PanelBinding[]): Panel {
  const next: Panel = { widget: panel.widget };
  if (panel.title) next.title = panel.title;
  if (panel.settings && Object.keys(panel.settings).length > 0) next.settings = panel.settings;
  if (panel.channel) next.channel = panel.channel;
  if (panel.direction && panel.direction !== 'both') next.direction = panel.direction;
  if (bindings.length > 0) next.bindings = bindings;
  return next;
}

export function normaliseTree(tree: LayoutNode): LayoutNode {
  const flat = flatten(tree);
  return flat ? apportionTree(flat) : emptyStack();
}

/** Structure only; sizes stay exact products until the end, so that flattening twice changes nothing. */
function flatten(tree: LayoutNode): LayoutNode | undefined {
  const kept = withoutEmpty(tree);
  return kept && unnested(kept);
}

/** No empty stack, and no split of one. */
const withoutEmpty = (tree: LayoutNode): LayoutNode | undefined =>
  fold<LayoutNode | undefined>(
    tree,
    ({ panels, active }) =>
      panels.length === 0 ? undefined : { type: 'stack', active: Math.min(Math.max(0, active), panels.length - 1), panels: [...panels] },
    ({ type, children: before }, parts) => {
      const children = before.flatMap(({ size }, i) => {
        const node = parts[i];
        return node ? [{ size, node }] : [];
      });
      return children.length > 1 ? { type, children } : children[0]?.node;
    },
  );

/** No row directly in a row: what is in it stands beside what is around it. */
function unnested(tree: LayoutNode): LayoutNode {
  const root = { size: 1, node: tree };
  const slots = [root];
  for (const slot of slots) {
    const { node } = slot;
    if (node.type === 'stack') continue;
    const children: SplitNode['children'] = [];
    const open = node.children.toReversed();
    for (let next = open.pop(); next; next = open.pop()) {
      const { size, node: inner } = next;
      if (inner.type === node.type) {
        const total = sum(inner.children);
        for (const child of inner.children.toReversed()) open.push({ size: (size * child.size) / total, node: child.node });
        continue;
      }
      const child = { size, node: inner };
      children.push(child);
      slots.push(child);
    }
    slot.node = { type: node.type, children };
  }
  return root.node;
}

const apportionTree = (tree: LayoutNode): LayoutNode =>
  fold<LayoutNode>(
    tree,
    (stack) => stack,
    ({ type, children }, parts) => {
      const sizes = apportion(children.map(({ size }) => size));
      return { type, children: parts.map((node, i) => ({ size: sizes[i] ?? 0, node })) };
    },
  );

/** Shares that sum to exactly 1 in whole units, each at least one unit: largest remainders get what rounding left over. */
function apportion(sizes: number[]): number[] {
  const all = Math.max(UNITS, sizes.length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const exact = sizes.map((size) => (size / total) * all);
  // A hair is added before rounding down: 0.3 * 10000 may come out as 2999.9999999999995.
  const units = exact.map((value) => Math.max(1, Math.floor(value + 1e-6)));
  let left = all - units.reduce((sum, unit) => sum + unit, 0);
  const byRemainder = exact.map((value, i) => ({ i, rest: value - Math.floor(value + 1e-6) })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of byRemainder) {
    if (left <= 0) break;
    units[i] = (units[i] ?? 0) + 1;
    left -= 1;
  }
  // Minimum shares can overdraw: the largest pays, and the next where that is not enough.
  for (const { i, unit } of units.map((unit, i) => ({ i, unit })).sort((a, b) => b.unit - a.unit)) {
    if (left >= 0) break;
    const pays = Math.min(unit - 1, -left);
    units[i] = unit - pays;
    left += pays;
  }
  return units.map((unit) => unit / all);
}

function sum(children: SplitNode['children']): number {
  return children.reduce((total, child) => total + child.size, 0);
}
