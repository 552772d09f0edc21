/**
 * Work on what strangers sent, away from the event loop: in threads with a bound on time and on memory. A thread that reaches
 * one of them is ended, whatever it is doing, and a new one takes its place.
 */
import { Tinypool } from 'tinypool';
import { closeGate, createGate, type Gate, type Task } from './gate';
import { createTeamQueue } from './team-queue';
import { startWorkingTime } from './working-time';

/** The work was given up: it took too long, or too much memory. */
export class TooCostly extends Error {
  override readonly name = 'TooCostly';
}

/** The work was given up, and nothing is known of it: the machine had no time for this process. */
export class Starved extends Error {
  override readonly name = 'Starved';
}

export interface PoolOptions {
  /** `<name>.ts` beside this file, `<name>.mjs` beside the built service. */
  file: 'publishing' | 'settings';
  threads: number;
  /** How many of them stay when there is nothing to do. */
  kept?: number;
  /** JavaScript's heap of one thread, MB. Buffers do not count: the work itself bounds them. */
  heap: number;
  /** A thread died that nobody waited for. */
  onError(error: unknown): void;
}

export interface Pool {
  /**
   * Runs an export of the file on a copy of the input. Rejects with TooCostly when it has not answered after so many milliseconds of running, and
   * with Starved when the machine gave this process less than that in five times the time.
   */
  run<T>(name: string, input: unknown, milliseconds: number): Promise<T>;
  stop(): Promise<void>;
}

/** A thread without work is kept for so long, milliseconds. */
const IDLE = 60_000;

export function createPool({ file, threads, kept = 0, heap, onError }: PoolOptions): Pool {
  const built = import.meta.url.endsWith('.mjs');
  const pool = new Tinypool({
    filename: new URL(built ? `./${file}.mjs` : `./${file}.ts`, import.meta.url).href,
    // From the sources, in tests, threads need the same loader of TypeScript.
    execArgv: built ? [] : ['--import', new URL('./typescript.ts', import.meta.url).href],
    minThreads: kept,
    maxThreads: threads,
    idleTimeout: IDLE,
    resourceLimits: { maxOldGenerationSizeMb: heap },
  });
  pool.on('error', onError);
  const turn = createTeamQueue(threads, threads);
  let stopped = false;
  /** Of the work that threads do now. */
  const gates = new Set<Gate>();

  async function attempt<T>(name: string, input: unknown, milliseconds: number): Promise<T> {
    const time = startWorkingTime(milliseconds);
    const gate = createGate();
    gates.add(gate);
    // Before the pool, which listens to the same signal, ends the thread.
    time.signal.addEventListener('abort', () => closeGate(gate), { once: true });
    try {
      return (await pool.run({ input, gate } satisfies Task<unknown>, { name, signal: time.signal })) as T;
    } catch (error) {
      if (time.starved()) throw new Starved(`${name} was ended: this machine has no time for it`);
      if (time.signal.aborted) throw new TooCostly(`${name} was ended after ${milliseconds} ms of work`);
      if ((error as { code?: unknown }).code === 'ERR_WORKER_OUT_OF_MEMORY') throw new TooCostly(`${name} took more than ${heap} MB`);
      throw error;
    } finally {
      gates.delete(gate);
      time.end();
    }
  }

  return {
    // A turn of our own before the pool's queue: the time runs while the work does, not while it waits.
    run: <T>(name: string, input: unknown, milliseconds: number) =>
      turn(file, async () => {
        for (;;) {
          try {
            return await attempt<T>(name, input, milliseconds);
          } catch (error) {
            // A thread that is being ended for another's work, and has just finished that, takes the next: then nothing came of ours.
            if (stopped || !isTermination(error)) throw error;
          }
        }
      }),
    stop: () => {
      stopped = true;
      for (const gate of gates) closeGate(gate);
      return pool.destroy();
    },
  };
}

/** As tinypool says it; it has no code of its own. */
const isTermination = (error: unknown): boolean => error instanceof Error && error.message === 'Terminating worker thread';
