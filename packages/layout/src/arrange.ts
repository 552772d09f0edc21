import type { LayoutNode } from '@datamesh/contracts';

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface ArrangedStack {
  /** Child indices from the root. */
  path: number[];
  /** Stable while the stack holds the same panels. */
  key: string;
  panels: string[];
  active: number;
  rect: Rect;
}

export interface ArrangedSplit {
  path: number[];
  type: 'row' | 'column';
  rect: Rect;
}

export interface Arrangement {
  stacks: ArrangedStack[];
  splits: ArrangedSplit[];
  /** Of everything; more than the given height when one column has to scroll. */
  height: number;
}

export interface ArrangeOptions {
  /** Pixels between neighbours; default 6. */
  gap?: number;
  /** Below this width (pixels) all stacks stand in one column that scrolls; default 0: never. */
  columnBelow?: number;
  /** Height of a stack in that column, pixels; default 340. */
  columnHeight?: number;
}

/** Whole-pixel rectangles for every stack: neighbours never overlap, and the outer edges are exact. */
export function arrange(tree: LayoutNode, size: { width: number; height: number }, options: ArrangeOptions = {}): Arrangement {
  const { gap = 6, columnBelow = 0, columnHeight = 340 } = options;
  const whole: Rect = { x: 0, y: 0, width: Math.max(0, size.width), height: Math.max(0, size.height) };
  const arrangement: Arrangement = { stacks: [], splits: [], height: whole.height };
  place(tree, whole, [], gap, arrangement);
  if (size.width >= columnBelow) return arrangement;
  const stacks = arrangement.stacks.map((stack, i) => ({
    ...stack,
    rect: { x: 0, y: i * (columnHeight + gap), width: whole.width, height: columnHeight },
  }));
  return { stacks, splits: [], height: Math.max(0, stacks.length * (columnHeight + gap) - gap) };
}

function place(node: LayoutNode, rect: Rect, path: number[], gap: number, into: Arrangement): void {
  if (node.type === 'stack') {
    if (node.panels.length > 0)
      into.stacks.push({ path, key: [...node.panels].sort().join(' '), panels: node.panels, active: node.active, rect });
    return;
  }
  into.splits.push({ path, type: node.type, rect });
  const total = node.children.reduce((all, child) => all + child.size, 0);
  const along = node.type === 'row' ? rect.width : rect.height;
  const free = Math.max(0, along - gap * (node.children.length - 1));
  let share = 0;
  for (const [index, child] of node.children.entries()) {
    // Both ends are rounded from the running share: no pixel is lost or given twice.
    const start = Math.round((share / total) * free);
    share += child.size;
    const length = Math.round((share / total) * free) - start;
    const offset = start + gap * index;
    const inner: Rect =
      node.type === 'row' ? { ...rect, x: rect.x + offset, width: length } : { ...rect, y: rect.y + offset, height: length };
    place(child.node, inner, [...path, index], gap, into);
  }
}
