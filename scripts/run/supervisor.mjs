/**
 * Keeps one service running: starts it, watches its health, says what it sees, starts it anew when it died or no longer
 * answers, and gives up loudly when that does not help.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../setup/failure.mjs';
import { healthOf } from './health.mjs';
import { openLog, startProcess } from './service.mjs';

/** Milliseconds, and `restarts`: how many in a row, each with twice the pause before it. */
export const PACE = {
  /** Between two looks at a service that runs, and at one that starts. */
  look: 2000,
  lookAtStart: 50,
  /** Without any answer: hung. Long enough for a laptop that is busy with something else. */
  hung: 30_000,
  /** For its first answer. */
  startUp: 60_000,
  firstPause: 500,
  restarts: 5,
  /** Healthy for so long: whatever went wrong before is over. */
  steady: 60_000,
};

export class Supervisor {
  #process;
  #log;
  #stopping = false;
  #watching = false;
  #failed;
  #fail;

  /** `service` as servicesOf gives it. */
  constructor(service, { logs, say = console.error, pace = PACE }) {
    this.service = service;
    this.logs = logs;
    this.say = (text) => say(`${service.name}: ${text}`);
    this.pace = pace;
    this.url = `http://127.0.0.1:${service.port}`;
    this.#failed = new Promise((_, reject) => {
      this.#fail = reject;
    });
    this.#failed.catch(() => {});
  }

  get name() {
    return this.service.name;
  }

  /** Rejects with a Failure once restarting has not helped; never resolves. */
  get failed() {
    return this.#failed;
  }

  async start() {
    this.#log = await openLog(this.name, this.logs);
    this.#process = startProcess(this.service, this.#log);
  }

  /** Until it is ready for the first time. A service that cannot start at all is a Failure at once: its settings are wrong. */
  async ready() {
    const outcome = await this.#untilReady(this.#process);
    if (outcome) throw new Failure(`${this.name} ${outcome}; its log is ${this.#log.path}`);
  }

  /** From then on, until stop(). Asking twice is the same as once. */
  async watch() {
    if (this.#watching) return;
    this.#watching = true;
    try {
      let restarts = 0;
      while (!this.#stopping) {
        const since = performance.now();
        const trouble = await this.#untilTrouble(this.#process);
        if (this.#stopping) return;
        if (performance.now() - since > this.pace.steady) restarts = 0;
        restarts = await this.#restart(trouble, restarts);
      }
    } catch (error) {
      if (!this.#stopping) this.#fail(error);
    }
  }

  async stop() {
    this.#stopping = true;
    await this.#process?.stop();
  }

  /** -> how many restarts in a row that makes. */
  async #restart(trouble, before) {
    let what = trouble;
    for (let restarts = before; restarts < this.pace.restarts; restarts += 1) {
      const wait = this.pace.firstPause * 2 ** restarts;
      this.say(`${what}. It is started again in ${wait / 1000} s (${restarts + 1} of ${this.pace.restarts}).`);
      await this.#process.stop();
      await pause(wait);
      if (this.#stopping) return restarts;
      this.#process = startProcess(this.service, this.#log);
      const outcome = await this.#untilReady(this.#process);
      if (this.#stopping) return restarts;
      if (!outcome) {
        this.say('ready again.');
        return restarts + 1;
      }
      what = outcome;
    }
    throw new Failure(`${this.name} ${what}, after ${this.pace.restarts} restarts in a row: giving up. Its log is ${this.#log.path}`);
  }

  /** -> undefined once it is ready, else what happened instead. */
  async #untilReady(process) {
    const until = performance.now() + this.pace.startUp;
    let ended;
    process.exited.then((text) => {
      ended = text;
    });
    let last = 'no answer';
    while (performance.now() < until && !this.#stopping) {
      if (ended) return ended;
      const { state, text } = await healthOf(this.url);
      // Its own process may have ended while somebody else answers on its port.
      if (state === 'ready' && !ended) return undefined;
      last = text;
      await pause(this.pace.lookAtStart);
    }
    return ended ?? `is not ready after ${this.pace.startUp / 1000} s (${last})`;
  }

  /** Until it has ended or hangs. A store that is away is said, but no restart brings it back. */
  async #untilTrouble(process) {
    let ended;
    process.exited.then((text) => {
      ended = text;
    });
    let said = 'ready';
    let answered = performance.now();
    while (!this.#stopping) {
      const from = performance.now();
      await Promise.race([process.exited, pause(this.pace.look)]);
      if (ended) return ended;
      // This script did not run either (a machine that slept or is overloaded): nobody's silence counts.
      if (performance.now() - from > 2 * this.pace.look) answered = performance.now();
      const { state, text } = await healthOf(this.url, this.pace.look);
      if (ended) return ended;
      if (state !== 'silent') answered = performance.now();
      const silence = performance.now() - answered;
      if (silence >= this.pace.hung) return `has not answered for ${Math.round(silence / 1000)} s`;
      if (state !== said) this.say(state === 'ready' ? 'ready again.' : `${state === 'silent' ? 'does not answer' : 'not ready'}: ${text}`);
      said = state;
    }
  }
}
