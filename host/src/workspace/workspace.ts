import type { WidgetSummary } from '@datamesh/contracts';
import type { Mode, PanelInfo, Theme, WorkspaceOptions, WorkspaceState } from './types';

export type { Level, Mode, PanelInfo, PanelReport, PanelState, Theme, WorkspaceOptions, WorkspaceState } from './types';

/** One open layout: its panels, where they are, and what happens to them. */
export declare class Workspace {
  /** Fills its container, which must be positioned (`position: relative` or absolute). */
  constructor(container: HTMLElement, options: WorkspaceOptions);
  /** Idempotent; compares by panel id and reconnects nothing. */
  show(state: WorkspaceState): void;
  /** Resolves when the other arrangement stands; edit downloads the editor first. */
  setMode(mode: Mode): Promise<void>;
  /** A hidden workspace stays alive and costs no painting. */
  setVisible(visible: boolean): void;
  setTheme(theme: Theme): void;
  /** Edit mode: drag from the marketplace (with the pointer that started it), or, without one, keyboard placement. */
  startAdd(widget: WidgetSummary, pointer?: PointerEvent): void;
  /** Edit mode: puts it where there is most room, at once (a click on "Add"). Answers with the panel's id. */
  add(widget: WidgetSummary): string;
  /** Brings a panel's tab to the front and the keyboard into it. */
  focusPanel(id: string): void;
  panels(): PanelInfo[];
  dispose(): void;
}
