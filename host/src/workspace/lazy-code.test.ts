import { expect, it } from 'vitest';
import { lazyCode } from './lazy-code';

it('is asked for until it comes, once for all who wait, in their order', async () => {
  let attempts = 0;
  const pauses: number[] = [];
  const check = lazyCode(
    async () => {
      attempts += 1;
      if (attempts < 8) throw new TypeError('Failed to fetch dynamically imported module');
      return 'its code';
    },
    async (milliseconds) => void pauses.push(milliseconds),
  );
  const said: string[] = [];
  await Promise.all(['first', 'second'].map((name) => check().then(() => said.push(name))));
  expect(said).toEqual(['first', 'second']);
  expect(await check()).toBe('its code');
  expect([attempts, pauses]).toEqual([8, [1_000, 2_000, 5_000, 10_000, 15_000, 15_000, 15_000]]);
});
