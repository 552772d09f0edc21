import { messageOf } from '../../remotes/failure';
import type { Resolution } from '../../remotes/resolution';
import { looked } from '../error-attribution';
import type { RunningWidget } from '../running-widget';
import type { Kept } from '../types';
import { type Caret, caretIn, restoreCaret } from './fields';
import { Scrolls } from './scrolls';

/** How long a field may take to be drawn, for the caret to go back into it; milliseconds. */
const CARET = 1_000;

/** What the handover has to know of the panel. */
export interface HandoverView {
  readonly element: HTMLElement;
  usedSince(time: number): boolean;
  report(detail: string, version?: string): void;
}

/** What one widget of a panel leaves to the next: its state, where it is scrolled to, and where somebody was typing. */
export class Handover {
  #kept: unknown;
  /** What the one that runs was given when it took its place, and when that was. */
  #given: unknown;
  #placedAt = 0;
  #caret: Caret | undefined;
  readonly scrolls: Scrolls;

  constructor(
    private readonly view: HandoverView,
    /** Of a panel that was here before. */
    restored: Kept | undefined,
  ) {
    this.#kept = restored?.state;
    this.scrolls = new Scrolls(view.element, restored?.scrolls ?? []);
  }

  /** Of a widget that was taken out, while nothing has come in its place. */
  get kept(): unknown {
    return this.#kept;
  }

  /** What the next widget would be given right now. */
  now(running: RunningWidget | undefined): Kept {
    if (running) this.scrolls.note();
    return { state: running ? this.#stateOf(running) : this.#kept, scrolls: this.scrolls.known };
  }

  /** What is tried in turn: the version that comes instead may not understand what a failing one has made of it. */
  statesFor(next: Resolution, running: RunningWidget | undefined, failing: boolean): unknown[] {
    if (!running) return [this.#kept];
    if (running.resolution.name !== next.name) return [undefined];
    const state = this.#stateOf(running);
    this.#caret = caretIn(running.element) ?? this.#caret;
    if (!failing) {
      this.#given = state;
      return [state];
    }
    // What a failing version says of itself is believed only where somebody has done something with it.
    return this.view.usedSince(this.#placedAt) ? [state, this.#given, undefined] : [this.#given, undefined];
  }

  /** The field that somebody has just left for a button of the dashboard's, such as "Update now"; undefined: for anything else. */
  left(running: RunningWidget, field: Element | undefined): void {
    this.#caret = field && caretIn(running.element, field);
  }

  /** It is about to be taken out, with nothing there yet to take its place. */
  keep(running: RunningWidget): void {
    const state = this.#stateOf(running);
    if (state !== undefined) this.#kept = state;
    this.scrolls.note();
    const caret = caretIn(running.element);
    // The focus stays in the panel, from where the next one takes it.
    if (looked(() => running.element.contains(document.activeElement), false)) this.view.element.focus();
    this.#caret = caret;
  }

  /** Before the one that runs goes. Answers with how to give the focus to the next one, where the panel has it. */
  takeFocus(before: RunningWidget | undefined): (next: RunningWidget) => void {
    if (before) this.scrolls.note();
    if (!this.view.element.contains(document.activeElement)) return () => undefined;
    const caret = (before && caretIn(before.element)) ?? this.#caret;
    return ({ element }) => {
      if (!caret || !restoreCaret(element, caret)) this.view.element.focus();
      if (caret) this.#lookFor(element, caret);
    };
  }

  /** Another one has taken the place. */
  done(before: RunningWidget | undefined, next: RunningWidget): void {
    if (before && before.resolution.name !== next.resolution.name) this.scrolls.forget();
    else this.scrolls.restore();
    this.#placedAt = performance.now();
    this.#kept = undefined;
    this.#caret = undefined;
  }

  /** A framework draws its fields a moment later. Whoever has gone elsewhere meanwhile is not fetched back. */
  #lookFor(element: HTMLElement, caret: Caret): void {
    const until = performance.now() + CARET;
    const look = (): void => {
      if (document.activeElement !== this.view.element || restoreCaret(element, caret) || performance.now() > until) return;
      setTimeout(look, 20);
    };
    setTimeout(look, 0);
  }

  #stateOf(widget: RunningWidget): unknown {
    try {
      return widget.getState();
    } catch (error) {
      this.view.report(`getState: ${messageOf(error)}`, widget.resolution.version);
      return undefined;
    }
  }
}
