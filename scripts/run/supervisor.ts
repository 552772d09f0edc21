/**
 * Keeps one service running: starts it, watches its health, says what it sees, starts it anew when it died or no longer
 * answers, and gives up loudly when that does not help.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../setup/failure.ts';
import { type Health, healthOf } from './health.ts';
import { type Log, openLog, type Service, type ServiceProcess, startProcess } from './service.ts';

/** Milliseconds, and `restarts`: how many in a row, each with twice the pause before it. */
const PACE = {
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
  readonly service: Service;
  readonly url: string;
  #logs: string;
  #started: { process: ServiceProcess; log: Log } | undefined;
  #stopping = false;
  #watching = false;
  #failing = Promise.withResolvers<never>();

  constructor(service: Service, logs: string) {
    this.service = service;
    this.url = `http://127.0.0.1:${service.port}`;
    this.#logs = logs;
    this.#failing.promise.catch(() => {});
  }

  get name(): string {
    return this.service.name;
  }

  /** Rejects with a Failure once restarting has not helped; never resolves. */
  get failed(): Promise<never> {
    return this.#failing.promise;
  }

  async start(): Promise<void> {
    const log = await openLog(this.name, this.#logs);
    this.#started = { process: startProcess(this.service, log), log };
  }

  /** Until it is ready for the first time. A service that cannot start at all is a Failure at once: its settings are wrong. */
  async ready(): Promise<void> {
    const { process, log } = this.#running();
    const outcome = await this.#untilReady(process);
    if (outcome) throw new Failure(`${this.name} ${outcome}; its log is ${log.path}`);
  }

  /** From then on, until stop(). Asking twice is the same as once. */
  async watch(): Promise<void> {
    if (this.#watching) return;
    this.#watching = true;
    try {
      let restarts = 0;
      while (!this.#stopping) {
        const since = performance.now();
        const trouble = await this.#untilTrouble(this.#running().process);
        if (this.#stopping || trouble === undefined) return;
        if (performance.now() - since > PACE.steady) restarts = 0;
        restarts = await this.#restart(trouble, restarts);
      }
    } catch (error) {
      if (!this.#stopping) this.#failing.reject(error);
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#started?.process.stop();
  }

  #say(text: string): void {
    console.error(`${this.name}: ${text}`);
  }

  #running(): { process: ServiceProcess; log: Log } {
    if (!this.#started) throw new Error(`${this.name} was not started`);
    return this.#started;
  }

  /** -> how many restarts in a row that makes. */
  async #restart(trouble: string, before: number): Promise<number> {
    const { log } = this.#running();
    let what = trouble;
    for (let restarts = before; restarts < PACE.restarts; restarts += 1) {
      const wait = PACE.firstPause * 2 ** restarts;
      this.#say(`${what}. It is started again in ${wait / 1000} s (${restarts + 1} of ${PACE.restarts}).`);
      await this.#running().process.stop();
      await pause(wait);
      if (this.#stopping) return restarts;
      const process = startProcess(this.service, log);
      this.#started = { process, log };
      const outcome = await this.#untilReady(process);
      if (this.#stopping) return restarts;
      if (!outcome) {
        this.#say('ready again.');
        return restarts + 1;
      }
      what = outcome;
    }
    throw new Failure(`${this.name} ${what}, after ${PACE.restarts} restarts in a row: giving up. Its log is ${log.path}`);
  }

  /** -> undefined once it is ready, else what happened instead. */
  async #untilReady(process: ServiceProcess): Promise<string | undefined> {
    const until = performance.now() + PACE.startUp;
    let ended: string | undefined;
    process.exited.then((text) => {
      ended = text;
    });
    let last = 'no answer';
    while (performance.now() < until && !this.#stopping) {
      if (ended) return ended;
      const { state, text }: Health = await healthOf(this.url);
      // Its own process may have ended while somebody else answers on its port.
      if (state === 'ready' && !ended) return undefined;
      last = text;
      await pause(PACE.lookAtStart);
    }
    return ended ?? `is not ready after ${PACE.startUp / 1000} s (${last})`;
  }

  /** Until it has ended or hangs. A store that is away is said, but no restart brings it back. */
  async #untilTrouble(process: ServiceProcess): Promise<string | undefined> {
    let ended: string | undefined;
    process.exited.then((text) => {
      ended = text;
    });
    let said: Health['state'] = 'ready';
    let answered = performance.now();
    while (!this.#stopping) {
      const from = performance.now();
      await Promise.race([process.exited, pause(PACE.look)]);
      if (ended) return ended;
      // This script did not run either (a machine that slept or is overloaded): nobody's silence counts.
      if (performance.now() - from > 2 * PACE.look) answered = performance.now();
      const { state, text }: Health = await healthOf(this.url, PACE.look);
      if (ended) return ended;
      // What is being stopped is silent as well.
      if (this.#stopping) return undefined;
      if (state !== 'silent') answered = performance.now();
      const silence = performance.now() - answered;
      if (silence >= PACE.hung) return `has not answered for ${Math.round(silence / 1000)} s`;
      if (state !== said)
        this.#say(state === 'ready' ? 'ready again.' : `${state === 'silent' ? 'does not answer' : 'not ready'}: ${text}`);
      said = state;
    }
    return undefined;
  }
}
