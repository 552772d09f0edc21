import type { LayoutContent, LayoutContentInput, LayoutNode, SplitNode, StackNode } from '@datamesh/contracts';

export const emptyStack = (): StackNode => ({ type: 'stack', active: 0, panels: [] });

/** The editable part of a layout, with the defaults of what a client may leave out. */
export function contentOf(layout: LayoutContentInput): LayoutContent {
  return {
    title: layout.title,
    department: layout.department ?? null,
    visibility: layout.visibility ?? 'private',
    grants: layout.grants ?? [],
    tree: layout.tree,
    panels: layout.panels,
    defaultChannel: layout.defaultChannel === undefined ? 'blue' : layout.defaultChannel,
    filters: layout.filters ?? [],
  };
}

/** Own keys only: a panel may be called `constructor` in a hostile tree. */
export const hasPanel = (content: Pick<LayoutContent, 'panels'>, id: string): boolean => Object.hasOwn(content.panels, id);

/** Every stack, in reading order, with its path of child indices from the root. */
export function* stacksOf(node: LayoutNode, path: readonly number[] = []): Generator<{ stack: StackNode; path: number[] }> {
  if (node.type === 'stack') yield { stack: node, path: [...path] };
  else for (const [index, child] of node.children.entries()) yield* stacksOf(child.node, [...path, index]);
}

/** Panel ids in reading order. */
export function panelsOf(tree: LayoutNode): string[] {
  return [...stacksOf(tree)].flatMap(({ stack }) => stack.panels);
}

export function stackOf(tree: LayoutNode, panel: string): StackNode | undefined {
  return find(tree, panel)?.stack;
}

/** Child indices from the root to the stack that holds the panel; undefined when none does. */
export function pathOf(tree: LayoutNode, panel: string): number[] | undefined {
  return find(tree, panel)?.path;
}

function find(tree: LayoutNode, panel: string): { stack: StackNode; path: number[] } | undefined {
  for (const entry of stacksOf(tree)) if (entry.stack.panels.includes(panel)) return entry;
  return undefined;
}

/** A copy in which every stack is what `change` makes of it; undefined drops it. Splits without children vanish. */
export function mapStacks(node: LayoutNode, change: (stack: StackNode) => LayoutNode | undefined): LayoutNode | undefined {
  if (node.type === 'stack') return change(node);
  const children: SplitNode['children'] = [];
  for (const child of node.children) {
    const next = mapStacks(child.node, change);
    if (next) children.push({ size: child.size, node: next });
  }
  return children.length > 0 ? { ...node, children } : undefined;
}

/** The tree with only the panels that `keep` wants; null when none is left. */
export function restrict(tree: LayoutNode, keep: (panel: string) => boolean): LayoutNode | undefined {
  return mapStacks(tree, (stack) => {
    const panels = stack.panels.filter(keep);
    if (panels.length === 0) return undefined;
    const active = panels.indexOf(stack.panels[stack.active] ?? '');
    return { type: 'stack', active: active < 0 ? Math.min(stack.active, panels.length - 1) : active, panels };
  });
}
