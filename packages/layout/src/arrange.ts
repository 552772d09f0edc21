import type { LayoutNode, SplitNode } from '@datamesh/contracts';
import { fold } from './tree';

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
  place(tree, whole, { gap, smallest }, arrangement);
  if (size.width >= columnBelow) return arrangement;
  const stacks = arrangement.stacks.map((stack, i) => ({
    ...stack,
    rect: { x: 0, y: i * (columnHeight + gap), width: whole.width, height: columnHeight },
  }));
  return { stacks, splits: [], height: Math.max(0, stacks.length * (columnHeight + gap) - gap) };
}

type Spacing = Required<Pick<ArrangeOptions, 'gap' | 'smallest'>>;

function place(tree: LayoutNode, whole: Rect, spacing: Spacing, into: Arrangement): void {
  const least = { width: leastOf(tree, 'width', spacing), height: leastOf(tree, 'height', spacing) };
  const open: { node: LayoutNode; rect: Rect; path: number[] }[] = [{ node: tree, rect: whole, path: [] }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, rect, path } = next;
    if (node.type === 'stack') {
      if (node.panels.length > 0)
        into.stacks.push({ path, key: [...node.panels].sort().join(' '), panels: node.panels, active: node.active, rect });
      continue;
    }
    into.splits.push({ path, type: node.type, rect });
    const parts = partsOf(node, rect, spacing.gap, least[node.type === 'row' ? 'width' : 'height']);
    for (const [index, part] of [...parts.entries()].reverse()) open.push({ ...part, path: [...path, index] });
  }
}

/** Where each child of a split stands. */
function partsOf(split: SplitNode, rect: Rect, wanted: number, least: Least): { node: LayoutNode; rect: Rect }[] {
  const dimension = split.type === 'row' ? 'width' : 'height';
  const between = split.children.length - 1;
  const gap = between > 0 ? Math.min(wanted, Math.floor(rect[dimension] / between)) : 0;
  const lengths = lengthsOf(split, rect[dimension] - gap * between, least);
  let along = 0;
  return split.children.map(({ node }, index) => {
    // Both ends are rounded from the running length: no pixel is lost or given twice.
    const start = Math.round(along);
    along += lengths[index] ?? 0;
    const length = Math.round(along) - start;
    const offset = start + gap * index;
    return {
      node,
      rect: split.type === 'row' ? { ...rect, x: rect.x + offset, width: length } : { ...rect, y: rect.y + offset, height: length },
    };
  });
}

/** By their shares; whoever would be smaller than its least gets that, and the others share the rest, if there is room for all. */
function lengthsOf(split: SplitNode, free: number, leastOfAll: Least): number[] {
  const shares = split.children.map(({ size }) => size);
  const least = split.children.map(({ node }) => leastOfAll.get(node) ?? 0);
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
type Least = ReadonlyMap<LayoutNode, number>;

/** Of each node. */
function leastOf(tree: LayoutNode, dimension: Dimension, { gap, smallest }: Spacing): Least {
  const least = new Map<LayoutNode, number>();
  const noted = (node: LayoutNode, length: number): number => {
    least.set(node, length);
    return length;
  };
  fold<number>(
    tree,
    (stack) => noted(stack, smallest[dimension]),
    (split, parts) => {
      const along = (split.type === 'row') === (dimension === 'width');
      return noted(split, along ? sum(parts) + gap * (parts.length - 1) : parts.reduce((most, part) => Math.max(most, part), 0));
    },
  );
  return least;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);
