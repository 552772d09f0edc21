import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as gates from './gate';
import { createPool, type Pool } from './pool';

describe('ending a thread', () => {
  it('never ends the process, whatever zlib object the thread is making', async () => {
    const trial = fileURLToPath(new URL('../testing/ended-threads.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [trial, '150']);
    expect(stdout).toBe('150 ended\n');
  }, 120_000);
});

describe('a gate', () => {
  it('gives what was made, and lets through what follows, also after a throw', () => {
    const construct = gates.goThrough(gates.createGate());
    expect(() =>
      construct(() => {
        throw new RangeError('no such level');
      }),
    ).toThrow('no such level');
    expect(construct(() => 'made')).toBe('made');
  });

  it('is not closed for ever by a thread that died in there', () => {
    const gate = gates.createGate();
    Atomics.store(gate, 0, 1);
    gates.closeGate(gate);
    expect(Atomics.load(gate, 0)).toBe(1);
  });
});

describe('a pool', () => {
  let pool: Pool;
  afterEach(async () => {
    await pool.stop();
    vi.restoreAllMocks();
  });

  /** What happens to the gate of the running work, and when a thread is told to end. */
  function inOrder(): string[] {
    const order: string[] = [];
    const exchange = Atomics.compareExchange as (typedArray: Int32Array, index: number, expected: number, replacement: number) => number;
    vi.spyOn(Atomics, 'compareExchange').mockImplementation(((...a: Parameters<typeof exchange>) => {
      const before = exchange(...a);
      if (before === 0) order.push('gate closed');
      return before;
    }) as typeof Atomics.compareExchange);
    const { terminate } = Worker.prototype;
    vi.spyOn(Worker.prototype, 'terminate').mockImplementation(function (this: Worker) {
      order.push('thread ended');
      return terminate.call(this);
    });
    return order;
  }

  const work = { content: new Uint8Array(4 * 1024 * 1024), quality: 11 };

  /** A pool of this many threads, which run. */
  async function openPool(threads: number): Promise<void> {
    pool = createPool({ file: 'publishing', threads, kept: threads, heap: 64, onError: () => {} });
    await Promise.all(Array.from({ length: threads }, () => pool.run('compress', { content: new Uint8Array(1), quality: 1 }, 60_000)));
  }

  it('closes the gate of what takes too long, then ends its thread', async () => {
    await openPool(1);
    const order = inOrder();
    await expect(pool.run('compress', work, 0)).rejects.toThrow('was ended after 0 ms');
    expect(order).toEqual(['gate closed', 'thread ended']);
  });

  it('closes all gates, then ends its threads, when it stops', async () => {
    await openPool(2);
    const order = inOrder();
    const running = [pool.run('compress', work, 60_000), pool.run('compress', work, 60_000)].map((one) => one.catch(() => 'ended'));
    await pool.stop();
    expect(await Promise.all(running)).toEqual(['ended', 'ended']);
    expect(order).toEqual(['gate closed', 'gate closed', 'thread ended', 'thread ended']);
  });
});
