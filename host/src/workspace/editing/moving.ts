import type { LayoutContent } from '@datamesh/contracts';
import { type ArrangedStack, arrange, movePanel, stackOf } from '@datamesh/layout';

export type Direction = 'left' | 'right' | 'top' | 'bottom';

const SIZE = { width: 10_000, height: 10_000 };

/**
 * One step of a panel by keyboard: out of its stack first, then past its neighbour in that direction, at last to the edge
 * of the whole. Unchanged when it is there already.
 */
export function moveTowards(content: LayoutContent, panel: string, direction: Direction): LayoutContent {
  const companion = stackOf(content.tree, panel)?.panels.find((other) => other !== panel);
  if (companion !== undefined) return movePanel(content, panel, { beside: companion, side: direction });
  const { stacks } = arrange(content.tree, SIZE, { gap: 0 });
  const own = stacks.find(({ panels }) => panels.includes(panel));
  if (!own) return content;
  const neighbour = neighbourOf(stacks, own, direction)?.panels[0];
  if (neighbour !== undefined) return movePanel(content, panel, { beside: neighbour, side: direction });
  return spansEdge(own, direction) ? content : movePanel(content, panel, { edge: direction });
}

/** The nearest stack in a direction that shares most of the edge. */
export function neighbourOf(stacks: readonly ArrangedStack[], from: ArrangedStack, direction: Direction): ArrangedStack | undefined {
  const ranked = stacks
    .filter((other) => other !== from && distance(from, other, direction) >= -1 && overlap(from, other, direction) > 1)
    .sort(
      (a, b) => distance(from, a, direction) - distance(from, b, direction) || overlap(from, b, direction) - overlap(from, a, direction),
    );
  return ranked[0];
}

function distance({ rect: a }: ArrangedStack, { rect: b }: ArrangedStack, direction: Direction): number {
  if (direction === 'right') return b.x - (a.x + a.width);
  if (direction === 'left') return a.x - (b.x + b.width);
  if (direction === 'bottom') return b.y - (a.y + a.height);
  return a.y - (b.y + b.height);
}

function overlap({ rect: a }: ArrangedStack, { rect: b }: ArrangedStack, direction: Direction): number {
  return direction === 'left' || direction === 'right'
    ? Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
    : Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
}

const spansEdge = ({ rect }: ArrangedStack, direction: Direction): boolean =>
  direction === 'left' || direction === 'right' ? rect.height >= SIZE.height - 1 : rect.width >= SIZE.width - 1;
