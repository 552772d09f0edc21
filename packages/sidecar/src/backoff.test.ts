import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Backoff } from './backoff';

describe('backing off', () => {
  it('doubles up to a bound, and begins anew after a success', () => {
    const backoff = new Backoff({ first: 500, most: 4000, random: () => 1 });
    expect([backoff.next(), backoff.next(), backoff.next(), backoff.next(), backoff.next()]).toEqual([500, 1000, 2000, 4000, 4000]);
    backoff.reset();
    expect(backoff.next()).toBe(500);
  });

  it('spreads pods that fail together, and never waits less than half', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 2000 }), (chance, failures) => {
        const backoff = new Backoff({ first: 500, most: 15_000, random: () => chance });
        let wait = 0;
        for (let i = 0; i <= failures; i += 1) wait = backoff.next();
        expect(wait).toBeGreaterThanOrEqual(250);
        expect(wait).toBeLessThanOrEqual(15_000);
      }),
    );
  });
});
