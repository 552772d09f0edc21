import type { WidgetFailure } from '../../remotes/failure';
import type { Resolution } from '../../remotes/resolution';

/** Why a version that is ready does not take its place yet. */
export type Hold = 'typing' | 'dirty';

export interface Running {
  resolution: Resolution;
  /** It has stood its first seconds: from now on an error is a problem of it, and no reason to go back. */
  proven: boolean;
  /** It failed in its first seconds and is on its way out, whatever becomes of what was to come instead. `fatal`: it cannot run on. */
  failing: { failure: WidgetFailure; fatal: boolean } | null;
}

/** On its way into the panel. */
export interface Coming {
  turn: number;
  /** Null until the registry has said which version it is. */
  resolution: Resolution | null;
  /** The person said "now": what they entered may be lost. */
  consented: boolean;
  /** What is gone back from, and why. */
  back: { from: Resolution; failure: WidgetFailure } | null;
  /** Asked for because something failed: what the panel says about that stays until this stands. */
  aside: boolean;
  /** Its element exists: from here on it is no longer late. */
  trying: boolean;
}

export interface LifecycleState {
  /** What the layout asks for: `notes@stable`. */
  readonly spec: string;
  readonly chosen: string | null;
  /** Counts what was begun: only the last of several may put anything into the panel. */
  readonly turn: number;
  readonly running: Running | null;
  readonly coming: Coming | null;
  /** Loaded, and waiting for a moment in which nobody is interrupted. */
  readonly ready: Resolution | null;
  /** Shown instead of a widget: why, and of which version where one is known. */
  readonly failed: { failure: WidgetFailure; resolution: Resolution | null } | null;
  /** Ran before what runs now, or on an earlier page: what a failing version gives way to. */
  readonly good: Resolution | null;
  /** `name@version` of what failed in this panel; tried again only when a person says so. */
  readonly refused: readonly string[];
}

export type LifecycleEvent =
  | { kind: 'wanted'; spec: string }
  /** A person wants this spec instead, for as long as the page is open. */
  | { kind: 'chosen'; spec: string }
  /** What is wanted may mean another version now. */
  | { kind: 'answered' }
  | { kind: 'again' }
  | { kind: 'reload' }
  | { kind: 'resolved'; turn: number; resolution: Resolution }
  | { kind: 'unresolved'; turn: number; failure: WidgetFailure }
  /** `hold`: why it would be rude to swap right now. */
  | { kind: 'loaded'; turn: number; hold: Hold | null }
  | { kind: 'stood'; turn: number }
  | { kind: 'interrupted'; turn: number; hold: Hold }
  | { kind: 'broke'; turn: number; failure: WidgetFailure }
  | { kind: 'overdue'; turn: number; failure: WidgetFailure }
  | { kind: 'proven'; id: string }
  /** `fatal`: it cannot run on. */
  | { kind: 'blamed'; failure: WidgetFailure; fatal: boolean }
  | { kind: 'recalled'; resolution: Resolution }
  | { kind: 'calm' }
  | { kind: 'consented' }
  | { kind: 'withdrawn'; id: string; failure: WidgetFailure };

export type Effect =
  | { kind: 'resolve'; turn: number; spec: string }
  | { kind: 'load'; turn: number; resolution: Resolution }
  /** Beside what runs, and then instead of it. `atOnce`: without waiting whether it fails a moment later. */
  | { kind: 'try'; turn: number; resolution: Resolution; atOnce: boolean }
  /** What runs goes, its state stays. */
  | { kind: 'takeOut' }
  | { kind: 'distrust'; resolution: Resolution }
  | { kind: 'showLoading' }
  /** `good`: what can be offered instead. */
  | { kind: 'fail'; failure: WidgetFailure; resolution: Resolution | null; good: Resolution | null }
  /** A newer version failed; what runs goes on. */
  | { kind: 'kept'; failure: WidgetFailure; resolution: Resolution | null }
  | { kind: 'late'; resolution: Resolution | null }
  | { kind: 'offer'; resolution: Resolution; hold: Hold }
  | { kind: 'returned'; from: Resolution; to: Resolution; failure: WidgetFailure }
  | { kind: 'withdrawn'; resolution: Resolution; failure: WidgetFailure }
  /** What is wanted runs: what was said about other versions is out of date. */
  | { kind: 'settled'; resolution: Resolution }
  | { kind: 'probation'; resolution: Resolution }
  | { kind: 'remember'; resolution: Resolution }
  | { kind: 'problem'; error: unknown };

export interface Step {
  state: LifecycleState;
  effects: Effect[];
}
