/** Chance that comes out the same for the same words, whatever else was asked before: a month can be made again, event for event. */
import { createHash } from 'node:crypto';

export const digestOf = (...words) => createHash('sha256').update(words.join('\n')).digest();

/** sfc32 over the digest of the words. */
export function chanceOf(...words) {
  const digest = digestOf(...words);
  let [a, b, c, counter] = [0, 4, 8, 12].map((at) => digest.readInt32LE(at));
  const next = () => {
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
    happens: (probability) => next() < probability,
    between: (least, most) => least + next() * (most - least),
    whole: (least, most) => Math.floor(chance.between(least, most + 1)),
    /** One of `[weight, value]`. */
    pick(weighted) {
      let left = next() * weighted.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, value] of weighted) {
        left -= weight;
        if (left < 0) return value;
      }
      return weighted.at(-1)[1];
    },
    /** As durations are: half lie below the median, a few far above. `spread` 0.5 is narrow, 1 wide. */
    around: (median, spread) => median * Math.exp(spread * normal(next)),
    /** A count whose mean this is. */
    count(mean) {
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
const normal = (next) => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
