/** Chance that comes out the same for the same words, whatever else was asked before: a month can be made again, event for event. */
import { createHash } from 'node:crypto';

/** What can come out, and how likely each is against the others. */
export type Weighted<T> = readonly (readonly [weight: number, value: T])[];

export type Chance = ReturnType<typeof chanceOf>;

export const digestOf = (...words: (string | number)[]): Buffer => createHash('sha256').update(words.join('\n')).digest();

/** sfc32 over the digest of the words. */
export function chanceOf(...words: (string | number)[]) {
  const digest = digestOf(...words);
  let a = digest.readInt32LE(0);
  let b = digest.readInt32LE(4);
  let c = digest.readInt32LE(8);
  let counter = digest.readInt32LE(12);
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  const chance = {
    /** From 0 up to but not 1. */
    next,
    happens: (probability: number): boolean => next() < probability,
    whole: (least: number, most: number): number => Math.floor(least + next() * (most + 1 - least)),
    pick<T>(weighted: Weighted<T>): T {
      let left = next() * weighted.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, value] of weighted) {
        left -= weight;
        if (left < 0) return value;
      }
      const last = weighted.at(-1);
      if (!last) throw new Error('There is nothing to pick from.');
      return last[1];
    },
    /** As durations are: half lie below the median, a few far above. `spread` 0.5 is narrow, 1 wide. */
    around: (median: number, spread: number): number => median * Math.exp(spread * normal(next)),
    /** A count whose mean this is. */
    count(mean: number): number {
      if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(next)));
      const limit = Math.exp(-mean);
      let product = next();
      let count = 0;
      for (; product > limit; count++) product *= next();
      return count;
    },
  };
  return chance;
}

/** Box and Muller's. */
const normal = (next: () => number): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
