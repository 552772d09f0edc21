import { expect, it } from 'vitest';
import { steady } from './steady';

/** Runs what is planned, and says when it was over; milliseconds. */
async function over(look: (at: number) => string | null): Promise<number> {
  let now = 0;
  let planned: (() => void) | undefined;
  let done = false;
  const clock = {
    now: () => now,
    schedule: (wait: number, run: () => void) => {
      planned = () => {
        now += wait;
        run();
      };
      return () => undefined;
    },
  };
  void steady(clock, () => look(now)).then(() => {
    done = true;
  });
  for (let step = 0; step < 1_000 && !done; step++) {
    const run = planned;
    planned = undefined;
    run?.();
    await Promise.resolve();
    await Promise.resolve();
  }
  return done ? now : Number.NaN;
}

it('is over when it looks the same some times in a row', async () => {
  expect(await over(() => 'done')).toBe(300);
});

it('waits for what still changes, and for what says that it is on its way', async () => {
  expect(await over((at) => (at < 1_000 ? String(at) : 'done'))).toBe(1_300);
  expect(await over((at) => (at < 2_000 ? null : 'done'))).toBe(2_300);
  expect(await over((at) => (at < 500 ? 'before' : at < 600 ? null : 'before'))).toBe(300);
});

it('does not wait for ever', async () => {
  expect(await over((at) => String(at))).toBe(6_000);
  expect(await over(() => null)).toBe(6_000);
});
