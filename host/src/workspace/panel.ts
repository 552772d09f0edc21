import type { Panel as PanelContent, WidgetManifest } from '@datamesh/contracts';
import type { Agent, Membership } from '../interop/agent';
import { bind } from '../interop/bindings';
import type { Interop } from '../interop/interop';
import { explain, WidgetFailure } from '../remotes/failure';
import { distrust, load, type WidgetClass } from '../remotes/federation';
import { idOf, isResolution, partsOf, type Resolution, urlOf } from '../remotes/resolution';
import { applySettings, dress, PanelHandle, titleOf, type WidgetElement } from './element';
import { guarded, watchFaults } from './faults';
import { failureNotice, problemNotice, skeleton } from './notices';
import { effectiveSettings, type Settings, sameSettings } from './settings';
import type { Mode, PanelInfo, PanelReport, Theme, WorkspaceOptions } from './types';

/** What a panel needs from its workspace. */
export interface PanelHost {
  readonly options: WorkspaceOptions;
  readonly interop: Interop;
  layoutId(): string;
  mode(): Mode;
  theme(): Theme;
  /** Title, badge, channel or state are others now. */
  changed(panel: PanelFrame): void;
}

/** What the layout says of a panel, with the viewer's own settings and the layout's channel worked in. */
export interface PanelSpec {
  content: PanelContent;
  own: Settings | undefined;
  membership: Membership;
}

/** A widget that runs in a panel. */
interface Running {
  resolution: Resolution;
  element: WidgetElement;
  handle: PanelHandle;
  agent: Agent;
  settings: Settings;
  unbind(): void;
}

/** One panel of a layout: a frame that never moves in the document, and the widget or the notice in it. */
export class PanelFrame {
  readonly element = document.createElement('section');
  #spec: PanelSpec;
  #running: Running | undefined;
  #failure: WidgetFailure | undefined;
  #title: string | undefined;
  #badge: string | undefined;
  #shown = false;
  #reportedVisible: { version: string; since: number } | undefined;
  /** Counts what was begun: only the last of several loads may put anything into the panel. */
  #turn = 0;
  #offered: string | undefined;
  /** How often it was tried again by itself; more often than it has files would be a loop. */
  #mended = 0;
  #restored: unknown;
  readonly #stopWatching: () => void;

  constructor(
    readonly id: string,
    spec: PanelSpec,
    private readonly host: PanelHost,
    restored?: unknown,
  ) {
    this.#spec = spec;
    this.#restored = restored;
    this.element.className = 'dm-panel';
    this.element.dataset['panel'] = id;
    this.element.tabIndex = 0;
    this.element.hidden = true;
    this.element.addEventListener('settings-change', (event) => this.#hearSettings(event));
    this.#describe('loading');
    this.#stopWatching = watchFaults({
      element: this.element,
      base: () => (this.#running ? urlOf(this.#running.resolution, '') : undefined),
      accuse: (error, file) => void this.#accuse(error, file),
    });
    this.#learnTitle();
  }

  get title(): string {
    return this.#spec.content.title ?? this.#title ?? titleOf(this.#manifest, this.#spec.content.widget);
  }

  get badge(): string | undefined {
    return this.#badge;
  }

  get spec(): PanelSpec {
    return this.#spec;
  }

  /** The user channel it is on right now: a widget may have joined another one than the layout says. */
  get channel(): string | null {
    return this.#running ? this.#running.agent.channel : this.#spec.membership.channel;
  }

  get minimum(): readonly [number, number] | undefined {
    const min = this.#manifest?.size?.min;
    return min?.[0] !== undefined && min[1] !== undefined ? [min[0], min[1]] : undefined;
  }

  get info(): PanelInfo {
    return {
      id: this.id,
      title: this.title,
      widget: this.#spec.content.widget,
      version: this.#running?.resolution.version ?? null,
      state: this.#failure ? 'failed' : this.#running ? 'ready' : 'loading',
      dirty: this.#dirty,
    };
  }

  /** The layout changed. Only what is different reaches the widget. */
  update(spec: PanelSpec): void {
    const before = this.#spec;
    this.#spec = spec;
    const { channel, direction } = spec.membership;
    const moved = channel !== before.membership.channel || direction !== before.membership.direction;
    if (moved) this.#running?.agent.setMembership(spec.membership);
    if (spec.content.widget !== before.content.widget) {
      if (this.#shown) void this.#load();
    } else this.#applySettings();
    if (moved || spec.content.title !== before.content.title) this.#changed();
  }

  /** The first time it is shown, its widget is loaded. */
  show(visible: boolean): void {
    this.element.hidden = !visible;
    if (visible && !this.#shown) {
      this.#shown = true;
      void this.#load();
    }
    this.#reportVisibility();
  }

  /** The spec may mean another version now. */
  resolutionChanged(): void {
    if (this.#shown) void this.#load();
    else this.#changed();
  }

  tell(mode: Mode, theme: Theme): void {
    const { element, handle } = this.#running ?? {};
    if (!element || !handle) return;
    if (element.dataset['theme'] !== theme) element.dataset['theme'] = theme;
    this.#guard('running', () => handle.tell(mode, theme));
  }

  retry(): void {
    this.host.options.resolutions.forget(this.#spec.content.widget);
    this.#failure = undefined;
    this.#takeOut();
    void this.#load();
  }

  focus(): void {
    this.element.focus({ preventScroll: false });
  }

  /** Something of the widget failed while it runs on. */
  problem(error: unknown): void {
    this.element.querySelector(':scope > .dm-problem')?.remove();
    const notice = problemNotice(error, { reload: () => this.retry(), dismiss: () => notice.remove() });
    this.element.append(notice);
    this.#report('failed', { detail: String(error instanceof Error ? error.message : error) });
  }

  /** Answers with the widget's state, for the case that the panel comes back. */
  dispose(): unknown {
    this.#turn += 1;
    const state = this.#stateOf(this.#running);
    this.#shown = false;
    this.#reportVisibility();
    this.#takeOut();
    this.#stopWatching();
    this.element.remove();
    return state ?? this.#restored;
  }

  get #manifest(): WidgetManifest | undefined {
    if (this.#running) return this.#running.resolution.widget;
    const known = this.host.options.resolutions.peek(this.#spec.content.widget);
    return known && isResolution(known) ? known.widget : undefined;
  }

  get #dirty(): boolean {
    let dirty = false;
    // A getter of the widget: it may throw like anything else of it.
    this.#guard('running', () => {
      dirty = this.#running?.element.isDirty === true;
    });
    return dirty;
  }

  /** A tab that nobody opened yet has a name all the same. Why there is none is shown when it is opened. */
  #learnTitle(): void {
    const { resolutions } = this.host.options;
    if (!resolutions.peek(this.#spec.content.widget))
      resolutions.get(this.#spec.content.widget).then(
        () => this.#changed(),
        () => undefined,
      );
  }

  async #load(consented = false): Promise<void> {
    const turn = ++this.#turn;
    const current = (): boolean => turn === this.#turn;
    if (!this.#running) this.#showLoading();
    let resolution: Resolution | undefined;
    try {
      resolution = await this.host.options.resolutions.get(this.#spec.content.widget);
      if (!current() || (this.#running && idOf(this.#running.resolution) === idOf(resolution))) return;
      if (this.#running && this.#dirty && !consented) return this.#offer(resolution);
      const start = performance.now();
      const Widget = await load(resolution);
      if (current()) await this.#put(resolution, Widget, start);
    } catch (cause) {
      if (!current()) return;
      const failure =
        cause instanceof WidgetFailure
          ? cause
          : resolution
            ? await explain(resolution, 'connect', cause)
            : new WidgetFailure(this.#spec.content.widget, 'resolve', 'unavailable', undefined, cause);
      this.#keepOrFail(failure, resolution);
    }
  }

  /** Unsaved work in the widget: it is asked, not swapped. */
  #offer(resolution: Resolution): void {
    if (this.#offered === resolution.version) return;
    this.#offered = resolution.version;
    this.host.options.onNotify('info', `${this.title} ${resolution.version} is ready. What you entered might be lost.`, {
      label: 'Update now',
      run: () => void this.#load(true),
    });
  }

  /** A version that cannot run does not take away one that does, unless that one was withdrawn. */
  #keepOrFail(failure: WidgetFailure, resolution: Resolution | undefined): void {
    if (!this.#running || failure.stage === 'resolve') {
      if (this.#running && failure.reason === 'unavailable') return;
      this.fail(failure, resolution?.version);
      return;
    }
    const { version } = this.#running.resolution;
    this.host.options.onNotify('warn', `${this.title} ${resolution?.version ?? ''} failed to start. ${version} goes on running.`, {
      label: 'Try again',
      run: () => void this.#load(),
    });
    this.#report('failed', { detail: failure.message, version: resolution?.version ?? null });
  }

  async #put(resolution: Resolution, Widget: WidgetClass, start: number): Promise<void> {
    const before = this.#running;
    const swapped = before !== undefined && before.resolution.name === resolution.name;
    const next = this.#make(resolution, Widget);
    const state = swapped ? this.#stateOf(before) : this.#restored;
    if (state !== undefined) this.#throwing(() => next.element.setState?.(structuredClone(state)));
    this.#restored = undefined;
    const focused = this.element.contains(document.activeElement) && document.activeElement !== this.element;
    before?.unbind();
    before?.agent.dispose();
    this.#running = next;
    this.#failure = undefined;
    this.#offered = undefined;
    if (before && !swapped) this.#title = undefined;
    if (before) this.#badge = undefined;
    // One after the other: a widget that fails while it leaves must not take the next one with it.
    for (const error of guarded(() => this.element.replaceChildren())) this.#report('failed', { detail: `on leaving: ${String(error)}` });
    const errors = guarded(() => this.element.append(next.element));
    if (errors.length > 0) {
      this.fail(await explain(resolution, 'connect', errors[0]), resolution.version);
      return;
    }
    if (focused) this.element.focus();
    this.#describe('ready');
    this.#applySettings();
    const ms = performance.now() - start;
    this.#report(before ? 'swapped' : 'mounted', { ms });
    if (before) {
      this.element.dataset['swapped'] = resolution.version;
      this.#endVisible();
    }
    this.#reportVisibility();
    this.#changed();
  }

  #make(resolution: Resolution, Widget: WidgetClass): Running {
    const { name, version, widget } = resolution;
    const agent = this.host.interop.agent({ panel: this.id, widget: name, version }, this.#spec.membership);
    const handle = new PanelHandle(this.id, this.host.mode(), this.host.theme(), {
      setTitle: (text) => {
        this.#title = text || undefined;
        this.#changed();
      },
      setBadge: (text) => {
        this.#badge = text || undefined;
        this.#changed();
      },
      notify: (level, text) => this.host.options.onNotify(level, text),
      changeSettings: (patch) => this.#changeSettings(patch),
    });
    const settings = effectiveSettings(widget, this.#spec.content.settings, this.#spec.own);
    let element: WidgetElement | undefined;
    try {
      this.#throwing(() => {
        element = new Widget();
        dress(element, { settings, fdc3: agent.fdc3, panel: handle, theme: this.host.theme() });
      });
      if (!element) throw new TypeError(`${name} made no element`);
    } catch (cause) {
      agent.dispose();
      throw cause;
    }
    const unbind = widget.bindings ? bind(element, agent.fdc3, widget.bindings, (error) => this.problem(error)) : () => undefined;
    return { resolution, element, handle, agent, settings, unbind };
  }

  /** Runs a call into the widget; what it throws, or the browser reports meanwhile, is thrown here. */
  #throwing(run: () => void): void {
    const [error] = guarded(run);
    if (error !== undefined) throw error;
  }

  #guard(stage: 'running', run: () => void): void {
    const [error] = guarded(run);
    if (error !== undefined && stage === 'running') this.problem(error);
  }

  #applySettings(): void {
    const running = this.#running;
    if (!running || running.resolution.name !== partsOf(this.#spec.content.widget).name) return;
    const next = effectiveSettings(running.resolution.widget, this.#spec.content.settings, this.#spec.own);
    if (sameSettings(next, running.settings)) return;
    const before = running.settings;
    running.settings = next;
    this.#guard('running', () => applySettings(running.element, next, before));
  }

  async #changeSettings(patch: Record<string, unknown>): Promise<void> {
    const running = this.#running;
    if (!running) return;
    const { checkSettings } = await import('./settingsCheck');
    checkSettings(running.resolution.widget, running.settings, patch);
    this.host.options.onSettings(this.id, structuredClone(patch));
  }

  #hearSettings(event: Event): void {
    event.stopPropagation();
    const { detail } = event as CustomEvent<unknown>;
    if (detail === null || typeof detail !== 'object') return;
    this.#changeSettings(detail as Record<string, unknown>).catch((error: unknown) => this.problem(error));
  }

  async #accuse(error: unknown, file: string | undefined): Promise<void> {
    const running = this.#running;
    if (!running) return;
    if (!file) {
      this.problem(error);
      return;
    }
    // A chunk that did not load leaves a hole in the widget.
    const failure = await explain(running.resolution, 'running', error);
    if (running !== this.#running) return;
    distrust(running.resolution);
    if (failure.reason === 'mended' && this.#mended < Object.keys(running.resolution.integrity).length) {
      this.#mended += 1;
      this.retry();
    } else this.fail(failure, running.resolution.version);
  }

  fail(failure: WidgetFailure, version: string | undefined): void {
    this.#takeOut();
    this.#failure = failure;
    this.element.replaceChildren(failureNotice(this.title, failure, version, { retry: () => this.retry() }));
    this.#describe('failed', version);
    this.#report('failed', { detail: failure.message, version: version ?? null });
    this.#reportVisibility();
    this.#changed();
  }

  #takeOut(): void {
    const before = this.#running;
    if (!before) return;
    this.#running = undefined;
    before.unbind();
    before.agent.dispose();
    const errors = guarded(() => before.element.remove());
    if (errors.length > 0) this.#report('failed', { detail: `on leaving: ${String(errors[0])}`, version: before.resolution.version });
  }

  #stateOf(running: Running | undefined): unknown {
    let state: unknown;
    const errors = guarded(() => {
      const given = running?.element.getState?.();
      // Only JSON is promised to survive; anything else would be shared between two versions.
      state = given === undefined ? undefined : JSON.parse(JSON.stringify(given));
    });
    if (errors.length > 0) this.#report('failed', { detail: `getState: ${String(errors[0])}` });
    return state;
  }

  #showLoading(): void {
    this.#failure = undefined;
    this.element.replaceChildren(skeleton());
    this.#describe('loading');
  }

  #describe(state: 'loading' | 'ready' | 'failed', version = this.#running?.resolution.version): void {
    const { dataset } = this.element;
    dataset['state'] = state;
    dataset['widget'] = partsOf(this.#spec.content.widget).name;
    if (version) dataset['version'] = version;
    else delete dataset['version'];
    this.element.setAttribute('aria-label', this.title);
    this.element.setAttribute('aria-busy', String(state === 'loading'));
  }

  #changed(): void {
    this.element.setAttribute('aria-label', this.title);
    this.host.changed(this);
  }

  #reportVisibility(): void {
    const version = this.#running?.resolution.version;
    const visible = this.#shown && !this.element.hidden && version !== undefined && !this.#failure;
    if (visible === (this.#reportedVisible !== undefined)) return;
    if (!visible) {
      this.#endVisible();
      return;
    }
    this.#reportedVisible = { version, since: performance.now() };
    this.#report('visible', {});
  }

  #endVisible(): void {
    const seen = this.#reportedVisible;
    if (!seen) return;
    this.#reportedVisible = undefined;
    this.#report('hidden', { ms: performance.now() - seen.since, version: seen.version });
  }

  #report(kind: PanelReport['kind'], rest: Partial<Pick<PanelReport, 'ms' | 'detail' | 'version'>>): void {
    const { name } = partsOf(this.#spec.content.widget);
    const version = this.#running?.resolution.version ?? null;
    this.host.options.report({ kind, panel: this.id, widget: name, version, layout: this.host.layoutId(), ...rest });
  }
}
