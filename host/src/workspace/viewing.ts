import type { LayoutContent } from '@datamesh/contracts';
import { arrange } from '@datamesh/layout';
import type { PanelFrame } from './panel';
import { StackHead, type StackHeadActions } from './stackHead';
import { type Arranger, COLUMN_BELOW, GAP, type Stage } from './stage';

/** Arranges by the pure function of packages/layout: no dragging, no closing, one column where the window is narrow. */
export class Viewing implements Arranger {
  readonly #heads = new Map<string, StackHead>();
  #content: LayoutContent | undefined;

  constructor(
    private readonly stage: Stage,
    private readonly decorate?: StackHeadActions['decorate'],
  ) {}

  load(content: LayoutContent): void {
    this.#content = content;
    this.#arrange();
  }

  resize(): void {
    this.#arrange();
  }

  relabel(panel: PanelFrame): void {
    for (const [key, head] of this.#heads) if (key.split(' ').includes(panel.id)) head.relabel();
  }

  reveal(panel: string): void {
    const stack = this.#stacks().find(({ panels }) => panels.includes(panel));
    if (!stack) return;
    this.stage.fronts.choose(stack.panels, panel);
    this.#arrange();
    this.stage.frame(panel)?.element.scrollIntoView({ block: 'nearest' });
  }

  dispose(): void {
    for (const head of this.#heads.values()) head.element.remove();
    this.#heads.clear();
    this.stage.setHeight(null);
  }

  #stacks() {
    return this.#content ? arrange(this.#content.tree, this.stage.size(), { gap: GAP, columnBelow: COLUMN_BELOW }).stacks : [];
  }

  #arrange(): void {
    if (!this.#content) return;
    const size = this.stage.size();
    const { stacks, height } = arrange(this.#content.tree, size, { gap: GAP, columnBelow: COLUMN_BELOW });
    this.stage.setHeight(height > size.height ? height : null);
    const unused = new Set(this.#heads.keys());
    for (const { key, panels, active, rect } of stacks) {
      unused.delete(key);
      const frames = panels.flatMap((id) => this.stage.frame(id) ?? []);
      const front = this.stage.fronts.of({ panels, active }) ?? '';
      const head = this.#headOf(key, frames);
      head.show(frames, front);
      const body = head.place(rect);
      for (const { id } of frames) this.stage.place(id, id === front ? body : null);
    }
    for (const key of unused) {
      this.#heads.get(key)?.element.remove();
      this.#heads.delete(key);
    }
  }

  /** Heads stand before the first of their frames, so that the order of the document is the order of reading. */
  #headOf(key: string, frames: readonly PanelFrame[]): StackHead {
    const known = this.#heads.get(key);
    if (known) return known;
    const head = new StackHead({
      select: (panel) => this.#select(panel),
      ...(this.decorate ? { decorate: this.decorate } : {}),
    });
    const [first] = frames.map(({ element }) => element).sort((a, b) => (a.compareDocumentPosition(b) & 4 ? -1 : 1));
    this.stage.layer.insertBefore(head.element, first ?? null);
    this.#heads.set(key, head);
    return head;
  }

  #select(panel: string): void {
    const stack = this.#stacks().find(({ panels }) => panels.includes(panel));
    if (!stack) return;
    this.stage.fronts.choose(stack.panels, panel);
    this.#arrange();
  }
}
