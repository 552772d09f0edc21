/** One service from its sources: bundled, started, and both again when a change of them changes the bundle. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openLog, startProcess } from '../run/service.mjs';
import { at } from '../setup/repository.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { tellState } from './state.mjs';

/** Milliseconds between two looks at a service that starts. */
const LOOK = 25;

export class DevelopmentService {
  #process;
  #log;
  #bundle = '';
  #stopping = false;

  /** `service` as startProcess takes it; `part`: { inputs: folders, bundle() } into `folder`. */
  constructor(service, part) {
    this.service = service;
    this.part = part;
    this.renew = oneAtATime(() => this.#renew());
  }

  get name() {
    return this.service.name;
  }

  async open(logs) {
    this.#log = await openLog(this.name, logs);
  }

  async stop() {
    this.#stopping = true;
    await this.#end();
  }

  async #end() {
    if (!this.#process) return;
    this.#process.asked = true;
    await this.#process.stop();
  }

  /** Where it does not build, what runs goes on. */
  async #renew() {
    const began = performance.now();
    try {
      await this.part.bundle();
    } catch (error) {
      return this.#tell(`does not build\n${error.message}`);
    }
    const bundle = await hashOfScripts(this.part.folder);
    if (this.#stopping) return;
    if (bundle === this.#bundle && this.#process?.ended === undefined) return this.#tell();
    this.#bundle = bundle;
    const again = this.#process !== undefined;
    // What it has accepted it answers first: the signal asks for no more than that.
    await this.#end();
    if (this.#stopping) return;
    const process = startProcess(this.service, this.#log);
    this.#process = process;
    process.exited.then((how) => {
      process.ended = how;
      if (!process.asked) void this.#tell(`${how}. It is started again with the next change; its log is ${this.#log.path}`);
    });
    while (process.ended === undefined && !this.#stopping) {
      if (await isAlive(this.service.port)) break;
      await pause(LOOK);
    }
    if (process.ended !== undefined || this.#stopping) return;
    await this.#tell();
    if (again) console.log(`${this.name}: started again in ${Math.round(performance.now() - began)} ms`);
  }

  async #tell(fault) {
    if (fault !== undefined) console.error(`${this.name}: ${fault}`);
    await tellState(this.name, fault);
  }
}

/** Whether it is ready depends on the others as well. */
const isAlive = (port) =>
  fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(2000) }).then(
    (answer) => answer.ok,
    () => false,
  );

async function hashOfScripts(folder) {
  const hash = createHash('sha256');
  for (const name of (await readdir(at(folder))).sort()) if (/\.m?js$/.test(name)) hash.update(await readFile(at(join(folder, name))));
  return hash.digest('hex');
}
