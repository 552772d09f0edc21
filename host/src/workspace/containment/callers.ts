/** Whose code calls right now: the only thing that tells widgets of one page apart is the address of their files. */
import { type Caller, callersAt, type Reach } from '../faults';
import { asksIn } from './gestures';

/**
 * The panels whose widget called `guard`, by the address of the code that did; none where the dashboard itself called it. What
 * a library of the dashboard does on a widget's behalf (React's, say) counts as the dashboard's.
 */
export function callersOf(guard: (...args: never[]) => unknown): Caller[] {
  const trace: { stack?: string } = {};
  Error.captureStackTrace(trace, guard);
  const [caller] = /https?:\/\/[^\s)]+/.exec(trace.stack ?? '') ?? [];
  return caller === undefined ? [] : callersAt(caller);
}

/** Of these, the ones in whose panel nobody has just done anything that may be the reason. */
export const unasked = (callers: readonly Caller[]): readonly Caller[] => (callers.some(({ element }) => asksIn(element)) ? [] : callers);

/** Whether it was one; each panel that it may have been says so. */
export function caught(callers: readonly Caller[], reach: Reach): boolean {
  for (const caller of callers) caller.overstepped(reach);
  return callers.length > 0;
}
