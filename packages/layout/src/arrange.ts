import type { LayoutNode, SplitNode } from '@datamesh/contracts';

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
  /** Pixels between neighbours; default 6, less where a split is too narrow for its gaps. */
  gap?: number;
  /**
   * Pixels that a stack is shown with at least, where its split has room for all of them; default 0. A matter of display
   * alone: what is stored stays, and comes back with the room.
   */
  smallest?: { width: number; height: number };
  /** Below this width (pixels) all stacks stand in one column that scrolls; default 0: never. */
  columnBelow?: number;
  /** Height of a stack in that column, pixels; default 340. */
  columnHeight?: number;
}

/**
 * Whole-pixel rectangles for every stack: neighbours never overlap, nothing stands outside, and the outer edges are exact.
 * Sizes are taken as they are, rounded down to whole pixels.
 */
export function arrange(tree: LayoutNode, size: { width: number; height: number }, options: ArrangeOptions = {}): Arrangement {
  const { gap = 6, smallest = { width: 0, height: 0 }, columnBelow = 0, columnHeight = 340 } = options;
  const whole: Rect = { x: 0, y: 0, width: Math.max(0, Math.floor(size.width)), height: Math.max(0, Math.floor(size.height)) };
  const arrangement: Arrangement = { stacks: [], splits: [], height: whole.height };
  place(tree, whole, [], { gap, smallest }, arrangement);
  if (size.width >= columnBelow) return arrangement;
  const stacks = arrangement.stacks.map((stack, i) => ({
    ...stack,
    rect: { x: 0, y: i * (columnHeight + gap), width: whole.width, height: columnHeight },
  }));
  return { stacks, splits: [], height: Math.max(0, stacks.length * (columnHeight + gap) - gap) };
}

type Spacing = Required<Pick<ArrangeOptions, 'gap' | 'smallest'>>;

function place(node: LayoutNode, rect: Rect, path: number[], spacing: Spacing, into: Arrangement): void {
  if (node.type === 'stack') {
    if (node.panels.length > 0)
      into.stacks.push({ path, key: [...node.panels].sort().join(' '), panels: node.panels, active: node.active, rect });
    return;
  }
  into.splits.push({ path, type: node.type, rect });
  const dimension = node.type === 'row' ? 'width' : 'height';
  const between = node.children.length - 1;
  const gap = between > 0 ? Math.min(spacing.gap, Math.floor(rect[dimension] / between)) : 0;
  const lengths = lengthsOf(node, rect[dimension] - gap * between, dimension, spacing);
  let along = 0;
  for (const [index, child] of node.children.entries()) {
    // Both ends are rounded from the running length: no pixel is lost or given twice.
    const start = Math.round(along);
    along += lengths[index] ?? 0;
    const length = Math.round(along) - start;
    const offset = start + gap * index;
    const inner: Rect =
      node.type === 'row' ? { ...rect, x: rect.x + offset, width: length } : { ...rect, y: rect.y + offset, height: length };
    place(child.node, inner, [...path, index], spacing, into);
  }
}

/** By their shares; whoever would be smaller than its least gets that, and the others share the rest, if there is room for all. */
function lengthsOf(split: SplitNode, free: number, dimension: Dimension, spacing: Spacing): number[] {
  const shares = split.children.map(({ size }) => size);
  const least = split.children.map(({ node }) => leastOf(node, dimension, spacing));
  const held = new Set<number>();
  const roomForAll = sum(least) <= free;
  for (;;) {
    const rest = free - sum([...held].map((index) => least[index] ?? 0));
    const total = sum(shares.filter((_, index) => !held.has(index)));
    const lengths = shares.map((share, index) => (held.has(index) ? (least[index] ?? 0) : (share / total) * rest));
    const squeezed = roomForAll ? lengths.findIndex((length, index) => !held.has(index) && length < (least[index] ?? 0)) : -1;
    if (squeezed < 0 || held.size === shares.length - 1) return lengths;
    held.add(squeezed);
  }
}

type Dimension = 'width' | 'height';

function leastOf(node: LayoutNode, dimension: Dimension, spacing: Spacing): number {
  if (node.type === 'stack') return spacing.smallest[dimension];
  const parts = node.children.map((child) => leastOf(child.node, dimension, spacing));
  const along = (node.type === 'row') === (dimension === 'width');
  return along ? sum(parts) + spacing.gap * (parts.length - 1) : Math.max(...parts);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);
