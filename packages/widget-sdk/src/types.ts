/** What the host and a widget expect of each other. Types only: a widget without the SDK follows them as well. */
import type { DesktopAgent } from '@finos/fdc3-standard';

export type { Channel, ContextMetadata, DesktopAgent } from '@finos/fdc3-standard';

/** A message between widgets: a type such as `fdc3.instrument`, and what it is about. */
export interface Context {
  type: string;
  name?: string;
  id?: Record<string, string>;
  [key: string]: unknown;
}

/** Frozen, with the defaults of widget.json filled in. */
export type Settings = Readonly<Record<string, unknown>>;
export type Mode = 'view' | 'edit';
export type Theme = 'light' | 'dark';
export type Level = 'info' | 'good' | 'warn' | 'bad';

/** The place a widget stands in. Fires `modechange`, `themechange` and `languagechange`. */
export interface PanelHandle extends EventTarget {
  readonly id: string;
  readonly mode: Mode;
  /** What the page speaks, BCP 47 as `Intl` takes it: `de-AT`. Fall back to a language that the widget has. */
  readonly language: string;
  setTitle(text: string): void;
  /** A short text beside the title; none takes it away. */
  setBadge(text?: string): void;
  notify(level: Level, text: string): void;
  /** Checked against the widget's settings schema, part of the layout, undoable. */
  changeSettings(patch: Record<string, unknown>): void;
}

/** The element a remote exposes. The host sets the three properties before it connects the element. */
export interface WidgetElement extends HTMLElement {
  settings: Settings;
  fdc3?: DesktopAgent | undefined;
  panel?: PanelHandle | undefined;
  /** JSON that survives a live swap of the version, a popout and a reload. */
  getState?(): unknown;
  setState?(state: unknown): void;
  /** True while there is input that a swap would lose: the host asks first. */
  readonly isDirty?: boolean;
}

/** Ends a subscription; calling it again does nothing. */
export type Disposer = () => void;
