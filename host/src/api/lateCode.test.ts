import { expect, it } from 'vitest';
import { lateCode } from './lateCode';

it('is asked for until it comes, and whoever waits for it has it in their order', async () => {
  let attempts = 0;
  const pauses: number[] = [];
  const coming = lateCode(
    async () => {
      attempts += 1;
      if (attempts < 8) throw new TypeError('Failed to fetch dynamically imported module');
      return 'the code';
    },
    { wait: async (milliseconds) => void pauses.push(milliseconds), random: () => 0.5 },
  );
  const said: string[] = [];
  await Promise.all(['first', 'second'].map((name) => coming.then((code) => said.push(`${name} has ${code}`))));
  expect(said).toEqual(['first has the code', 'second has the code']);
  expect(attempts).toBe(8);
  // One of them is the time after which people would be told.
  expect(pauses).toHaveLength(8);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(15_000);
});
