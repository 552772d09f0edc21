/** Whose code calls right now: the only thing that tells widgets of one page apart is the address of their files. */
import { isScriptOfWidget } from '../../remotes/integrity';
import { type Caller, callersAt, panelElements, type Reach } from '../error-attribution';
import { asksIn } from './gestures';

/** As far as browsers look by themselves. */
const DEPTH = 10;

/**
 * Whose panel is closed, or whose version gave way, and whose code runs on: nobody is there to say so. It may be a library that it lends to another
 * widget, so that what somebody does in any of them may be the reason.
 */
const lent = (): Caller[] =>
  [...panelElements(), document.createElement('section')].map((element) => ({ element, overstepped: () => undefined }));

let ofDashboard = false;

/**
 * What the dashboard does by itself, with no widget's code in it: nobody is looked for meanwhile, as each look takes the stack of calls apart, and a
 * library that listens on the page for each of its parts is asked about fifty times.
 */
export function asDashboard(work: () => void): void {
  ofDashboard = true;
  try {
    work();
  } finally {
    ofDashboard = false;
  }
}

/**
 * The panels whose widget called `guard`, by the address of the code that did; none where the dashboard itself called it. What
 * a library of the dashboard does on a widget's behalf (React's, say) counts as the dashboard's.
 */
export function callersOf(guard: (...args: never[]) => unknown): Caller[] {
  if (ofDashboard) return [];
  // Whoever called directly has an address nearly always, and each further one costs as much again.
  const caller = firstAddress(guard, 1) ?? firstAddress(guard, DEPTH);
  if (caller === undefined) return [];
  const callers = callersAt(caller);
  return callers.length > 0 || !isScriptOfWidget(caller) ? callers : lent();
}

function firstAddress(guard: (...args: never[]) => unknown, depth: number): string | undefined {
  const trace: { stack?: string } = {};
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = depth;
  Error.captureStackTrace(trace, guard);
  Error.stackTraceLimit = stackTraceLimit;
  return /https?:\/\/[^\s)]+/.exec(trace.stack ?? '')?.[0];
}

/** Of these, the ones in whose panel nobody has just done anything that may be the reason. */
export const unasked = (callers: readonly Caller[]): readonly Caller[] => (callers.some(({ element }) => asksIn(element)) ? [] : callers);

/** Whether it was one; each panel that it may have been says so. */
export function caught(callers: readonly Caller[], reach: Reach): boolean {
  for (const caller of callers) caller.overstepped(reach);
  return callers.length > 0;
}
