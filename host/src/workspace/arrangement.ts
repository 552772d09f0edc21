import type { LayoutNode } from '@datamesh/contracts';
import { panelsOf } from '@datamesh/layout';
import { type Arranger, type ArrangerHost, COLUMN_BELOW } from './arranger';
import type { EditorTools } from './editing/editor';
import type { Layer } from './layer';
import type { PanelFrame } from './panel';
import type { Mode } from './types';
import { Viewing } from './viewing';

/** An arranger of another room. */
export type MakeArranger = (arrangerHost: ArrangerHost) => Arranger;

/** What laying a workspace out for something else than a screen takes. */
export interface Printable {
  readonly frames: Iterable<PanelFrame>;
  /** What scrolls. */
  readonly root: HTMLElement;
  /** undefined: for the screen again; `scroll`: where it was. */
  arrangeBy(other: MakeArranger | undefined, scroll?: { left: number; top: number }): void;
}

/** What decides how panels are arranged right now. */
export interface Arranged {
  mode: Mode;
  /** There once the editor was downloaded. */
  tools: EditorTools | undefined;
  /** For something else than a screen; the same one for as long as it is for that. */
  other: MakeArranger | undefined;
  /** What there is to show, in its normal shape. */
  tree: LayoutNode;
}

/** The right arranger for mode and width, or the one of another room, told of no more than what is different. */
export class Arrangement {
  #arranger: Arranger;
  #as: 'viewing' | 'column' | 'editing' | MakeArranger | undefined = 'viewing';
  /** What the arranger has, and the size it has it in; undefined while it has nothing. */
  #has: { tree: string; size: { width: number; height: number } } | undefined;
  /** Where it is to be scrolled to once it is arranged. */
  #scroll: { left: number; top: number } | undefined;

  constructor(
    private readonly arrangerHost: ArrangerHost,
    private readonly layer: Layer,
  ) {
    this.#arranger = new Viewing(arrangerHost);
  }

  get arranger(): Arranger {
    return this.#arranger;
  }

  /** Whether the arranger has anything. */
  get stands(): boolean {
    return this.#has !== undefined;
  }

  /** With the next arrangement, which is made in any case. */
  scrollTo(place: { left: number; top: number }): void {
    this.#scroll = place;
    this.#has = undefined;
  }

  /** The next arrangement is made by another arranger, of the same kind: what it wrote is of another language. */
  anew(): void {
    this.#as = undefined;
  }

  /** `panels`: all that there are; those that are not in the tree are hidden. */
  arrange(wanted: Arranged, panels: Iterable<{ id: string }>): void {
    this.#choose(wanted);
    const { tree: shown, tools } = wanted;
    const { size } = this.layer;
    // Equal for trees that look the same, tabs in front included.
    const tree = JSON.stringify([shown, this.arrangerHost.isMaximised()]);
    const before = this.#has;
    this.#has = { tree, size };
    if (before?.tree === tree) {
      // Also one that got another size while it was not shown.
      if (before.size !== size) this.#arranger.resize();
      return;
    }
    // Whoever is dragging something chose the place by what was there before.
    tools?.cancel();
    const kept = new Set(panelsOf(shown));
    for (const { id } of panels) if (!kept.has(id)) this.arrangerHost.place(id, null);
    this.#arranger.load(shown);
    if (this.#scroll) this.layer.root.scrollTo(this.#scroll);
    this.#scroll = undefined;
  }

  dispose(): void {
    this.#arranger.dispose();
  }

  #choose({ mode, tools, other }: Arranged): void {
    const narrow = this.layer.size.width < COLUMN_BELOW;
    const as = other ?? (mode === 'view' ? 'viewing' : narrow ? 'column' : 'editing');
    if (as === this.#as) return;
    this.#arranger.dispose();
    this.#arranger = other
      ? other(this.arrangerHost)
      : as === 'editing' && tools
        ? tools.editing()
        : new Viewing(this.arrangerHost, as === 'column' ? tools?.decorate : undefined);
    this.#as = as;
    this.#has = undefined;
  }
}
