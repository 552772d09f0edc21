import type { LayoutNode } from '@datamesh/contracts';
import { arrange } from '@datamesh/layout';
import { i18n } from '../../language/i18n';
import { type Arranger, type ArrangerHost, HEAD } from '../arranger';
import type { PanelFrame } from '../panel';
import { scrolledAway } from './scrolled-away';
import './paper.css';

/** What fits between the margins of A4, the narrower of the two papers, in CSS pixels; styles/print.css has its margins. */
export const PAPER = 703;
/** As panels stand on a usual screen, which is what their heights on paper come from. */
const SCREEN = { width: 1280, height: 800 };
/** Pixels that a panel has on paper before it is said what it would scroll. */
const LEAST = 72;
const USUAL_MOST = 460;
/** Pixels: about twenty pages. What a panel would show beyond that is not printed, and it says so. */
export const LONGEST = 20_000;

/** Of a panel that stands in a stack of that height on a screen. */
export const heightOnPaper = (stack: number): number => Math.min(USUAL_MOST, Math.max(LEAST, stack - HEAD));

/** One panel after another, in reading order, each as high as what it shows. What stands in tabs has no other place on paper. */
export class Paper implements Arranger {
  readonly #heights = new Map<string, number>();
  #order: string[] = [];

  /** `behind`: also panels that are behind others in their stacks. */
  constructor(
    private readonly arrangerHost: ArrangerHost,
    private readonly behind: boolean,
  ) {
    arrangerHost.canvas.dataset['paper'] = '';
  }

  load(tree: LayoutNode): void {
    const { stacks } = arrange(tree, SCREEN);
    this.#order = [];
    for (const { panels, active, rect } of stacks) {
      const front = this.arrangerHost.fronts.of({ panels, active });
      for (const id of panels) {
        if (!this.behind && id !== front) continue;
        this.#order.push(id);
        if (!this.#heights.has(id)) this.#heights.set(id, heightOnPaper(rect.height));
      }
    }
    this.#place();
  }

  resize(): void {}

  relabel(): void {}

  reveal(): void {}

  focus(panel: string): void {
    this.arrangerHost.frame(panel)?.focus();
  }

  dispose(): void {
    delete this.arrangerHost.canvas.dataset['paper'];
    for (const frame of this.#frames()) {
      frame.element.style.order = '';
      frame.element.style.removeProperty('--dm-on-paper');
      delete frame.element.dataset['cut'];
    }
    this.arrangerHost.setHeight(null);
  }

  /** Gives each panel the room for what it scrolls. Answers whether any has grown. */
  grow(): boolean {
    let grown = false;
    for (const frame of this.#frames()) {
      const height = this.#heights.get(frame.id) ?? LEAST;
      const away = scrolledAway(frame.element);
      const next = Math.min(LONGEST, height + away);
      if (height + away > LONGEST) frame.element.dataset['cut'] = i18n.t('There is more of it than is printed.');
      if (next === height) continue;
      this.#heights.set(frame.id, next);
      grown = true;
    }
    if (grown) this.#place();
    return grown;
  }

  #frames(): PanelFrame[] {
    return this.#order.flatMap((id) => this.arrangerHost.frame(id) ?? []);
  }

  #place(): void {
    let y = 0;
    for (const [at, frame] of this.#frames().entries()) {
      const height = this.#heights.get(frame.id) ?? LEAST;
      frame.element.style.order = String(at);
      frame.element.style.setProperty('--dm-on-paper', `${height}px`);
      this.arrangerHost.place(frame.id, { x: 0, y, width: PAPER, height });
      y += height + HEAD;
    }
    this.arrangerHost.setHeight(y);
  }
}
