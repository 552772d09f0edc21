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
export function* stacksOf(tree: LayoutNode): Generator<{ stack: StackNode; path: number[] }> {
  const open: Step[] = [{ node: tree, index: 0, above: undefined }];
  for (let step = open.pop(); step; step = open.pop()) {
    const { node } = step;
    const here = step;
    if (node.type === 'stack') {
      yield {
        stack: node,
        // Most want to know only which panels there are: a path is made when it is asked for.
        get path() {
          return pathTo(here);
        },
      };
    } else for (const [index, child] of [...node.children.entries()].reverse()) open.push({ node: child.node, index, above: step });
  }
}

interface Step {
  node: LayoutNode;
  /** Among the children of what is above. */
  index: number;
  above: Step | undefined;
}

function pathTo(step: Step): number[] {
  const path: number[] = [];
  for (let at = step; at.above; at = at.above) path.push(at.index);
  return path.reverse();
}

/** From the stacks up to the root. Not by recursion: a tree may be deeper than the stack of the machine. */
export function fold<Result>(
  tree: LayoutNode,
  ofStack: (stack: StackNode) => Result,
  ofSplit: (split: SplitNode, parts: Result[]) => Result,
): Result {
  // Level by level: the children of a node stand together, and after it.
  const nodes: LayoutNode[] = [tree];
  const firsts: number[] = [];
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i];
    firsts.push(nodes.length);
    if (node?.type !== 'stack') for (const child of node?.children ?? []) nodes.push(child.node);
  }
  const results: Result[] = [];
  for (const [i, node] of [...nodes.entries()].reverse()) {
    const first = firsts[i] ?? 0;
    results[i] = node.type === 'stack' ? ofStack(node) : ofSplit(node, results.slice(first, first + node.children.length));
  }
  return results[0] as Result;
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
export function mapStacks(tree: LayoutNode, change: (stack: StackNode) => LayoutNode | undefined): LayoutNode | undefined {
  return fold<LayoutNode | undefined>(tree, change, (split, parts) => {
    const children = split.children.flatMap(({ size }, i) => {
      const node = parts[i];
      return node ? [{ size, node }] : [];
    });
    return children.length > 0 ? { ...split, children } : undefined;
  });
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
