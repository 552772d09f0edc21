import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Failure, Lacking } from '../setup/failure.ts';
import { ClusterAhead } from './cluster.ts';
import { Parts } from './parts.ts';

let said: string[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  for (const method of ['log', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((text: unknown) => void said.push(String(text)));
});
afterEach(() => {
  vi.useRealTimers();
  process.exitCode = undefined;
});

/** A build that takes so many minutes. */
const taking = (minutes: number) => {
  const build = vi.fn(async (signal?: AbortSignal) => {
    await new Promise((resolve) => setTimeout(resolve, minutes * 60_000));
    signal?.throwIfAborted();
    return '/tools';
  });
  return build;
};

it('waits for what is being built, as long as the run has time for the suite', async () => {
  const unbounded = new ClusterAhead(undefined, taking(90)).tools();
  const bounded = new ClusterAhead('57', taking(41)).tools();
  await vi.advanceTimersByTimeAsync(90 * 60_000);
  expect(await unbounded).toBe('/tools');
  expect(await bounded).toBe('/tools');
});

it('gives up what would not end in time, built or not, and ends the build', async () => {
  const build = taking(50);
  const waiting = expect(new ClusterAhead('57', build).tools()).rejects.toThrow(Lacking);
  const built = new ClusterAhead('57', taking(1));
  await vi.advanceTimersByTimeAsync(43 * 60_000);
  await waiting;
  expect(build.mock.calls[0]?.[0]?.aborted).toBe(true);
  await expect(built.tools()).rejects.toThrow(/fewer than 15 minutes are left/);
});

it('takes no number of minutes that is none', () => {
  for (const odd of ['soon', '-1', '0']) expect(() => new ClusterAhead(odd, taking(1))).toThrow(/is a number of minutes, not/);
});

it('what a machine lacks is said at the end, and is no failure; what breaks is one', async () => {
  const run = new Parts();
  await run.check('a check', async () => true);
  const lacking = new ClusterAhead(undefined, () => Promise.reject(new Lacking('A cluster needs root.')));
  expect(await run.part('cluster', () => lacking.tools())).toBe(false);
  run.finish();
  expect(said.slice(-2)).toEqual(['\nNot run: cluster: A cluster needs root.', '\n1 passed, 0 failed']);
  expect(process.exitCode).toBe(0);

  const broken = new ClusterAhead(undefined, () => Promise.reject(new Failure('it does not compile')));
  expect(await run.part('cluster', () => broken.tools())).toBe(false);
  run.finish();
  expect(said.at(-1)).toBe('\n1 passed, 1 failed');
});
