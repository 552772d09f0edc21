import type { LayoutContent } from '@datamesh/contracts';
import type { Fronts } from './fronts';
import type { PanelFrame } from './panel';

/** Pixels, from the top left corner of the canvas. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What whoever arranges the panels may use. Panels are placed, never moved in the document. */
export interface Stage {
  /** Holds everything of one layout; positioned. */
  readonly canvas: HTMLElement;
  /** Holds the frames, and whatever must stand among them in reading order. */
  readonly layer: HTMLElement;
  readonly fronts: Fronts;
  size(): { width: number; height: number };
  content(): LayoutContent;
  frame(panel: string): PanelFrame | undefined;
  /** null hides it. */
  place(panel: string, rect: Rect | null, zIndex?: string): void;
  /** Of the canvas, where it is more than what is visible and scrolls. */
  setHeight(height: number | null): void;
  /** For screen readers. */
  announce(text: string): void;
}

/** Computes where panels are. Exchanging one for another reconnects nothing. */
export interface Arranger {
  /** Another tree. */
  load(content: LayoutContent): void;
  resize(): void;
  /** Title, badge, channel or state of a panel are others now. */
  relabel(panel: PanelFrame): void;
  /** Brings a panel's tab to the front. */
  reveal(panel: string): void;
  dispose(): void;
}

/** The size of a stack's title or tab list; `--dm-tab-height` in tokens.css. */
export const HEAD = 32;
/** Between panels; `--dm-gap` in tokens.css. */
export const GAP = 6;
/** Narrower than this, panels stand in one column that scrolls. */
export const COLUMN_BELOW = 700;
