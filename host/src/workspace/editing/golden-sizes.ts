import type { LayoutNode } from '@datamesh/contracts';
import type { Arrangement } from '@datamesh/layout';
import type { ContentItem, Stack, VirtualLayout } from 'golden-layout';
import type { Rect } from '../arranger';

/** Pixels below which the tabs of a stack come first, and all that its buttons do is in the menu only. */
const NARROW = 220;

/**
 * Gives golden-layout's items the sizes of an arrangement, to the pixel, straight onto their elements. Its own way (`setSize`) reads
 * every element after having written the one before it, and so has the browser arrange the whole page once for every panel; and its
 * minimum sizes would change the sizes that it keeps, whenever the window is small.
 */
export function applySizes(
  layout: VirtualLayout,
  tree: LayoutNode,
  { stacks, splits }: Arrangement,
  /** It is not narrow any more. */
  widened: (stack: Stack) => void,
): void {
  const rects = new Map([...stacks, ...splits].map(({ path, rect }) => [keyOf(path), rect]));
  const visit = (item: ContentItem, node: LayoutNode, path: readonly number[]): void => {
    const rect = rects.get(keyOf(path));
    if (rect) setSize(item.element.style, rect);
    if (node.type === 'stack') {
      if (rect && isNarrow(item as Stack) !== rect.width < NARROW && !item.element.classList.toggle('dm-narrow')) widened(item as Stack);
      return;
    }
    for (const [index, child] of node.children.entries()) {
      const part = item.contentItems[index];
      if (part) visit(part, child.node, [...path, index]);
    }
  };
  if (layout.rootItem) visit(layout.rootItem, tree, []);
}

export const isNarrow = (stack: Stack): boolean => stack.element.classList.contains('dm-narrow');

function setSize(style: CSSStyleDeclaration, { width, height }: Rect): void {
  const [wide, high] = [`${width}px`, `${height}px`];
  if (style.width !== wide) style.width = wide;
  if (style.height !== high) style.height = high;
}

const keyOf = (path: readonly number[]): string => path.join('.');
