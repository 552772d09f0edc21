import type { WidgetClass } from '../../remotes/element-class';
import { messageOf, WidgetFailure } from '../../remotes/failure';
import { distrust, load } from '../../remotes/federation';
import { explain } from '../../remotes/lazy-explain';
import { idOf, isResolution, type Resolution, urlOf } from '../../remotes/resolution';
import type { Resolutions } from '../../remotes/resolutions';
import { endWorkers } from '../../remotes/workers';
import { goodVersions } from '../browser-memory';
import { callersAt } from '../error-attribution';
import type { RunningWidget, WidgetParts } from '../running-widget';
import type { Kept } from '../types';
import { Handover } from './handover';
import { initial, step, wantedSpec } from './lifecycle';
import type { Scrolls } from './scrolls';
import { leftByItself, Trial } from './trial';
import type { Effect, Hold, LifecycleEvent, LifecycleState } from './types';

/** Longer than this nobody waits for a widget without a word; milliseconds. */
const TIMEOUT_MS = 15_000;
/** An error within this time of a swap is taken to be the new version's; milliseconds. */
const PROBATION = 10_000;
/** How long a new element is watched out of sight: a framework draws, and fails, a task or two after it is connected; milliseconds. */
const TRIAL = 100;

/** Effects that are words or pictures, which is all that whoever draws the panel has to know of. */
export type AnnouncedEffect = Exclude<Effect, { kind: 'resolve' | 'load' | 'try' | 'takeOut' | 'distrust' | 'probation' | 'remember' }>;

/** The frame around a widget. */
export interface PanelView {
  readonly element: HTMLElement;
  /** Widgets stand before it. */
  readonly notes: HTMLElement;
  readonly resolutions: Resolutions;
  parts(): WidgetParts;
  /** Somebody is in the middle of something. */
  typing(): boolean;
  usedSince(time: number): boolean;
  announce(effect: AnnouncedEffect): void;
  /** Nothing but what is placed next is shown. */
  clear(): void;
  placed(running: RunningWidget, before: RunningWidget | undefined, times: { asked: number; start: number }): void;
  report(detail: string, version?: string): void;
}

/** Carries out what the lifecycle says: fetches, tries, places and takes out the widgets of one panel. */
export class PanelRuntime {
  #state: LifecycleState;
  #running: RunningWidget | undefined;
  #trial: Trial | undefined;
  #fetched: { turn: number; Widget: WidgetClass; start: number } | undefined;
  /** By turn: what is being fetched, also for a turn that nobody waits for any more; its module runs all the same. */
  readonly #fetching = new Map<number, string>();
  #begun = { turn: 0, asked: 0 };
  readonly #handover: Handover;
  #overdue: ReturnType<typeof setTimeout> | undefined;
  #probation: ReturnType<typeof setTimeout> | undefined;
  #unwatch: (() => void)[] = [];
  readonly #presence = new MutationObserver(() => this.#lookForElements());
  /** How often it was tried again by itself; more often than it has files would be a loop. */
  #mended = 0;
  #disposed = false;

  constructor(
    spec: string,
    private readonly view: PanelView,
    restored: Kept | undefined,
  ) {
    this.#state = initial(spec);
    this.#handover = new Handover(view, restored);
    this.#presence.observe(view.element, { childList: true });
    view.element.addEventListener('focusout', (event) => {
      const toNote = event.relatedTarget instanceof Node && view.notes.contains(event.relatedTarget);
      const [field] = event.composedPath();
      if (this.#running) this.#handover.left(this.#running, toNote && field instanceof Element ? field : undefined);
    });
  }

  get running(): RunningWidget | undefined {
    return this.#running;
  }

  /** What is tried beside it right now. */
  get tried(): RunningWidget | undefined {
    return this.#trial?.widget;
  }

  get state(): LifecycleState {
    return this.#state;
  }

  /** What it should run right now. */
  get wanted(): string {
    return wantedSpec(this.#state);
  }

  /** Whether there is something to hand to the next widget, while there is none. */
  get keeps(): boolean {
    return this.#handover.kept !== undefined;
  }

  /** What it would go on with on another page. */
  get kept(): Kept {
    return this.#handover.now(this.#running);
  }

  /** Before the frame is hidden, and after it is displayed. */
  get scrolls(): Scrolls {
    return this.#handover.scrolls;
  }

  /** Addresses of everything whose code may run in this panel; a module runs before there is an element of it. */
  get bases(): string[] {
    const { coming } = this.#state;
    return [
      this.#trial?.widget.base,
      this.#running?.base,
      coming?.resolution && urlOf(coming.resolution, ''),
      ...this.#fetching.values(),
    ].filter((base) => base != null);
  }

  dispatch(event: LifecycleEvent): void {
    if (this.#disposed) return;
    const { state, effects } = step(this.#state, event);
    this.#state = state;
    if (this.#trial && this.#trial.turn !== state.coming?.turn) this.#endTrial();
    if (!state.coming) clearTimeout(this.#overdue);
    this.#watch();
    for (const effect of effects) this.#carryOut(effect);
  }

  /** The registry's answer about a spec is another one. */
  answered(spec: string): void {
    const item = this.view.resolutions.peek(spec);
    const concerned = [this.#state.running?.resolution, this.#state.good, this.#state.ready, this.#state.coming?.resolution];
    if (item && !isResolution(item) && item.error.code === 'version_yanked' && concerned.some((one) => one && idOf(one) === spec))
      this.dispatch({
        kind: 'withdrawn',
        id: spec,
        failure: new WidgetFailure(spec, 'resolve', 'version_yanked', undefined, new Error(item.error.detail), item),
      });
    else if (spec === this.wanted) this.dispatch({ kind: 'answered' });
  }

  again(): void {
    this.view.resolutions.forget(this.wanted);
    this.dispatch({ kind: 'again' });
  }

  reload(): void {
    this.view.resolutions.forget(this.wanted);
    this.dispatch({ kind: 'reload' });
  }

  /** A moment in which nobody is in the middle of anything may have come. */
  calm(): void {
    if (this.#state.ready && !this.#hold()) this.dispatch({ kind: 'calm' });
  }

  /** An error that is known to be of this panel: of what is tried, where its address says so, else of what runs. */
  async attributeError(error: unknown, base: string | undefined, file: string | undefined): Promise<void> {
    const trial = this.#trial;
    if (trial && base === trial.widget.base) {
      this.dispatch({ kind: 'broke', turn: trial.turn, failure: await explain(trial.widget.resolution, 'connect', error) });
      return;
    }
    const running = this.#running;
    if (!running || (base !== undefined && base !== running.base)) return;
    if (!file) {
      this.#attribute(running, error, false);
      return;
    }
    // A chunk that did not load leaves a hole in the widget.
    const failure = await explain(running.resolution, 'running', error);
    if (running !== this.#running) return;
    distrust(running.resolution);
    if (failure.reason === 'mended' && this.#mended < Object.keys(running.resolution.integrity).length) {
      this.#mended += 1;
      this.reload();
    } else this.dispatch({ kind: 'blamed', failure, fatal: true });
  }

  /** Calls into the widget, if there is one; what it throws is shown in this panel and nowhere else. */
  attempt<T>(call: (widget: RunningWidget) => T): T | undefined {
    try {
      return this.#running ? call(this.#running) : undefined;
    } catch (error) {
      void this.attributeError(error, undefined, undefined);
      return undefined;
    }
  }

  /** Answers with what it leaves, for the case that the panel comes back. */
  dispose(): Kept {
    this.#takeOut();
    this.#disposed = true;
    this.#endTrial();
    clearTimeout(this.#overdue);
    clearTimeout(this.#probation);
    for (const stop of this.#unwatch) stop();
    this.#presence.disconnect();
    this.scrolls.stop();
    return this.kept;
  }

  #carryOut(effect: Effect): void {
    switch (effect.kind) {
      case 'resolve':
        void this.#resolve(effect.turn, effect.spec);
        return;
      case 'load':
        void this.#load(effect.turn, effect.resolution);
        return;
      case 'try':
        this.#try(effect);
        return;
      case 'takeOut':
        this.#takeOut();
        return;
      case 'distrust':
        distrust(effect.resolution);
        return;
      case 'probation':
        this.#startProbation(effect.resolution);
        return;
      case 'remember':
        goodVersions.set(effect.resolution.name, effect.resolution.version);
        return;
      case 'fail':
        this.view.announce(effect);
        if (!effect.good && effect.resolution) void this.#recall(effect.resolution);
        return;
      default:
        this.view.announce(effect);
    }
  }

  async #resolve(turn: number, spec: string): Promise<void> {
    this.#begin(turn);
    try {
      this.dispatch({ kind: 'resolved', turn, resolution: await this.view.resolutions.get(spec) });
    } catch (cause) {
      const failure = cause instanceof WidgetFailure ? cause : new WidgetFailure(spec, 'resolve', 'unavailable', undefined, cause);
      this.dispatch({ kind: 'unresolved', turn, failure });
    }
  }

  async #load(turn: number, resolution: Resolution): Promise<void> {
    if (this.#begun.turn !== turn) this.#begin(turn);
    const start = performance.now();
    let Widget: WidgetClass;
    this.#fetching.set(turn, urlOf(resolution, ''));
    try {
      Widget = await load(resolution);
    } catch (cause) {
      this.dispatch({ kind: 'broke', turn, failure: await explain(resolution, 'connect', cause) });
      return;
    } finally {
      this.#fetching.delete(turn);
    }
    this.#fetched = { turn, Widget, start };
    this.dispatch({ kind: 'loaded', turn, hold: this.#hold() });
  }

  #begin(turn: number): void {
    this.#begun = { turn, asked: performance.now() };
    clearTimeout(this.#overdue);
    this.#overdue = setTimeout(() => {
      const resolution = this.#state.coming?.resolution;
      const [widget, stage] = resolution ? ([idOf(resolution), 'container'] as const) : ([this.wanted, 'resolve'] as const);
      this.dispatch({ kind: 'overdue', turn, failure: new WidgetFailure(widget, stage, 'no_answer', undefined, undefined) });
    }, TIMEOUT_MS);
  }

  #hold(): Hold | null {
    if (this.view.typing()) return 'typing';
    return this.#isDirty ? 'dirty' : null;
  }

  get #isDirty(): boolean {
    return this.attempt((widget) => widget.isDirty) === true;
  }

  #try({ turn, resolution, atOnce }: Extract<Effect, { kind: 'try' }>): void {
    if (this.#fetched?.turn !== turn) return;
    const { Widget } = this.#fetched;
    const before = this.#running;
    let trial: Trial | undefined;
    try {
      trial = new Trial(
        turn,
        resolution,
        Widget,
        this.view.parts(),
        this.#handover.statesFor(resolution, before, this.#state.running?.failing != null),
      );
      this.#trial = trial;
      if (!before) this.view.clear();
      trial.connect(this.view.element, this.view.notes, before !== undefined);
    } catch (cause) {
      this.#trial = undefined;
      void explain(resolution, 'connect', cause).then((failure) => this.dispatch({ kind: 'broke', turn, failure }));
      return;
    }
    // It may have been blamed, or have become needless, while it was connected.
    if (this.#trial !== trial) return;
    const won = trial;
    if (atOnce) this.#place(won);
    else won.after(TRIAL, () => this.#judge(won));
  }

  #judge(trial: Trial): void {
    const hold = this.view.usedSince(trial.begun) ? 'typing' : this.#hold();
    if (hold) this.dispatch({ kind: 'interrupted', turn: trial.turn, hold });
    else this.#place(trial);
  }

  /** One after the other: a widget that fails while it leaves must not take the next one with it. */
  #place(trial: Trial): void {
    const before = this.#running;
    const giveFocus = this.#handover.takeFocus(before);
    this.#trial = undefined;
    this.#running = trial.win();
    if (before) this.#remove(before);
    this.#handover.done(before, trial.widget);
    const { asked } = this.#begun;
    const start = this.#fetched?.start ?? asked;
    this.#running.stand();
    this.view.placed(this.#running, before, { asked, start });
    this.dispatch({ kind: 'stood', turn: trial.turn });
    giveFocus(trial.widget);
  }

  #takeOut(): void {
    const running = this.#running;
    if (!running) return;
    this.#handover.keep(running);
    this.#running = undefined;
    clearTimeout(this.#probation);
    this.#remove(running);
  }

  #remove(widget: RunningWidget): void {
    widget.silence();
    if (callersAt(widget.base).length === 0) endWorkers(widget.base);
    for (const error of widget.leave()) this.view.report(`on leaving: ${messageOf(error)}`, widget.resolution.version);
  }

  /** A widget may take itself out of its panel, by a button of its own or by mistake. */
  #lookForElements(): void {
    const [trial, running, frame] = [this.#trial, this.#running, this.view.element];
    if (trial && !frame.contains(trial.widget.element)) void this.attributeError(leftByItself(), trial.widget.base, undefined);
    if (!running || frame.contains(running.element)) return;
    this.#attribute(running, leftByItself(), true);
  }

  #attribute({ resolution }: RunningWidget, error: unknown, fatal: boolean): void {
    this.dispatch({ kind: 'blamed', failure: new WidgetFailure(idOf(resolution), 'running', 'threw', undefined, error), fatal });
  }

  #endTrial(): void {
    this.#trial?.end();
    this.#trial = undefined;
  }

  #startProbation(resolution: Resolution): void {
    clearTimeout(this.#probation);
    this.#probation = setTimeout(() => this.dispatch({ kind: 'proven', id: idOf(resolution) }), PROBATION);
    if (!this.#state.good) void this.#recall(resolution);
  }

  /** A version that worked in this browser before, where there is one and it is still live. */
  async #recall({ name, version }: Resolution): Promise<void> {
    const known = goodVersions.get(name);
    if (known === undefined || known === version) return;
    try {
      this.dispatch({ kind: 'recalled', resolution: await this.view.resolutions.get(`${name}@${known}`) });
    } catch (cause) {
      // Withdrawn, or the registry is away: then there is nothing to go back to, which is what the panel says anyway.
      if (!(cause instanceof WidgetFailure)) throw cause;
    }
  }

  /** That one of them was withdrawn is news, wherever the layout's own spec leads. */
  #watch(): void {
    const { running, good, ready, coming } = this.#state;
    const before = this.#unwatch;
    const concerned = [running?.resolution, good, ready, coming?.resolution].filter((one) => one != null);
    this.#unwatch = concerned.map((resolution) => this.view.resolutions.watch(resolution));
    for (const stop of before) stop();
  }
}
