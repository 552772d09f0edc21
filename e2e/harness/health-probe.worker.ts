/** Asks every address all the time, on a thread of its own, and remembers how long each let it wait; beside it, what the machine itself took. */
import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import type { Waits } from './health-probe.ts';

type Wait = Waits['waits'][number];

const PAUSE = 20;
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE));
const agent = new Agent({ keepAlive: true });
const { addresses }: { addresses: string[] } = workerData;
const waits = addresses.map((address): Wait => ({ address, answers: 0, failures: [], longest: 0 }));
let machine = 0;
let running = true;

const ask = (address: string): Promise<void> =>
  new Promise((resolve, reject) => {
    request(address, { agent }, (answer) => {
      answer.resume();
      answer.on('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`answered ${answer.statusCode}`))));
    })
      .on('error', reject)
      .end();
  });

async function watch(figures: Wait): Promise<void> {
  while (running) {
    const asked = performance.now();
    await ask(figures.address).then(
      () => {
        figures.answers++;
      },
      (error: Error) => {
        figures.failures.push(error.message);
      },
    );
    figures.longest = Math.max(figures.longest, performance.now() - asked);
    await pause();
  }
}

async function lookAtTheTime(): Promise<void> {
  while (running) {
    const before = performance.now();
    await pause();
    machine = Math.max(machine, performance.now() - before - PAUSE);
  }
}

const watching = Promise.all([...waits.map(watch), lookAtTheTime()]);
if (!parentPort) throw new Error('This is the program of a thread.');
const parent = parentPort;
parent.postMessage('ready');
parent.on('message', async (what) => {
  if (what === 'stop') running = false;
  if (!running) await watching;
  parent.postMessage({ waits, machine } satisfies Waits);
  if (!running) {
    agent.destroy();
    parent.close();
  }
});
