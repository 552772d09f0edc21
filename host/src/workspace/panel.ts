import type { Panel as PanelContent, WidgetManifest } from '@datamesh/contracts';
import { shownVersion } from '@datamesh/contracts/versions';
import type { Membership } from '../interop/agent';
import type { Interop } from '../interop/interop';
import { load } from '../remotes/federation';
import { isResolution, partsOf, pinnedVersion } from '../remotes/resolution';
import { titleOf } from './element';
import { attributeErrors } from './error-attribution';
import { settingsCheck } from './lazy-settings-check';
import { Attention } from './lifecycle/attention';
import { type AnnouncedEffect, PanelRuntime } from './lifecycle/runtime';
import { PanelVoice } from './panel-voice';
import type { RunningWidget, WidgetParts } from './running-widget';
import type { Settings } from './settings';
import type { Speaker } from './speech/panel-speech';
import type { Kept, PanelInfo, PanelReport, Surroundings, WorkspaceOptions } from './types';
import { VisibilityReport } from './visibility-report';

/** What a panel needs from its workspace. */
export interface PanelHost {
  readonly options: WorkspaceOptions;
  readonly interop: Interop;
  layoutId(): string;
  now(): Surroundings;
  /** Title, badge, channel or state are others now. */
  changed(panel: PanelFrame): void;
  /** While editing: the layout asks for another version in this panel from now on. */
  follow(panel: string, spec: string): void;
}

/** What the layout says of a panel, with the viewer's own settings and the layout's channel worked in. */
export interface PanelSpec {
  content: PanelContent;
  own: Settings | undefined;
  membership: Membership;
  /** Events of its element that wires of other panels begin with; sorted. */
  wiredEvents: readonly string[];
}

/** One panel of a layout: a frame that never moves in the document, and the widget or the notice in it. */
export class PanelFrame {
  readonly element = document.createElement('section');
  readonly #voice: PanelVoice;
  readonly #runtime: PanelRuntime;
  readonly #attention: Attention;
  #spec: PanelSpec;
  /** What the widget says of itself. */
  #title: string | undefined;
  #badge: string | undefined;
  /** A widget that was withdrawn or fails is still called what it was called. */
  #manifest: WidgetManifest | undefined;
  #shown = false;
  #lookedAt: readonly string[] = [];
  #prefetched: string | undefined;
  readonly #visibility = new VisibilityReport((kind, rest) => this.#report(kind, rest));
  readonly #stopWatching: () => void;

  constructor(
    readonly id: string,
    spec: PanelSpec,
    private readonly host: PanelHost,
    restored?: Kept,
  ) {
    this.#spec = spec;
    this.element.className = 'dm-panel';
    this.element.dataset['panel'] = id;
    this.element.tabIndex = 0;
    this.element.hidden = true;
    // Not what a widget makes up: it would hide from the page that it only answers.
    for (const type of ['pointerdown', 'keydown'] as const)
      this.element.addEventListener(type, ({ isTrusted }) => isTrusted && this.#running?.agent.used(), { capture: true });
    this.element.addEventListener('settings-change', (event) => this.#onSettingsChange(event));
    this.#attention = new Attention(
      this.element,
      () => this.#running?.element,
      () => this.#runtime.calm(),
    );
    this.#voice = new PanelVoice(this.#speaker());
    this.#runtime = new PanelRuntime(
      spec.content.widget,
      {
        element: this.element,
        notes: this.#voice.notes,
        resolutions: host.options.resolutions,
        parts: () => this.#parts(),
        typing: () => this.#attention.typing,
        usedSince: (time) => this.#attention.usedSince(time),
        announce: (effect) => this.#announce(effect),
        clear: () => this.#voice.showOnly(),
        placed: (running, before, times) => this.#placed(running, before, times),
        report: (detail, version) => this.#report('failed', { detail, ...(version ? { version } : {}) }),
      },
      restored,
    );
    this.#describe('loading');
    this.#stopWatching = attributeErrors({
      element: this.element,
      bases: () => this.#runtime.bases,
      attributeError: (error, base, file) => void this.#runtime.attributeError(error, base, file),
      overstepped: (reach, base, allow) => this.#voice.overstepped(reach, base, allow),
    });
    this.#learnTitle();
  }

  get title(): string {
    return this.#spec.content.title ?? this.#title ?? titleOf(this.#knownManifest, this.#spec.content.widget);
  }

  /** What the widget remarks, and the version where the panel does not follow any channel. */
  get badge(): string | undefined {
    const pinned = pinnedVersion(this.#runtime.wanted);
    return [this.#badge, pinned && shownVersion(pinned)].filter(Boolean).join(' · ') || undefined;
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
      dirty: this.#runtime.attempt((widget) => widget.isDirty) === true,
    };
  }

  /** Attributes that its element says it looks at. */
  get attributes(): readonly string[] {
    const { observedAttributes } = (this.#running?.element.constructor ?? {}) as { observedAttributes?: unknown };
    return Array.isArray(observedAttributes) ? observedAttributes.filter((name) => typeof name === 'string') : [];
  }

  /** Somebody who makes a wire looks at these events of its element, beside those that wires begin with. */
  lookAt(events: readonly string[]): void {
    this.#lookedAt = events;
    this.#setWires();
  }

  /** Who works on it as well, by name. */
  sayWhoElse(names: readonly string[]): void {
    this.#voice.whoElse(names);
  }

  /** What it would go on with on another page. */
  get kept(): Kept {
    return this.#runtime.kept;
  }

  /** Something of it is neither in the layout nor in its state: it would be gone with the page. */
  get isOfThisPage(): boolean {
    return this.info.dirty || this.#runtime.state.chosen !== null;
  }

  /** The layout changed. Only what is different reaches the widget. */
  update(spec: PanelSpec): void {
    const before = this.#spec;
    this.#spec = spec;
    const { channel, direction } = spec.membership;
    const moved = channel !== before.membership.channel || direction !== before.membership.direction;
    if (moved) this.#running?.agent.setMembership(spec.membership);
    this.#setWires();
    if (spec.content.widget !== before.content.widget) this.#want();
    else this.#applySettings();
    if (moved || spec.content.title !== before.content.title || spec.content.widget !== before.content.widget) this.#changed();
  }

  /** The first time it is shown, its widget is loaded. */
  show(visible: boolean): void {
    if (!visible && this.#running) this.#runtime.scrolls.note();
    this.element.hidden = !visible;
    if (visible && this.#running) this.#runtime.scrolls.resume();
    if (visible && !this.#shown) {
      this.#shown = true;
      this.#want();
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

  /** The registry's answer about a spec is another one; it may be about a version that runs here. */
  answered(spec: string): void {
    if (this.#shown) this.#runtime.answered(spec);
    else if (spec === this.#spec.content.widget) this.#learnTitle();
  }

  /** Mode, theme or language are others now. */
  updateSurroundings(): void {
    this.#runtime.attempt((widget) => widget.setSurroundings(this.host.now()));
  }

  /** Notes where it is scrolled to. Answers with the way back there. */
  keepScroll(): () => void {
    this.#runtime.scrolls.note();
    return () => this.#runtime.scrolls.restore();
  }

  focus(): void {
    this.element.focus();
  }

  /** Something of the widget failed while it runs on. */
  problem(error: unknown): void {
    void this.#runtime.attributeError(error, undefined, undefined);
  }

  /** Answers with what its widget leaves, for the case that the panel comes back. */
  dispose(): Kept {
    const kept = this.#runtime.dispose();
    this.#visibility.set(undefined);
    this.#attention.stop();
    this.#stopWatching();
    this.element.remove();
    return kept;
  }

  get #running(): RunningWidget | undefined {
    return this.#runtime.running;
  }

  get #failed(): boolean {
    return this.#runtime.state.failed !== null;
  }

  get #knownManifest(): Pick<WidgetManifest, 'title'> | undefined {
    if (this.#running) return this.#running.resolution.widget;
    const known = this.host.options.resolutions.peek(this.#runtime.wanted);
    if (known && isResolution(known)) return known.widget;
    const { name } = partsOf(this.#spec.content.widget);
    if (this.#manifest?.name === name) return this.#manifest;
    return known?.title ? { title: known.title } : undefined;
  }

  #want(): void {
    if (this.#shown) this.#runtime.dispatch({ kind: 'wanted', spec: this.#spec.content.widget });
    else this.#learnTitle();
  }

  /** A tab that nobody opened yet has a name all the same. Why there is none is shown when it is opened. */
  #learnTitle(): void {
    this.host.options.resolutions.get(this.#spec.content.widget).then(
      () => this.#changed(),
      () => this.#changed(),
    );
  }

  #parts(): WidgetParts {
    const { options, interop } = this.host;
    return {
      panel: this.id,
      interop,
      membership: this.#spec.membership,
      now: this.host.now(),
      settings: [this.#spec.content.settings, this.#spec.own],
      wires: this.#spec.content.bindings ?? [],
      wiredEvents: this.#wiredEvents,
      onRefused: (error) => this.problem(error),
      onWire: (refusal) => this.#voice.wireRefused(refusal),
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
    };
  }

  #placed(running: RunningWidget, before: RunningWidget | undefined, { asked, start }: { asked: number; start: number }): void {
    const { name, version, widget } = running.resolution;
    this.#manifest = widget;
    if (before) this.#badge = undefined;
    if (before && before.resolution.name !== name) this.#title = undefined;
    this.#voice.placed(running.resolution);
    this.#describe('ready');
    // The layout, the mode, the theme or the language may have changed while the files travelled.
    running.agent.setMembership(this.#spec.membership);
    this.updateSurroundings();
    this.#setWires();
    this.#applySettings();
    if (before) this.element.dataset['swapped'] = version;
    // Also for whoever profiles a page: it stands in the browser's own timeline.
    performance.measure(`datamesh:mount:${name}`, { start, detail: { panel: this.id, version } });
    this.#report(before ? 'swapped' : 'mounted', { ms: performance.now() - asked });
    this.#reportVisibility();
    this.#changed();
  }

  #announce(effect: AnnouncedEffect): void {
    this.#voice.announce(effect);
    this.#reportVisibility();
    this.#changed();
  }

  #speaker(): Speaker {
    const runtime = (): PanelRuntime => this.#runtime;
    return {
      element: this.element,
      get runtime() {
        return runtime();
      },
      title: () => this.title,
      editing: () => this.host.now().mode === 'edit',
      follow: (spec) => this.host.follow(this.id, spec),
      notify: (level, text) => this.host.options.onNotify(level, text),
      describe: (state, version) => this.#describe(state, version),
      report: (kind, rest) => this.#report(kind, rest),
    };
  }

  get #wiredEvents(): readonly string[] {
    return [...new Set([...this.#spec.wiredEvents, ...this.#lookedAt])].sort();
  }

  #setWires(): void {
    this.#runtime.attempt((widget) => widget.setWires(this.#spec.content.bindings ?? [], this.#wiredEvents));
  }

  #applySettings(): void {
    const { content, own } = this.#spec;
    if (this.#running?.resolution.name === partsOf(content.widget).name)
      this.#runtime.attempt((widget) => widget.setSettings(content.settings, own));
  }

  async #changeSettings(patch: Record<string, unknown>): Promise<void> {
    if (!this.#running) return;
    const check = await settingsCheck();
    // That may have taken long: what runs now is asked.
    const running = this.#running;
    if (!running) return;
    check(running.resolution.widget, running.settings, patch);
    this.host.options.onSettings(this.id, structuredClone(patch));
  }

  #onSettingsChange(event: Event): void {
    event.stopPropagation();
    const { detail } = event as CustomEvent<unknown>;
    if (detail === null || typeof detail !== 'object') return;
    const change = (): void => {
      this.#changeSettings(detail as Record<string, unknown>).catch((error: unknown) => this.#voice.showProblem(error));
    };
    // One that is only tried changes nothing until it stands.
    const tried = this.#runtime.tried;
    if (tried && event.composedPath().includes(tried.element)) tried.whenStanding(change);
    else change();
  }

  #describe(state: 'loading' | 'ready' | 'failed', version = this.#running?.resolution.version): void {
    const { dataset } = this.element;
    dataset['state'] = state;
    dataset['widget'] = partsOf(this.#spec.content.widget).name;
    if (version) dataset['version'] = version;
    else delete dataset['version'];
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

  #report(kind: PanelReport['kind'], rest: Partial<PanelReport>): void {
    const { name } = partsOf(this.#spec.content.widget);
    const version = this.#running?.resolution.version ?? null;
    this.host.options.report({ kind, panel: this.id, widget: name, version, layout: this.host.layoutId(), ...rest });
  }
}
