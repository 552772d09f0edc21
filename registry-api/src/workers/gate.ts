/**
 * What must not be cut in two when a thread is ended. Node aborts the whole process when it ends a thread between the making of
 * a zlib object and its initialisation (`close before init`, Node 20 to 24): microseconds, but an upload that reaches its bound
 * there would take the registry with it. So each piece of work has a gate: the thread goes through it for those microseconds,
 * and whoever ends the thread closes it first, for good. Nothing opens it again: a thread that has been told to end may go on
 * for a few instructions.
 */
import type { Construct } from '@datamesh/publishing';

const FREE = 0;
const HELD = 1;
const CLOSED = 2;

/** Shared by the thread that works and the one that may end it. */
export type Gate = Int32Array<SharedArrayBuffer>;

export const createGate = (): Gate => new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/** For the thread that works: what it does in there is whole when the thread is ended. At a closed gate it waits for its end. */
export const goThrough =
  (gate: Gate): Construct =>
  (make) => {
    if (Atomics.compareExchange(gate, 0, FREE, HELD) !== FREE) Atomics.wait(gate, 0, CLOSED);
    try {
      return make();
    } finally {
      Atomics.store(gate, 0, FREE);
      Atomics.notify(gate, 0);
    }
  };

/** Milliseconds. Only a thread that died in there (out of memory), or that the machine forgets, holds a gate for so long. */
const LONGEST_HOLD = 1000;

/** For whoever is about to end that thread. Waits, and the event loop with it, until nobody is in there. */
export function closeGate(gate: Gate): void {
  while (Atomics.compareExchange(gate, 0, FREE, CLOSED) === HELD) {
    if (Atomics.wait(gate, 0, HELD, LONGEST_HOLD) === 'timed-out') return;
  }
}

/** What a thread is given: its input, and the gate of this piece of work. */
export interface Task<Input> {
  input: Input;
  gate: Gate;
}

/** Makes what the pool calls of what does the work. */
export const taskOf =
  <Input, Output>(work: (input: Input, construct: Construct) => Output) =>
  ({ input, gate }: Task<Input>): Output =>
    work(input, goThrough(gate));
