import type { LayoutNode, StackNode } from '@datamesh/contracts';

/**
 * Which panel of each stack is in front for this person. Looking at another tab is no change of the layout; a layout that
 * says something else than before wins.
 */
export class ActiveTabs {
  readonly #chosen = new Map<string, string>();

  of(stack: Pick<StackNode, 'panels' | 'active'>): string | undefined {
    const chosen = this.#chosen.get(keyOf(stack.panels));
    return chosen ?? stack.panels[stack.active] ?? stack.panels[0];
  }

  choose(panels: readonly string[], panel: string): void {
    if (panels.includes(panel)) this.#chosen.set(keyOf(panels), panel);
  }

  /** The layout's own choice, where it changed. */
  follow(before: LayoutNode | undefined, after: LayoutNode): void {
    const old = new Map([...(before ? stacks(before) : [])].map((stack) => [keyOf(stack.panels), stack.panels[stack.active]]));
    for (const stack of stacks(after)) {
      const key = keyOf(stack.panels);
      if (!old.has(key) || old.get(key) !== stack.panels[stack.active]) this.#chosen.delete(key);
    }
  }

  /** The tree as this person sees it. */
  applied(node: LayoutNode): LayoutNode {
    if (node.type !== 'stack') return { ...node, children: node.children.map((child) => ({ ...child, node: this.applied(child.node) })) };
    const front = this.of(node);
    return front === undefined ? node : { ...node, active: Math.max(0, node.panels.indexOf(front)) };
  }
}

function* stacks(node: LayoutNode): Generator<StackNode> {
  if (node.type === 'stack') yield node;
  else for (const { node: child } of node.children) yield* stacks(child);
}

const keyOf = (panels: readonly string[]): string => [...panels].sort().join(' ');
