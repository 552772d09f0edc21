/** Discrete percentiles, the same in every engine: of n values the one at place ceil(n * percent / 100), a value that occurred. */
import type { Dwell } from '@datamesh/contracts';

/** How often a value occurred. */
export interface Counted {
  value: number;
  count: number;
}

export const DWELL_PERCENTS = [25, 50, 75, 90, 95, 99] as const;
export const LOAD_PERCENTS = [50, 75, 95] as const;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Where the bands of the dwell distribution begin; each reaches to the next, the last has no end. */
export const DWELL_EDGES = [0, 10 * SECOND, 30 * SECOND, MINUTE, 3 * MINUTE, 10 * MINUTE, 30 * MINUTE] as const;

/** null of nothing. `ascending` must be. */
export function percentile(ascending: readonly number[], percent: number): number | null {
  return ascending[placeOf(ascending.length, percent) - 1] ?? null;
}

/** The same of values that come with how often they occurred, by ascending value. */
export function percentileOfCounted(ascending: readonly Counted[], percent: number): number | null {
  const place = placeOf(totalOf(ascending), percent);
  let passed = 0;
  for (const { value, count } of ascending) {
    passed += count;
    if (count > 0 && passed >= place) return value;
  }
  return null;
}

export const totalOf = (counted: readonly Counted[]): number => counted.reduce((sum, { count }) => sum + count, 0);

/** Whole numbers throughout: 0.29 * 100 is 28.999999999999996, and its ceiling another place. */
const placeOf = (count: number, percent: number): number => Math.max(1, Math.ceil((count * percent) / 100));

/** Sessions' dwell as the contract shows it; `stays` by ascending value. */
export function dwellOf(stays: readonly Counted[]): Omit<Dwell, 'partial'> {
  return {
    sessions: totalOf(stays),
    percentiles: DWELL_PERCENTS.flatMap((percent) => {
      const ms = percentileOfCounted(stays, percent);
      return ms === null ? [] : [{ percent, ms }];
    }),
    distribution: DWELL_EDGES.map((fromMs, index) => {
      const toMs = DWELL_EDGES[index + 1] ?? null;
      const inside = stays.filter(({ value }) => value >= fromMs && (toMs === null || value < toMs));
      return { fromMs, toMs, sessions: totalOf(inside) };
    }),
  };
}
