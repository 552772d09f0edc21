/**
 * Which version runs in a panel, as a pure state machine: events in, effects out. Whoever draws the panel carries the effects
 * out and tells what came of them; nothing here knows a DOM, a clock or a network.
 *
 * Four rules, in this order: a withdrawn version does not run; what runs is not taken away by what fails; nobody who is in the
 * middle of something is interrupted; otherwise the panel runs what its spec means.
 */
import type { WidgetFailure } from '../../remotes/failure';
import { idOf, type Resolution } from '../../remotes/resolution';
import type { Coming, Effect, Hold, LifecycleEvent, LifecycleState, Running, Step } from './types';

export const initial = (spec: string): LifecycleState => ({
  spec,
  chosen: null,
  turn: 0,
  running: null,
  coming: null,
  ready: null,
  failed: null,
  good: null,
  refused: [],
});

/** What the panel should run: what the person chose for this page, else what the layout says. */
export const wantedSpec = ({ chosen, spec }: LifecycleState): string => chosen ?? spec;

export function step(state: LifecycleState, event: LifecycleEvent): Step {
  switch (event.kind) {
    case 'wanted':
      return want({ ...state, spec: event.spec, chosen: null, coming: null, refused: [] });
    case 'chosen':
      return want({ ...state, chosen: event.spec, coming: null, refused: [] });
    case 'answered':
      return want(state);
    case 'again':
      return tryAgain(state);
    case 'reload':
      return after([{ kind: 'takeOut' }], want({ ...state, running: null, ready: null, refused: [] }));
    case 'resolved':
      return current(state, event.turn, (coming) => resolved(state, coming, event.resolution));
    case 'unresolved':
      return current(state, event.turn, (coming) => unresolved(state, coming, event.failure));
    case 'loaded':
      return current(state, event.turn, (coming) => loaded(state, coming, event.hold));
    case 'stood':
      return current(state, event.turn, (coming) => stood(state, coming));
    case 'interrupted':
      return current(state, event.turn, (coming) => waitFor(state, coming, event.hold));
    case 'broke':
      return current(state, event.turn, (coming) => broke(state, coming, event.failure));
    case 'overdue':
      return current(state, event.turn, (coming) => overdue(state, coming, event.failure));
    case 'proven':
      return proven(state, event.id);
    case 'blamed':
      return blamed(state, event.failure, event.fatal);
    case 'recalled':
      return recalled(state, event.resolution);
    case 'calm':
      return proceed(state, false);
    case 'consented':
      return proceed(state, true);
    case 'withdrawn':
      return withdrawn(state, event.id, event.failure);
  }
}

const quiet = (state: LifecycleState, ...effects: Effect[]): Step => ({ state, effects });
const after = (effects: Effect[], next: Step): Step => ({ state: next.state, effects: [...effects, ...next.effects] });

/** Answers of an earlier turn are about something that nobody waits for any more. */
const current = (state: LifecycleState, turn: number, run: (coming: Coming) => Step): Step =>
  state.coming?.turn === turn ? run(state.coming) : quiet(state);

/** Nothing is known of it yet. */
const BEGUN: Omit<Coming, 'turn'> = { resolution: null, consented: false, back: null, aside: false, trying: false };

/** Asks what the spec means now. A person's "now" holds for whatever the answer is: they said it moments ago. */
function want(state: LifecycleState): Step {
  const asked = ask(state, false);
  return state.running ? asked : after([{ kind: 'showLoading' }], { ...asked, state: { ...asked.state, failed: null } });
}

function ask(state: LifecycleState, aside: boolean): Step {
  const turn = state.turn + 1;
  const consented = state.coming?.consented ?? false;
  return quiet({ ...state, turn, coming: { ...BEGUN, turn, consented, aside } }, { kind: 'resolve', turn, spec: wantedSpec(state) });
}

/**
 * What failed has been dealt with. What is wanted may be something else that was on its way, or waiting, when it failed; it comes
 * after all. What is said about the failure stays until it does.
 */
const goOn = (dealt: Step): Step => (dealt.state.coming ? dealt : after(dealt.effects, ask(dealt.state, true)));

/** A container that never answered is asked under another name: the one that hangs would hang for ever. */
function tryAgain(state: LifecycleState): Step {
  const { coming } = state;
  const stuck: Effect[] = coming?.resolution && !coming.trying ? [{ kind: 'distrust', resolution: coming.resolution }] : [];
  return after(stuck, want({ ...state, ready: null, refused: [] }));
}

function resolved(state: LifecycleState, coming: Coming, resolution: Resolution): Step {
  const { running, ready } = state;
  const id = idOf(resolution);
  const same = running && idOf(running.resolution) === id;
  if (running?.failing && (same || state.refused.includes(id)))
    return leave({ ...state, coming: null, ready: null }, running, running.failing);
  if (same) {
    const settled: Effect[] = coming.aside ? [] : [{ kind: 'settled', resolution }];
    return quiet({ ...state, coming: null, ready: null, running: { ...running, resolution } }, ...settled);
  }
  if ((running || coming.aside) && state.refused.includes(id)) return quiet({ ...state, coming: null, ready: null });
  // It is offered already, and goes on waiting for its moment, unless this is it.
  if (ready && idOf(ready) === id && !coming.consented && !running?.failing) return quiet({ ...state, coming: null });
  return load({ ...state, ready: null }, { ...coming, resolution });
}

const load = (state: LifecycleState, coming: Coming & { resolution: Resolution }): Step =>
  quiet({ ...state, turn: coming.turn, coming }, { kind: 'load', turn: coming.turn, resolution: coming.resolution });

/** The registry being away is no reason to take anything away. */
function unresolved(state: LifecycleState, { aside }: Coming, failure: WidgetFailure): Step {
  const { running } = state;
  if ((running || aside) && failure.reason === 'unavailable')
    return running?.failing ? leave({ ...state, coming: null }, running, running.failing) : quiet({ ...state, coming: null });
  const takeOut: Effect[] = running ? [{ kind: 'takeOut' }] : [];
  return after(takeOut, fail({ ...state, running: null, ready: null }, failure, null));
}

function fail(state: LifecycleState, failure: WidgetFailure, resolution: Resolution | null): Step {
  const { good } = state;
  const other = good && !(resolution && idOf(resolution) === idOf(good)) ? good : null;
  return quiet({ ...state, coming: null, failed: { failure, resolution } }, { kind: 'fail', failure, resolution, good: other });
}

function loaded(state: LifecycleState, coming: Coming, hold: Hold | null): Step {
  const { resolution } = coming;
  if (!resolution) return quiet(state);
  // Whoever said yes is kept waiting for nothing, and what is broken is not looked at any longer than it must be.
  const atOnce = coming.consented || coming.back !== null || !state.running || state.running.failing !== null;
  if (hold && !atOnce) return waitFor(state, coming, hold);
  return quiet({ ...state, coming: { ...coming, trying: true } }, { kind: 'try', turn: coming.turn, resolution, atOnce });
}

function waitFor(state: LifecycleState, { resolution }: Coming, hold: Hold): Step {
  if (!resolution) return quiet(state);
  return quiet({ ...state, coming: null, ready: resolution }, { kind: 'offer', resolution, hold });
}

function stood(state: LifecycleState, { resolution, back }: Coming): Step {
  if (!resolution) return quiet(state);
  const { running } = state;
  const before = running?.resolution;
  const good = before && !state.refused.includes(idOf(before)) ? before : state.good;
  const next: LifecycleState = {
    ...state,
    running: { resolution, proven: false, failing: null },
    coming: null,
    ready: null,
    failed: null,
    good: good && idOf(good) !== idOf(resolution) && good.name === resolution.name ? good : null,
  };
  const probation: Effect = { kind: 'probation', resolution };
  // What failed can also have made room for what was on its way already.
  const failing = running?.resolution.name === resolution.name ? running.failing : null;
  const left = back ?? (running && failing && { from: running.resolution, failure: failing.failure });
  if (!left) return quiet(next, { kind: 'settled', resolution }, probation);
  return goOn(quiet(next, { kind: 'returned', ...left, to: resolution }, probation));
}

function broke(state: LifecycleState, coming: Coming, failure: WidgetFailure): Step {
  const { resolution } = coming;
  const next = { ...(resolution ? refuse(state, resolution) : state), coming: null, ready: null };
  const { running } = state;
  if (running) {
    const left = running.failing ? leave(next, running, running.failing) : quiet(next);
    return coming.back ? goOn(left) : after([{ kind: 'kept', failure, resolution }], left);
  }
  if (coming.back) return goOn(fail(next, coming.back.failure, coming.back.from));
  const failed = fail(next, failure, resolution);
  return resolution ? after(failed.effects, goBack(failed.state, resolution, failure) ?? quiet(failed.state)) : failed;
}

/** To the version that ran before the one that failed; undefined where there is none that may be tried. */
function goBack(state: LifecycleState, from: Resolution, failure: WidgetFailure): Step | undefined {
  const { good } = state;
  if (!good || idOf(good) === idOf(from) || state.refused.includes(idOf(good))) return undefined;
  const turn = state.turn + 1;
  return load(state, { ...BEGUN, turn, resolution: good, back: { from, failure } });
}

/** What came too late is shown all the same, as soon as it is there. */
function overdue(state: LifecycleState, { resolution, aside, trying }: Coming, failure: WidgetFailure): Step {
  if (trying || aside) return quiet(state);
  if (state.running) return quiet(state, { kind: 'late', resolution });
  const failed = fail(state, failure, resolution);
  return quiet({ ...failed.state, coming: state.coming }, ...failed.effects);
}

function proven(state: LifecycleState, id: string): Step {
  const { running } = state;
  if (!running || idOf(running.resolution) !== id || running.proven || running.failing) return quiet(state);
  return quiet({ ...state, running: { ...running, proven: true } }, { kind: 'remember', resolution: running.resolution });
}

function blamed(state: LifecycleState, failure: WidgetFailure, fatal: boolean): Step {
  const { running } = state;
  if (!running) return quiet(state);
  const { failing } = running;
  if (failing) return quiet(fatal ? { ...state, running: { ...running, failing: { ...failing, fatal } } } : state);
  return running.proven ? bear(state, running, { failure, fatal }) : leave(state, running, { failure, fatal });
}

type Failing = NonNullable<Running['failing']>;

/** What failed in its first seconds makes room for the last good version, where there is one. */
function leave(state: LifecycleState, running: Running, failing: Failing): Step {
  const { resolution } = running;
  const next = { ...refuse(state, resolution), running: { ...running, failing } };
  return goBack(next, resolution, failing.failure) ?? bear(state, running, failing);
}

const refuse = (state: LifecycleState, resolution: Resolution): LifecycleState =>
  state.refused.includes(idOf(resolution)) ? state : { ...state, refused: [...state.refused, idOf(resolution)] };

/** Nothing is there to go back to. */
function bear(state: LifecycleState, running: Running, { failure, fatal }: Failing): Step {
  const { resolution } = running;
  if (!fatal) return quiet({ ...state, running: { ...running, failing: null } }, { kind: 'problem', error: failure.cause ?? failure });
  const without = { ...refuse(state, resolution), running: null, ready: null };
  return after([{ kind: 'takeOut' }], goOn(fail(without, failure, resolution)));
}

/** A version that worked in this browser on an earlier page: as good as one that worked on this one. */
function recalled(state: LifecycleState, resolution: Resolution): Step {
  if (state.good || (state.running && idOf(state.running.resolution) === idOf(resolution))) return quiet(state);
  const next = { ...state, good: resolution };
  const { failed, coming } = state;
  if (!failed || failed.failure.stage === 'resolve') return quiet(next);
  // Late is not broken: it may still come, and a person decides whether to wait.
  if (coming && !coming.aside) return quiet(next, { kind: 'fail', ...failed, good: resolution });
  return failed.resolution ? (goBack(next, failed.resolution, failed.failure) ?? quiet(next)) : quiet(next);
}

function proceed(state: LifecycleState, consented: boolean): Step {
  const { ready } = state;
  if (!ready || state.coming) return quiet(state);
  const turn = state.turn + 1;
  return load(state, { ...BEGUN, turn, resolution: ready, consented });
}

function withdrawn(state: LifecycleState, id: string, failure: WidgetFailure): Step {
  const is = (resolution: Resolution | null | undefined): boolean => !!resolution && idOf(resolution) === id;
  const good = is(state.good) ? null : state.good;
  const { running } = state;
  if (running && is(running.resolution)) {
    const gone: Effect[] = [{ kind: 'takeOut' }, { kind: 'withdrawn', resolution: running.resolution, failure }];
    return after(gone, want({ ...state, good, running: null, ready: null, chosen: null }));
  }
  if (is(state.ready) || is(state.coming?.resolution)) return want({ ...state, good, ready: null });
  return quiet({ ...state, good });
}
