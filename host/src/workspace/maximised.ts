import type { LayoutNode } from '@datamesh/contracts';
import { stacksOf } from '@datamesh/layout';

/** Which stack fills the workspace for this person: nothing of the layout, and kept over its edits. */
export class Maximised {
  /** Of the stack, when it was last seen. */
  #panels: readonly string[] | undefined;

  get active(): boolean {
    return this.#panels !== undefined;
  }

  /** One of the panels that fill the workspace. */
  get panel(): string | null {
    return this.#panels?.[0] ?? null;
  }

  toggle(panel: string): void {
    this.#panels = this.#panels ? undefined : [panel];
  }

  restore(): void {
    this.#panels = undefined;
  }

  /** What there is to show: the maximised stack alone, or everything. What was taken apart or away is maximised no longer. */
  shown(tree: LayoutNode): LayoutNode {
    if (!this.#panels) return tree;
    const known = this.#panels;
    const [stack, another] = [...stacksOf(tree)].filter((entry) => entry.stack.panels.some((panel) => known.includes(panel)));
    this.#panels = another ? undefined : stack?.stack.panels;
    return stack && !another ? stack.stack : tree;
  }
}
