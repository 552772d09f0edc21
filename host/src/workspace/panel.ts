import type { Panel as PanelContent, WidgetManifest } from '@datamesh/contracts';
import type { Membership } from '../interop/agent';
import type { Interop } from '../interop/interop';
import { explain, WidgetFailure } from '../remotes/failure';
import { distrust, load, type WidgetClass } from '../remotes/federation';
import { idOf, isResolution, partsOf, pinnedVersion, type Resolution } from '../remotes/resolution';
import { titleOf } from './element';
import { guarded, watchFaults } from './faults';
import { failureNotice, problemNotice, skeleton } from './notices';
import { RunningWidget } from './runningWidget';
import type { Settings } from './settings';
import type { Mode, PanelInfo, PanelReport, Theme, WorkspaceOptions } from './types';
import { VisibilityReport } from './visibilityReport';

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

/** One panel of a layout: a frame that never moves in the document, and the widget or the notice in it. */
export class PanelFrame {
  readonly element = document.createElement('section');
  #spec: PanelSpec;
  #running: RunningWidget | undefined;
  #failed = false;
  /** What the widget says of itself. */
  #title: string | undefined;
  #badge: string | undefined;
  #shown = false;
  /** Counts what was begun: only the last of several loads may put anything into the panel. */
  #turn = 0;
  /** The version that was offered because the widget has unsaved work. */
  #offered: string | undefined;
  /** How often it was tried again by itself; more often than it has files would be a loop. */
  #mended = 0;
  #restored: unknown;
  #prefetched: string | undefined;
  readonly #visibility = new VisibilityReport((kind, rest) => this.#report(kind, rest));
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
      base: () => this.#running?.base,
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

  get info(): PanelInfo {
    return {
      id: this.id,
      title: this.title,
      widget: this.#spec.content.widget,
      version: this.#running?.resolution.version ?? null,
      state: this.#failed ? 'failed' : this.#running ? 'ready' : 'loading',
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
    if (spec.content.widget !== before.content.widget) this.resolutionChanged();
    else this.#applySettings();
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

  /** Fetches the code of a tab that was never opened: it then opens at once, also while the registry is away. */
  async prefetch(): Promise<void> {
    if (this.#shown || this.#prefetched === this.#spec.content.widget) return;
    this.#prefetched = this.#spec.content.widget;
    try {
      await load(await this.host.options.resolutions.get(this.#prefetched));
    } catch {
      // Nobody asked for it yet: whoever opens the tab is told, and it is tried again.
    }
  }

  /** The spec may mean another version now. */
  resolutionChanged(): void {
    if (this.#shown) void this.#load();
    else this.#learnTitle();
  }

  tell(mode: Mode, theme: Theme): void {
    this.#attempt((widget) => widget.tell(mode, theme));
  }

  retry(): void {
    this.host.options.resolutions.forget(this.#spec.content.widget);
    this.#takeOut();
    void this.#load();
  }

  focus(): void {
    this.element.focus();
  }

  /** Something of the widget failed while it runs on. */
  problem(error: unknown): void {
    this.element.querySelector(':scope > .dm-problem')?.remove();
    const notice = problemNotice(error, { reload: () => this.retry(), dismiss: () => notice.remove() });
    this.element.append(notice);
    this.#report('failed', { detail: error instanceof Error ? error.message : String(error) });
  }

  /** Answers with the widget's state, for the case that the panel comes back. */
  dispose(): unknown {
    this.#turn += 1;
    const state = this.#attempt((widget) => widget.getState()) ?? this.#restored;
    this.#visibility.set(undefined);
    this.#takeOut();
    this.#stopWatching();
    this.element.remove();
    return state;
  }

  get #manifest(): WidgetManifest | undefined {
    if (this.#running) return this.#running.resolution.widget;
    const known = this.host.options.resolutions.peek(this.#spec.content.widget);
    return known && isResolution(known) ? known.widget : undefined;
  }

  get #dirty(): boolean {
    return this.#attempt((widget) => widget.isDirty) === true;
  }

  /** A tab that nobody opened yet has a name all the same. Why there is none is shown when it is opened. */
  #learnTitle(): void {
    this.host.options.resolutions.get(this.#spec.content.widget).then(
      () => this.#changed(),
      () => undefined,
    );
  }

  async #load(consented = false): Promise<void> {
    const turn = ++this.#turn;
    const current = (): boolean => turn === this.#turn;
    const asked = performance.now();
    if (!this.#running) this.#showLoading();
    let resolution: Resolution | undefined;
    try {
      resolution = await this.host.options.resolutions.get(this.#spec.content.widget);
      if (!current() || (this.#running && idOf(this.#running.resolution) === idOf(resolution))) return;
      if (this.#dirty && !consented) {
        this.#offer(resolution);
        return;
      }
      const start = performance.now();
      const Widget = await load(resolution);
      if (current()) this.#put(resolution, Widget, { asked, start });
    } catch (cause) {
      const failure = resolution
        ? await explain(resolution, 'connect', cause)
        : cause instanceof WidgetFailure
          ? cause
          : new WidgetFailure(this.#spec.content.widget, 'resolve', 'unavailable', undefined, cause);
      if (current()) this.#keepOrFail(failure, resolution);
    }
  }

  /** Unsaved work in the widget: the person is asked instead. */
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
    const running = this.#running;
    if (running && failure.stage === 'resolve' && failure.reason === 'unavailable') return;
    if (!running || failure.stage === 'resolve') {
      this.#fail(failure, resolution?.version);
      return;
    }
    const { version } = running.resolution;
    this.host.options.onNotify('warn', `${this.title} ${resolution?.version ?? ''} failed to start. ${version} goes on running.`, {
      label: 'Try again',
      run: () => void this.#load(),
    });
    this.#report('failed', { ...inReport(failure), version: resolution?.version ?? null });
  }

  /** In place, with the state of the one that goes. Throws while nothing has been taken away yet. */
  #put(resolution: Resolution, Widget: WidgetClass, { asked, start }: { asked: number; start: number }): void {
    const before = this.#running;
    const sameWidget = before?.resolution.name === resolution.name;
    const next = this.#make(resolution, Widget);
    const state = before ? (sameWidget ? this.#attempt((widget) => widget.getState()) : undefined) : this.#restored;
    try {
      if (state !== undefined) next.setState(state);
    } catch (cause) {
      next.silence();
      throw cause;
    }
    const focused = this.element.contains(document.activeElement);
    before?.silence();
    this.#restored = undefined;
    this.#running = next;
    this.#failed = false;
    this.#offered = undefined;
    if (before) this.#badge = undefined;
    if (before && !sameWidget) this.#title = undefined;
    // One after the other: a widget that fails while it leaves must not take the next one with it.
    for (const error of guarded(() => this.element.replaceChildren())) this.#report('failed', { detail: `on leaving: ${String(error)}` });
    const [error] = guarded(() => this.element.append(next.element));
    if (error !== undefined) {
      this.#fail(new WidgetFailure(idOf(resolution), 'connect', 'threw', undefined, error), resolution.version);
      return;
    }
    if (focused) this.element.focus();
    this.#describe('ready');
    // The layout may have changed while the files travelled.
    this.#applySettings();
    if (before) this.element.dataset['swapped'] = resolution.version;
    // Also for whoever profiles a page: it stands in the browser's own timeline.
    performance.measure(`datamesh:mount:${resolution.name}`, {
      start,
      detail: { panel: this.id, version: resolution.version },
    });
    this.#report(before ? 'swapped' : 'mounted', { ms: performance.now() - asked });
    this.#reportVisibility();
    this.#changed();
  }

  #make(resolution: Resolution, Widget: WidgetClass): RunningWidget {
    const { options, interop } = this.host;
    return new RunningWidget(resolution, Widget, {
      panel: this.id,
      interop,
      membership: this.#spec.membership,
      mode: this.host.mode(),
      theme: this.host.theme(),
      settings: [this.#spec.content.settings, this.#spec.own],
      onRefused: (error) => this.problem(error),
      actions: {
        setTitle: (text) => {
          this.#title = text || undefined;
          this.#changed();
        },
        setBadge: (text) => {
          this.#badge = text || undefined;
          this.#changed();
        },
        notify: (level, text) => options.onNotify(level, text),
        changeSettings: (patch) => this.#changeSettings(patch),
      },
    });
  }

  /** Calls into the widget, if there is one; what it throws is shown in this panel and nowhere else. */
  #attempt<T>(call: (widget: RunningWidget) => T): T | undefined {
    try {
      return this.#running ? call(this.#running) : undefined;
    } catch (error) {
      this.problem(error);
      return undefined;
    }
  }

  #applySettings(): void {
    const { content, own } = this.#spec;
    if (this.#running?.resolution.name === partsOf(content.widget).name)
      this.#attempt((widget) => widget.setSettings(content.settings, own));
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
    } else this.#fail(failure, running.resolution.version);
  }

  #fail(failure: WidgetFailure, version: string | undefined): void {
    const { title } = this;
    this.#takeOut();
    this.#failed = true;
    this.element.replaceChildren(failureNotice(title, failure, version, { retry: () => this.retry() }));
    this.#describe('failed', version);
    this.#report('failed', { ...inReport(failure), version: version ?? pinnedVersion(this.#spec.content.widget) });
    this.#reportVisibility();
    this.#changed();
  }

  #takeOut(): void {
    const before = this.#running;
    if (!before) return;
    this.#running = undefined;
    before.silence();
    for (const error of guarded(() => before.element.remove()))
      this.#report('failed', { detail: `on leaving: ${String(error)}`, version: before.resolution.version });
  }

  #showLoading(): void {
    this.#failed = false;
    this.element.replaceChildren(skeleton());
    this.#describe('loading');
    this.#reportVisibility();
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
    const visible = this.#shown && !this.element.hidden && !this.#failed;
    this.#visibility.set(visible ? this.#running?.resolution.version : undefined);
  }

  #report(kind: PanelReport['kind'], rest: Partial<Pick<PanelReport, 'ms' | 'detail' | 'stage' | 'reason' | 'version'>>): void {
    const { name } = partsOf(this.#spec.content.widget);
    const version = this.#running?.resolution.version ?? null;
    this.host.options.report({ kind, panel: this.id, widget: name, version, layout: this.host.layoutId(), ...rest });
  }
}

const inReport = ({ message, stage, reason }: WidgetFailure): Pick<PanelReport, 'detail' | 'stage' | 'reason'> => ({
  detail: message,
  stage,
  reason,
});
