import type { WidgetManifest } from '@datamesh/contracts';
import type { Fdc3 } from '../interop/types';
import { nameIn } from '../remotes/resolution';
import { attributesOf, type Settings } from './settings';
import type { Level, Mode, Surroundings, Theme } from './types';

/** What the host knows of a widget's element; everything but HTMLElement is optional. */
export interface WidgetElement extends HTMLElement {
  settings?: Settings;
  fdc3?: Fdc3;
  panel?: PanelHandle;
  getState?(): unknown;
  setState?(state: unknown): void;
  readonly isDirty?: boolean;
}

export interface PanelActions {
  setTitle(text: string): void;
  setBadge(text?: string): void;
  notify(level: Level, text: string): void;
  changeSettings(patch: Record<string, unknown>): Promise<void>;
}

/** The element's property `panel`; fires `modechange`, `themechange` and `languagechange`. */
export class PanelHandle extends EventTarget {
  #now: Surroundings;

  constructor(
    readonly id: string,
    now: Surroundings,
    private readonly actions: PanelActions,
  ) {
    super();
    this.#now = now;
  }

  get mode(): Mode {
    return this.#now.mode;
  }

  get theme(): Theme {
    return this.#now.theme;
  }

  /** What the page speaks, as `Intl` takes it: `de-AT`. */
  get language(): string {
    return this.#now.language;
  }

  /** Shown instead of the widget's own title, unless the layout names the panel. */
  setTitle(text: string): void {
    this.actions.setTitle(String(text));
  }

  /** A short remark beside the title; nothing takes it away. */
  setBadge(text?: string): void {
    this.actions.setBadge(text === undefined ? undefined : String(text));
  }

  notify(level: Level, text: string): void {
    this.actions.notify(level, String(text));
  }

  /** Rejects with SettingsRefused where the schema does not allow it; undefined takes a setting back to its default. */
  changeSettings(patch: Record<string, unknown>): Promise<void> {
    return this.actions.changeSettings(patch);
  }

  /** For the host. */
  setSurroundings(now: Surroundings): void {
    const before = this.#now;
    this.#now = now;
    for (const what of ['mode', 'theme', 'language'] as const)
      if (now[what] !== before[what]) this.dispatchEvent(new CustomEvent(`${what}change`, { detail: now[what] }));
  }
}

/** Everything an element has before it is connected. */
export function dress(element: WidgetElement, parts: { settings: Settings; fdc3: Fdc3; panel: PanelHandle; theme: Theme }): void {
  give(element, 'fdc3', parts.fdc3);
  give(element, 'panel', parts.panel);
  element.dataset['theme'] = parts.theme;
  applySettings(element, parts.settings, undefined);
}

/** Attributes change one by one, then the property: a component that reads either sees one consistent change. */
export function applySettings(element: WidgetElement, next: Settings, before: Settings | undefined): void {
  const attributes = attributesOf(next);
  for (const name of before ? attributesOf(before).keys() : []) if (!attributes.has(name)) element.removeAttribute(name);
  for (const [name, value] of attributes) if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  give(element, 'settings', next);
}

/** Not where it has something of its own under that name which cannot be set, or takes nothing: an element need not know any of it. */
const give = (element: WidgetElement, name: 'fdc3' | 'panel' | 'settings', value: unknown): boolean => Reflect.set(element, name, value);

export const titleOf = (manifest: Pick<WidgetManifest, 'title'> | undefined, spec: string): string => manifest?.title ?? nameIn(spec);
