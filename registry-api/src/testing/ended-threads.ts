/**
 * A process that ends threads which make zlib objects and do nothing else, so many times, and says how many it has ended. Run
 * by workers/gate.process.test.ts, as what it looks for takes the process with it. Plain Node runs it: types are all it has of TypeScript.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { BrotliCompress, Gunzip } from 'node:zlib';
import { closeGate, createGate, type Gate, goThrough } from '../workers/gate.ts';

if (isMainThread) {
  const times = Number(process.argv[2]);
  let begun = 0;
  const endThreads = async (): Promise<void> => {
    while (begun < times) {
      begun += 1;
      const gate = createGate();
      const thread = new Worker(new URL(import.meta.url), { workerData: gate });
      await new Promise((works) => thread.once('message', works));
      await pause(Math.random() * 3);
      closeGate(gate);
      await thread.terminate();
    }
  };
  await Promise.all([endThreads(), endThreads(), endThreads()]);
  console.log(`${times} ended`);
} else {
  const construct = goThrough(workerData as Gate);
  parentPort?.postMessage('works');
  for (;;) {
    construct(() => new Gunzip());
    construct(() => new BrotliCompress());
  }
}
