import type { LayoutContent, LayoutNode, Panel, SplitNode } from '@datamesh/contracts';
import { emptyStack } from './tree';

/** Sizes are kept in ten-thousandths of their parent: finer than a pixel, and exact to compare. */
const UNITS = 10_000;

/**
 * One shape for everything that looks the same: no empty or single-child splits, no row directly in a row, sizes that
 * sum to 1, no explicit defaults in panels. Idempotent. Panels that the tree does not place stay untouched: `validate` names them.
 */
export function normalise(content: LayoutContent): LayoutContent {
  const panels: Record<string, Panel> = {};
  for (const id of Object.keys(content.panels).sort()) {
    const panel = content.panels[id];
    if (panel) panels[id] = normalisePanel(panel);
  }
  const filters = [...content.filters].sort((a, b) => (a.context.type < b.context.type ? -1 : a.context.type > b.context.type ? 1 : 0));
  return { ...content, tree: normaliseTree(content.tree), panels, filters };
}

function normalisePanel(panel: Panel): Panel {
  const next: Panel = { widget: panel.widget };
  if (panel.title) next.title = panel.title;
  if (panel.settings && Object.keys(panel.settings).length > 0) next.settings = panel.settings;
  if (panel.channel) next.channel = panel.channel;
  if (panel.direction && panel.direction !== 'both') next.direction = panel.direction;
  return next;
}

export function normaliseTree(tree: LayoutNode): LayoutNode {
  const flat = flatten(tree);
  return flat ? apportionTree(flat) : emptyStack();
}

/** Structure only; sizes stay exact products until the end, so that flattening twice changes nothing. */
function flatten(node: LayoutNode): LayoutNode | undefined {
  if (node.type === 'stack') {
    if (node.panels.length === 0) return undefined;
    return { type: 'stack', active: Math.min(Math.max(0, node.active), node.panels.length - 1), panels: [...node.panels] };
  }
  const children: SplitNode['children'] = [];
  for (const child of node.children) {
    const next = flatten(child.node);
    if (!next) continue;
    if (next.type !== node.type) {
      children.push({ size: child.size, node: next });
      continue;
    }
    const total = sum(next.children);
    for (const inner of next.children) children.push({ size: (child.size * inner.size) / total, node: inner.node });
  }
  const [only] = children;
  if (!only) return undefined;
  return children.length === 1 ? only.node : { type: node.type, children };
}

function apportionTree(node: LayoutNode): LayoutNode {
  if (node.type === 'stack') return node;
  const sizes = apportion(node.children.map((child) => child.size));
  return { type: node.type, children: node.children.map((child, i) => ({ size: sizes[i] ?? 0, node: apportionTree(child.node) })) };
}

/** Shares that sum to exactly 1 in whole units, each at least one unit: largest remainders get what rounding left over. */
function apportion(sizes: number[]): number[] {
  const total = sizes.reduce((all, size) => all + size, 0);
  const exact = sizes.map((size) => (size / total) * UNITS);
  // A hair is added before rounding down: 0.3 * 10000 may come out as 2999.9999999999995.
  const units = exact.map((value) => Math.max(1, Math.floor(value + 1e-6)));
  let left = UNITS - units.reduce((all, unit) => all + unit, 0);
  const byRemainder = exact.map((value, i) => ({ i, rest: value - Math.floor(value + 1e-6) })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of byRemainder) {
    if (left <= 0) break;
    units[i] = (units[i] ?? 0) + 1;
    left -= 1;
  }
  // Minimum shares can overdraw: the largest pays.
  while (left < 0) {
    const largest = units.indexOf(Math.max(...units));
    units[largest] = (units[largest] ?? 0) - 1;
    left += 1;
  }
  return units.map((unit) => unit / UNITS);
}

function sum(children: SplitNode['children']): number {
  return children.reduce((total, child) => total + child.size, 0);
}
