/** Programs that run as long as the cluster, each with a log file of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ended } from '@datamesh/test-servers/process';

export interface Start {
  name: string;
  program: string;
  args?: readonly string[];
  env?: Record<string, string>;
  /** What the program believes to be called; multi-call binaries go by it. */
  argv0?: string;
}

export class Programs {
  readonly #running = new Map<string, ChildProcess>();

  constructor(
    private readonly logs: string,
    private readonly path: string,
  ) {}

  start({ name, program, args = [], env = {}, argv0 }: Start): void {
    const log = openSync(this.#log(name), 'a');
    const child = spawn(program, args, {
      env: { PATH: this.path, HOME: this.logs, ...env },
      stdio: ['ignore', log, log],
      ...(argv0 === undefined ? {} : { argv0 }),
    });
    closeSync(log);
    this.#running.set(name, child);
  }

  pid(name: string): number | undefined {
    return this.#running.get(name)?.pid;
  }

  async end(name: string, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#running.get(name);
    this.#running.delete(name);
    if (child) await ended(child, signal);
  }

  /**
   * Until `condition` holds. Throws with the log's last lines when the program ends before or `seconds` are over: long ones, as a busy machine
   * takes its time.
   */
  async until(name: string, condition: () => Promise<unknown>, seconds = 180): Promise<void> {
    const end = performance.now() + seconds * 1000;
    let last: unknown;
    while (performance.now() < end) {
      const child = this.#running.get(name);
      if (!child || child.exitCode !== null || child.signalCode !== null) throw new Error(`${name} has ended:\n${await this.logOf(name)}`);
      try {
        if (await condition()) return;
      } catch (error) {
        last = error;
      }
      await pause(100);
    }
    throw new Error(`${name} is not ready after ${seconds} s (${String(last)}):\n${await this.logOf(name)}`);
  }

  async logOf(name: string, lines = 30): Promise<string> {
    const text = await readFile(this.#log(name), 'utf8').catch(() => '');
    return text.trimEnd().split('\n').slice(-lines).join('\n');
  }

  #log(name: string): string {
    return join(this.logs, `${name}.log`);
  }
}
