/**
 * The element class under every adapter: the contract with the host (settings, agent, panel, state) without a framework.
 * An adapter says how to mount and unmount a view; what a view needs from its element is public here.
 */
import { broadcast, type ContextHandler, listen, listenOn } from './interop';
import { onLanguageChange } from './language';
import look from './look.css';
import { SettingsWriter } from './settings-writer';
import { sheetOf } from './style-sheet';
import type { Context, DesktopAgent, Disposer, PanelHandle, Settings, WidgetElement } from './types';

export abstract class WidgetBase extends HTMLElement implements WidgetElement {
  static readonly version: string = typeof __WIDGET_VERSION__ === 'undefined' ? '' : __WIDGET_VERSION__;
  fdc3: DesktopAgent | undefined;
  panel: PanelHandle | undefined;
  /** Where views are mounted. */
  readonly root: ShadowRoot;
  readonly #writer = new SettingsWriter((patch) => this.#writeSettings(patch));
  readonly #settingsListeners = new Set<() => void>();
  #settings: Settings = Object.freeze({});
  #snapshot: (() => unknown) | undefined;
  #restored: unknown;

  constructor(css: string) {
    super();
    this.root = this.attachShadow({ mode: 'open' });
    this.root.adoptedStyleSheets = [sheetOf(look), sheetOf(css)];
  }

  /** `view` is empty, and the only child of the shadow root. */
  protected abstract mountView(view: HTMLElement): void;
  protected abstract unmountView(): void;

  connectedCallback(): void {
    this.#mount();
  }

  disconnectedCallback(): void {
    this.#writer.flush();
    this.#restored = this.getState();
    this.#snapshot = undefined;
    this.unmountView();
  }

  get settings(): Settings {
    return this.#settings;
  }

  set settings(next: Settings) {
    this.#settings = next;
    for (const listener of this.#settingsListeners) listener();
  }

  /** Called after each change of settings. */
  onSettings = (listener: () => void): Disposer => {
    this.#settingsListeners.add(listener);
    return () => this.#settingsListeners.delete(listener);
  };

  /** Changes own settings, debounced: into the draft while editing, into the reader's own overlay otherwise. */
  changeSettings(patch: Record<string, unknown>): void {
    this.#writer.change(patch);
  }

  /** True between a change of own settings and its arrival at the host. */
  get settingsPending(): boolean {
    return this.#writer.pending;
  }

  /** What the view was handed over from the one before it; undefined on a fresh start. */
  get restored(): unknown {
    return this.#restored;
  }

  /** The view says how to read what is worth carrying across a swap or reload. */
  keepState(snapshot: () => unknown): void {
    this.#snapshot = snapshot;
  }

  getState(): unknown {
    return this.#snapshot ? this.#snapshot() : this.#restored;
  }

  setState(state: unknown): void {
    this.#restored = state;
    if (!this.isConnected) return;
    this.#snapshot = undefined;
    this.unmountView();
    this.#mount();
  }

  /** Draws the view anew, with the state that it keeps, when the page changes its language. For views that have texts in several. */
  followLanguage(): Disposer {
    return onLanguageChange(this.panel, () => {
      this.#writer.flush();
      this.setState(this.getState());
    });
  }

  listen(type: string, handler: ContextHandler): Disposer {
    return listen(this.fdc3, type, handler);
  }

  listenOn(channelId: string, type: string, handler: ContextHandler): Disposer {
    return listenOn(this.fdc3, channelId, type, handler);
  }

  /** Speaks on the panel's channel; a refusal is told to the reader, since it is their click that did nothing. */
  broadcast(context: Context): void {
    broadcast(this.fdc3, context).catch((cause: unknown) => {
      const reason = cause instanceof Error ? cause.message : String(cause);
      this.panel?.notify('warn', `The other widgets were not told: ${reason}`);
    });
  }

  #mount(): void {
    const view = document.createElement('div');
    view.className = 'dm-view';
    this.root.replaceChildren(view);
    this.mountView(view);
  }

  #writeSettings(patch: Record<string, unknown>): void {
    if (this.panel) this.panel.changeSettings(patch);
    else this.dispatchEvent(new CustomEvent('settings-change', { bubbles: true, composed: true, detail: patch }));
  }
}
