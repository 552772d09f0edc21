import type { LayoutNode } from '@datamesh/contracts';
import { type Arrangement, arrange } from '@datamesh/layout';
import { type Arranger, type ArrangerHost, bodyOf, COLUMN_BELOW, GAP, SMALLEST } from './arranger';
import { movesLittle } from './motion';
import type { PanelFrame } from './panel';
import { StackHead, type StackHeadActions } from './stack-head';
import { watchSwipes } from './swiping';

/** Arranges by the pure function of packages/layout: no dragging, one column where the window is narrow. */
export class Viewing implements Arranger {
  readonly #heads = new Map<string, StackHead>();
  readonly #stopSwipes: () => void;
  #tree: LayoutNode | undefined;

  constructor(
    private readonly arrangerHost: ArrangerHost,
    private readonly decorate?: StackHeadActions['decorate'],
  ) {
    this.#stopSwipes = watchSwipes(arrangerHost.layer, (panel, step) => this.#swipe(panel, step));
  }

  load(tree: LayoutNode): void {
    this.#tree = tree;
    this.#arrange();
  }

  resize(): void {
    this.#arrange();
  }

  relabel(panel: PanelFrame): void {
    for (const [key, head] of this.#heads) if (key.split(' ').includes(panel.id)) head.relabel();
  }

  reveal(panel: string): void {
    this.#select(panel);
    this.arrangerHost.frame(panel)?.element.scrollIntoView({ block: 'nearest' });
  }

  focus(panel: string): void {
    this.reveal(panel);
    const head = [...this.#heads].find(([key]) => key.split(' ').includes(panel))?.[1];
    if (!head?.focusTab(panel)) this.arrangerHost.frame(panel)?.focus();
  }

  dispose(): void {
    for (const head of this.#heads.values()) head.element.remove();
    this.#heads.clear();
    this.#stopSwipes();
    this.arrangerHost.setHeight(null);
  }

  #stacks() {
    return this.#arrangement()?.stacks ?? [];
  }

  #arrangement(): Arrangement | undefined {
    // What is maximised has the whole window, however narrow that is.
    const columnBelow = this.arrangerHost.isMaximised() ? 0 : COLUMN_BELOW;
    return this.#tree && arrange(this.#tree, this.arrangerHost.size(), { gap: GAP, smallest: SMALLEST, columnBelow });
  }

  #arrange(): void {
    const arrangement = this.#arrangement();
    if (!arrangement) return;
    const { stacks, height } = arrangement;
    this.arrangerHost.setHeight(height > this.arrangerHost.size().height ? height : null);
    const maximised = this.arrangerHost.isMaximised();
    const narrow = this.arrangerHost.size().width < COLUMN_BELOW;
    const unused = new Set(this.#heads.keys());
    for (const { key, panels, active, rect } of stacks) {
      unused.delete(key);
      const frames = panels.flatMap((id) => this.arrangerHost.frame(id) ?? []);
      const front = this.arrangerHost.fronts.of({ panels, active }) ?? '';
      const head = this.#headOf(key, frames);
      head.show(frames, front, maximised ? 'maximised' : stacks.length > 1 ? 'one of several' : 'alone');
      head.place(rect);
      const body = bodyOf(rect);
      for (const { id, element } of frames) {
        element.toggleAttribute('data-swipes', narrow && frames.length > 1);
        this.arrangerHost.place(id, id === front ? body : null);
      }
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
      toggleMaximised: (panel) => this.arrangerHost.toggleMaximised(panel),
      ...(this.decorate ? { decorate: this.decorate } : {}),
    });
    const [first] = frames.map(({ element }) => element).sort((a, b) => (a.compareDocumentPosition(b) & 4 ? -1 : 1));
    this.arrangerHost.layer.insertBefore(head.element, first ?? null);
    this.#heads.set(key, head);
    return head;
  }

  /** To the tab beside it; at the ends nothing happens. */
  #swipe(panel: string, step: 1 | -1): void {
    const panels = this.#stacks().find((stack) => stack.panels.includes(panel))?.panels ?? [];
    const next = panels[panels.indexOf(panel) + step];
    const frame = next === undefined ? undefined : this.arrangerHost.frame(next);
    if (!frame) return;
    this.#select(frame.id);
    this.arrangerHost.announce(frame.title);
    if (movesLittle()) return;
    frame.element.animate([{ transform: `translateX(${step * 32}px)`, opacity: 0.3 }, {}], { duration: 160, easing: 'ease-out' });
  }

  #select(panel: string): void {
    const stack = this.#stacks().find(({ panels }) => panels.includes(panel));
    if (!stack) return;
    this.arrangerHost.fronts.choose(stack.panels, panel);
    this.#arrange();
  }
}
