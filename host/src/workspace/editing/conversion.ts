import type { LayoutNode } from '@datamesh/contracts';

/** golden-layout's configuration of an item, as much of it as we use. */
export type GoldenItem =
  | {
      type: 'component';
      componentType: string;
      componentState: string;
      title: string;
      id: string;
      isClosable: false;
      reorderEnabled: false;
      size?: string;
    }
  | { type: 'stack'; content: GoldenItem[]; activeItemIndex: number; size?: string }
  | { type: 'row' | 'column'; content: GoldenItem[]; size?: string };

export const COMPONENT = 'panel';

/** Our tree, in its normal shape, as golden-layout loads it; undefined for a layout without panels. */
export function toGolden(tree: LayoutNode, titleOf: (panel: string) => string): GoldenItem | undefined {
  return tree.type === 'stack' && tree.panels.length === 0 ? undefined : item(tree, titleOf);
}

function item(node: LayoutNode, titleOf: (panel: string) => string, size?: string): GoldenItem {
  const sized = size === undefined ? {} : { size };
  if (node.type === 'stack') {
    // Closing and moving are ours: golden-layout only shows what the layout says.
    const content = node.panels.map(
      (id): GoldenItem => ({
        type: 'component',
        componentType: COMPONENT,
        componentState: id,
        title: titleOf(id),
        id,
        isClosable: false,
        reorderEnabled: false,
      }),
    );
    return { type: 'stack', content, activeItemIndex: node.active, ...sized };
  }
  return { type: node.type, content: node.children.map((child) => item(child.node, titleOf, fraction(child.size))), ...sized };
}

/** Our sizes are ten-thousandths. In whole numbers: golden-layout reads 49.99% as 49%. */
const fraction = (share: number): string => `${Math.round(share * 10_000)}fr`;
