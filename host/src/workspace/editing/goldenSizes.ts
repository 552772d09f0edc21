import type { LayoutNode } from '@datamesh/contracts';
import type { Arrangement } from '@datamesh/layout';
import type { ContentItem, VirtualLayout } from 'golden-layout';

/** golden-layout keeps sizes in percent and rounds down: a hair more, so that a pixel stays a pixel. */
const HAIR = 1e-4;

/** What the typings leave out. */
type Sized = ContentItem & { size: number; sizeUnit: string };

/**
 * Gives golden-layout's items the sizes of an arrangement, to the pixel. Its own minimum sizes would change the sizes that it
 * keeps, whenever the window is small.
 */
export function applySizes(
  layout: VirtualLayout,
  tree: LayoutNode,
  arrangement: Arrangement,
  size: { width: number; height: number },
): void {
  const rects = new Map([...arrangement.stacks, ...arrangement.splits].map(({ path, rect }) => [keyOf(path), rect]));
  const visit = (item: ContentItem, node: LayoutNode, path: readonly number[]): void => {
    if (node.type === 'stack') return;
    const dimension = node.type === 'row' ? 'width' : 'height';
    const lengths = node.children.map((_, index) => rects.get(keyOf([...path, index]))?.[dimension] ?? 0);
    const total = Math.max(
      1,
      lengths.reduce((all, length) => all + length, 0),
    );
    for (const [index, child] of node.children.entries()) {
      const part = item.contentItems[index] as Sized | undefined;
      if (!part) continue;
      part.size = (((lengths[index] ?? 0) + HAIR) / total) * 100;
      part.sizeUnit = '%';
      visit(part, child.node, [...path, index]);
    }
  };
  if (layout.rootItem) visit(layout.rootItem, tree, []);
  layout.setSize(size.width, size.height);
}

const keyOf = (path: readonly number[]): string => path.join('.');
