/** How long the event loop stood still while something was going on, beside what a busy machine alone would explain. */
import { Worker } from 'node:worker_threads';

/** A thread that does nothing but look at the time: what it misses, the machine was busy with something else. */
const control = `
  const { parentPort } = require('node:worker_threads');
  let last = performance.now();
  let longest = 0;
  setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 10);
    last = now;
  }, 10);
  parentPort.on('message', () => parentPort.postMessage(longest));
`;

export interface Probed<T> {
  result: T;
  /** The longest time that an empty request, or a tick of the loop, had to wait, milliseconds. */
  longest: number;
  /** Of those, what the machine itself took from a thread that had nothing to do with it. */
  machine: number;
}

/** Asks `probe` all the time while `work` runs, in this process as the service under test is. */
export async function probed<T>(work: () => Promise<T>, probe: () => Promise<unknown>): Promise<Probed<T>> {
  const worker = new Worker(control, { eval: true });
  await new Promise((online) => worker.once('online', online));
  let running = true;
  let longest = 0;
  const probing = (async () => {
    while (running) {
      const asked = performance.now();
      await probe();
      longest = Math.max(longest, performance.now() - asked);
      await new Promise((soon) => setTimeout(soon, 10));
    }
  })();
  try {
    const result = await work();
    running = false;
    await probing;
    const machine = await new Promise<number>((answer) => {
      worker.once('message', answer);
      worker.postMessage('how long?');
    });
    return { result, longest, machine };
  } finally {
    running = false;
    await worker.terminate();
  }
}

/** 200 ms on a quiet machine; on a busy one as much more as its other threads had to wait, a few times over. */
export const allowedWait = (machine: number): number => 200 + 5 * machine;
