import type { LayoutNode, SplitNode } from '@datamesh/contracts';
import { normaliseTree } from './normalTree';

/** golden-layout's configuration of an item, as much of it as we use; ours goes in, theirs (resolved) comes out. */
export type GoldenItem =
  | { type: 'component'; componentType: string; componentState: string; title: string; id: string; size?: string }
  | { type: 'stack'; content: GoldenItem[]; activeItemIndex: number; size?: string }
  | { type: 'row' | 'column'; content: GoldenItem[]; size?: string };

export interface ResolvedItem {
  readonly type: string;
  readonly content?: readonly ResolvedItem[];
  readonly size?: number;
  readonly activeItemIndex?: number;
  readonly componentState?: unknown;
}

export const COMPONENT = 'panel';

/** Our tree as golden-layout loads it; undefined for a layout without panels. */
export function toGolden(tree: LayoutNode, titleOf: (panel: string) => string): GoldenItem | undefined {
  const normal = normaliseTree(tree);
  return normal.type === 'stack' && normal.panels.length === 0 ? undefined : item(normal, titleOf);
}

function item(node: LayoutNode, titleOf: (panel: string) => string, size?: string): GoldenItem {
  const sized = size === undefined ? {} : { size };
  if (node.type === 'stack') {
    const content = node.panels.map(
      (id): GoldenItem => ({ type: 'component', componentType: COMPONENT, componentState: id, title: titleOf(id), id }),
    );
    return { type: 'stack', content, activeItemIndex: node.active, ...sized };
  }
  return { type: node.type, content: node.children.map((child) => item(child.node, titleOf, fraction(child.size))), ...sized };
}

/** Our sizes are ten-thousandths. In whole numbers: golden-layout reads 49.99% as 49%. */
const fraction = (share: number): string => `${Math.round(share * 10_000)}fr`;

/** What golden-layout holds, as our tree in its normal shape. Everything of theirs (settings, headers, pixels) stays behind. */
export function fromGolden(root: ResolvedItem | undefined): LayoutNode {
  return normaliseTree((root && node(root)) ?? { type: 'stack', active: 0, panels: [] });
}

function node(item: ResolvedItem): LayoutNode | undefined {
  const content = item.content ?? [];
  if (item.type === 'component') return typeof item.componentState === 'string' ? stack([item.componentState], 0) : undefined;
  if (item.type === 'stack') {
    const panels = content.flatMap(({ componentState }) => (typeof componentState === 'string' ? [componentState] : []));
    return stack(panels, item.activeItemIndex ?? 0);
  }
  if (item.type !== 'row' && item.type !== 'column') return undefined;
  const children: SplitNode['children'] = [];
  for (const child of content) {
    const inner = node(child);
    if (inner) children.push({ size: child.size && child.size > 0 ? child.size / 100 : 1 / content.length, node: inner });
  }
  return { type: item.type, children };
}

const stack = (panels: string[], active: number): LayoutNode => ({ type: 'stack', active, panels });
