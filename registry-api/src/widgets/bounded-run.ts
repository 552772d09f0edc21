/** Runs synchronous work that somebody else's schema decides about: one bad `pattern` would hold this process for ever. */
import { createContext, Script } from 'node:vm';

/** A check of settings takes microseconds; a busy machine may stretch that, milliseconds. */
const patience = 1000;

export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
}

const script = new Script('run()');

/** What `work` returns or throws; TookTooLong when it was cut off. The context isolates nothing: it is there for its clock alone. */
export function boundedRun<T>(work: () => T, milliseconds = patience): T {
  const done: { result?: { value: T } } = {};
  const run = (): void => {
    done.result = { value: work() };
  };
  try {
    script.runInContext(createContext({ run }), { timeout: milliseconds });
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new TookTooLong(`cut off after ${milliseconds} ms`);
    throw error;
  }
  if (!done.result) throw new Error('the work did not run');
  return done.result.value;
}
