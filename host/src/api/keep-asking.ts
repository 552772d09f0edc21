import { delay } from './delay';
import { type ApiProblem, asProblem } from './problem';

/** Why nothing is there yet. */
export interface Outage {
  /** What the last attempt met; null while the first one has no answer yet. */
  problem: ApiProblem | null;
  /** True while an attempt is under way. */
  asking: boolean;
  /** Does not wait for the next attempt's turn. */
  askNow(): void;
}

export interface AskingPorts {
  /** Over after so many milliseconds, when the network comes back, or by the signal. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  random(): number;
}

/** Milliseconds after which people are told that nothing has come yet. */
const SILENCE = 3_000;

/**
 * Asks until there is an answer: whatever is temporary is tried again by itself, after pauses that grow to 15 s and are spread by
 * chance. `tell` hears of it as soon as an attempt failed, or is silent for 3 s. Throws what no other attempt would change, and
 * what an attempt throws after `over` was aborted.
 */
export async function keepAsking<T>(
  ask: () => Promise<T>,
  onOutage: (outage: Outage) => void,
  { wait, random }: AskingPorts,
  over: AbortSignal,
): Promise<T> {
  let wake = (): void => undefined;
  const askNow = (): void => wake();
  let problem: ApiProblem | null = null;
  for (let failures = 0; ; failures++) {
    const answered = new AbortController();
    if (failures > 0) onOutage({ problem, asking: true, askNow });
    else void wait(SILENCE, answered.signal).then(() => answered.signal.aborted || onOutage({ problem, asking: true, askNow }));
    try {
      return await ask();
    } catch (cause) {
      problem = asProblem(cause);
      if (!problem.isTemporary || over.aborted) throw cause;
    } finally {
      answered.abort();
    }
    const pause = new AbortController();
    wake = () => pause.abort();
    onOutage({ problem, asking: false, askNow });
    await wait(Math.max(delay(failures, random()), problem.retryAfter), AbortSignal.any([pause.signal, over]));
    if (over.aborted) throw problem;
  }
}
