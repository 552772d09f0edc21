import type { LayoutContent, LayoutNode } from '@datamesh/contracts';
import type { ActiveTabs } from './active-tabs';
import type { PanelFrame } from './panel';

/** Pixels, from the top left corner of the canvas. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What whoever arranges the panels may use. Panels are placed, never moved in the document. */
export interface ArrangerHost {
  /** Holds everything of one layout; positioned. */
  readonly canvas: HTMLElement;
  /** Holds the frames, and whatever must stand among them in reading order. */
  readonly layer: HTMLElement;
  readonly fronts: ActiveTabs;
  size(): { width: number; height: number };
  content(): LayoutContent;
  frame(panel: string): PanelFrame | undefined;
  /** null hides it. */
  place(panel: string, rect: Rect | null): void;
  /** Of the canvas, where it is more than what is visible and scrolls. */
  setHeight(height: number | null): void;
  /** Whether one stack alone fills the workspace. */
  isMaximised(): boolean;
  toggleMaximised(panel: string): void;
  /** For screen readers. */
  announce(text: string): void;
}

/** Computes where panels are. Exchanging one for another reconnects nothing. */
export interface Arranger {
  /** Another tree, in its normal shape; panels that are not in it are hidden by then. */
  load(tree: LayoutNode): void;
  resize(): void;
  /** Title, badge, channel or state of a panel are others now. */
  relabel(panel: PanelFrame): void;
  /** Brings a panel's tab to the front. */
  reveal(panel: string): void;
  /** The same, and the keyboard to what stands for the panel: its tab, else its frame. */
  focus(panel: string): void;
  dispose(): void;
}

/** The size of a stack's title or tab list; `--dm-tab-height` in tokens.css. */
export const HEAD = 32;
/** Between panels; `--dm-gap` in tokens.css. */
export const GAP = 6;
/** What a stack is shown with at least, in pixels, where there is room for it. */
export const SMALLEST = { width: 120, height: 80 };
/** Narrower than this, panels stand in one column that scrolls. */
export const COLUMN_BELOW = 700;

/** Of a stack, what is left below its head. */
export const bodyOf = ({ x, y, width, height }: Rect): Rect => ({ x, y: y + HEAD, width, height: Math.max(0, height - HEAD) });
