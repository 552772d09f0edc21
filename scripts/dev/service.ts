/** One service from its sources: bundled, started, and both again when a change of them changes the bundle. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Log, openLog, type Service, type ServiceProcess, startProcess } from '../run/service.ts';
import { messageOf } from '../setup/failure.ts';
import { at } from '../setup/repository.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { reportState } from './state.ts';

/** Milliseconds between two looks at a service that starts. */
const LOOK = 25;

/** How a service is bundled into its folder, out of which files and folders. */
interface Part {
  folder: string;
  inputs(): Promise<string[]>;
  bundle(): Promise<unknown>;
}

/** `asked`: to stop; `ended`: how. */
interface Running {
  process: ServiceProcess;
  asked: boolean;
  ended?: string;
}

export class DevelopmentService {
  readonly service: Service;
  readonly part: Part;
  readonly renew = oneAtATime(() => this.#renew());
  #running: Running | undefined;
  #log: Log | undefined;
  #bundle = '';
  #stopping = false;

  constructor(service: Service, part: Part) {
    this.service = service;
    this.part = part;
  }

  get name(): string {
    return this.service.name;
  }

  async open(logs: string): Promise<void> {
    this.#log = await openLog(this.name, logs);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#end();
  }

  async #end(): Promise<void> {
    if (!this.#running) return;
    this.#running.asked = true;
    await this.#running.process.stop();
  }

  /** Where it does not build, what runs goes on. */
  async #renew(): Promise<void> {
    const log = this.#log;
    if (!log) throw new Error(`${this.name} has no log yet`);
    const began = performance.now();
    try {
      await this.part.bundle();
    } catch (error) {
      return this.#reportState(`does not build\n${messageOf(error)}`);
    }
    const bundle = await hashOfScripts(this.part.folder);
    if (this.#stopping) return;
    if (bundle === this.#bundle && this.#running?.ended === undefined) return this.#reportState();
    this.#bundle = bundle;
    const again = this.#running !== undefined;
    // What it has accepted it answers first: the signal asks for no more than that.
    await this.#end();
    if (this.#stopping) return;
    const running: Running = { process: startProcess(this.service, log), asked: false };
    this.#running = running;
    running.process.exited.then((how) => {
      running.ended = how;
      if (!running.asked) void this.#reportState(`${how}. It is started again with the next change; its log is ${log.path}`);
    });
    while (running.ended === undefined && !this.#stopping) {
      if (await isAlive(this.service.port)) break;
      await pause(LOOK);
    }
    if (running.ended !== undefined || this.#stopping) return;
    await this.#reportState();
    if (again) console.log(`${this.name}: started again in ${Math.round(performance.now() - began)} ms`);
  }

  async #reportState(fault?: string): Promise<void> {
    if (fault !== undefined) console.error(`${this.name}: ${fault}`);
    await reportState(this.name, fault);
  }
}

/** Whether it is ready depends on the others as well. */
const isAlive = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(2000) }).then(
    (answer) => answer.ok,
    () => false,
  );

async function hashOfScripts(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of (await readdir(at(folder))).sort()) if (/\.m?js$/.test(name)) hash.update(await readFile(at(join(folder, name))));
  return hash.digest('hex');
}
