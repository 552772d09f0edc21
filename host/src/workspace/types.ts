import type { Context, LayoutContent, Overlay } from '@datamesh/contracts';
import type { Place } from '@datamesh/layout';
import type { KeptContext } from '../interop/channel';
import type { LoadPhase, Reason } from '../remotes/failure';
import type { Resolutions } from '../remotes/resolutions';
import type { Scroll } from './lifecycle/scrolls';

export type Mode = 'view' | 'edit';
export type Theme = 'light' | 'dark';
/** Around a widget, and not of its layout. */
export interface Surroundings {
  mode: Mode;
  theme: Theme;
  /** BCP 47, as `Intl` takes it: `de-AT`. */
  language: string;
}

export type Level = 'info' | 'good' | 'warn' | 'bad';

export interface WorkspaceState {
  layoutId: string;
  content: LayoutContent;
  /** A viewer's own settings, merged over the layout's. */
  overlay: Overlay | null;
}

/** What a widget leaves to the one that comes in its place, on this page or on another. */
export interface Kept {
  state: unknown;
  scrolls: readonly Scroll[];
}

/** The same, and of which widget: its name, without channel or version. */
export interface KeptPanel extends Kept {
  widget: string;
}

/** How a person has a layout before them, apart from what the layout says. JSON. */
export interface WorkspaceView {
  /** By panel. */
  kept: Record<string, KeptPanel>;
  /** By channel. */
  contexts: Record<string, KeptContext[]>;
  /** The same by panel; absent from a page of before there were wires. */
  said?: Record<string, KeptContext[]>;
  /** Panels that are in front of their stacks. */
  fronts: string[];
  /** Of the stack that fills the workspace. */
  maximised: string | null;
  scroll: { left: number; top: number };
}

export interface WorkspaceOptions {
  resolutions: Resolutions;
  theme(): Theme;
  /** BCP 47, as `Intl` takes it. */
  language(): string;
  /** The user rearranged, closed, added, changed a channel…: the next content, and a label for undo ("Move panel"). */
  onEdit(next: LayoutContent, label: string): void;
  /** A panel was closed by hand, which `onEdit` was told as well; for a way back. `unwired`: titles of panels that had a wire from it. */
  onClosed(title: string, before: LayoutContent, after: LayoutContent, unwired: readonly string[]): void;
  /** A widget changed its own settings; already checked against its schema. */
  onSettings(panel: string, patch: Record<string, unknown>): void;
  /** A dashboard filter was broadcast; `{type, clear: true}` takes it away. */
  onFilter(context: Context): void;
  /** Edit mode: somebody pointed at a place for a widget (`from` has the keyboard), and is to be offered widgets for it. */
  onChooseWidget(place: Place, from: HTMLElement): void;
  /** The gear of a panel, in edit mode. */
  onOpenSettings(panel: string): void;
  /** "Copy" in a panel's menu, in edit mode. */
  onCopy(panels: readonly string[]): void;
  onNotify(level: Level, text: string, action?: { label: string; run(): void }): void;
  /** For the tracker. */
  report(event: PanelReport): void;
}

export type PanelState = 'loading' | 'ready' | 'failed';

export interface PanelInfo {
  id: string;
  title: string;
  /** The spec the layout asks for. */
  widget: string;
  /** What it means right now; null until resolved. */
  version: string | null;
  state: PanelState;
  dirty: boolean;
}

export interface PanelReport {
  kind: 'mounted' | 'visible' | 'hidden' | 'failed' | 'swapped';
  panel: string;
  /** Name of the widget, without channel or version. */
  widget: string;
  version: string | null;
  layout: string;
  /** `mounted`, `swapped`: from asking what to load to connected. `hidden`: how long it was visible. */
  ms?: number;
  detail?: string;
  /** `failed` while loading: what was being done, and the code of what went wrong. */
  stage?: LoadPhase;
  reason?: Reason;
  /** `failed`: the version that is shown all the same. */
  runs?: string;
}
