/** Health checks beside whatever else is going on: nothing that anybody sends may let them wait. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect } from 'vitest';
import type { Stack } from './stack';

export interface Waits {
  waits: { address: string; answers: number; failures: string[]; longest: number }[];
  /** The longest time that the machine kept a thread waiting which only looks at the time, ms: what was no service's fault. */
  machine: number;
}

/** Far above what a busy machine explains, far below what a hung service takes: the hostile requests here took minutes once. */
const MAX_MS = 10_000;

export class HealthProbe {
  private constructor(private readonly worker: Worker) {}

  /** Of the edge and of both services. */
  static async start(stack: Stack): Promise<HealthProbe> {
    const edge = stack.url.replace('localhost', '127.0.0.1');
    const addresses = [edge, stack.registryUrl, stack.trackerUrl].map((origin) => `${origin}/healthz`);
    const worker = new Worker(new URL('./health-probe.worker.ts', import.meta.url), { workerData: { addresses } });
    await once(worker, 'message');
    return new HealthProbe(worker);
  }

  /** So far. */
  async waits(what: 'so far' | 'stop' = 'so far'): Promise<Waits> {
    this.worker.postMessage(what);
    return ((await once(this.worker, 'message')) as [Waits])[0];
  }

  /** Every check was answered, and none waited for anybody; says how long the longest did. */
  async stop(during: string): Promise<void> {
    const { waits, machine } = await this.waits('stop');
    const figures = waits.map(({ address, answers, longest }) => `${address} ${answers} times, at most ${longest.toFixed(0)} ms`);
    console.log(`health during ${during}: ${figures.join('; ')}; the machine itself ${machine.toFixed(0)} ms`);
    for (const { address, answers, failures, longest } of waits) {
      expect(failures, address).toEqual([]);
      expect(answers, address).toBeGreaterThan(0);
      expect(longest, address).toBeLessThan(MAX_MS + 10 * machine);
    }
  }
}
