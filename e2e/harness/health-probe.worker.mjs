/** Asks every address all the time, on a thread of its own, and remembers how long each let it wait; beside it, what the machine itself took. */
import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

const PAUSE = 20;
const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE));
const agent = new Agent({ keepAlive: true });
const waits = workerData.addresses.map((address) => ({ address, answers: 0, failures: [], longest: 0 }));
let machine = 0;
let running = true;

const ask = (address) =>
  new Promise((resolve, reject) => {
    request(address, { agent }, (answer) => {
      answer.resume();
      answer.on('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`answered ${answer.statusCode}`))));
    })
      .on('error', reject)
      .end();
  });

async function watch(figures) {
  while (running) {
    const asked = performance.now();
    await ask(figures.address).then(
      () => figures.answers++,
      (error) => figures.failures.push(error.message),
    );
    figures.longest = Math.max(figures.longest, performance.now() - asked);
    await pause();
  }
}

async function lookAtTheTime() {
  while (running) {
    const before = performance.now();
    await pause();
    machine = Math.max(machine, performance.now() - before - PAUSE);
  }
}

const watching = Promise.all([...waits.map(watch), lookAtTheTime()]);
parentPort.postMessage('ready');
parentPort.on('message', async (what) => {
  if (what === 'stop') running = false;
  if (!running) await watching;
  parentPort.postMessage({ waits, machine });
  if (!running) {
    agent.destroy();
    parentPort.close();
  }
});
