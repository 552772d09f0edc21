import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Counted, DWELL_EDGES, dwellOf, percentile, percentileOfCounted } from './percentiles';

const values = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 60 });
const percent = fc.integer({ min: 1, max: 100 });
const ascending = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);

function counted(numbers: readonly number[]): Counted[] {
  const counts = new Map<number, number>();
  for (const value of numbers) counts.set(value, (counts.get(value) ?? 0) + 1);
  return ascending([...counts.keys()]).map((value) => ({ value, count: counts.get(value) ?? 0 }));
}

describe('percentiles', () => {
  it('are the lower of two middle values, and the value itself of one', () => {
    expect(percentile([1, 2], 50)).toBe(1);
    expect(percentile([1, 2, 3], 50)).toBe(2);
    expect(percentile([7], 1)).toBe(7);
    expect(percentile([7], 99)).toBe(7);
    expect(percentile([1, 2, 3, 4], 75)).toBe(3);
    expect(percentile([1, 2, 3, 4], 76)).toBe(4);
  });

  it('of nothing are null', () => {
    expect(percentile([], 50)).toBeNull();
    expect(percentileOfCounted([], 50)).toBeNull();
    expect(percentileOfCounted([{ value: 3, count: 0 }], 50)).toBeNull();
  });

  it('are the smallest value that so many percent do not exceed', () => {
    fc.assert(
      fc.property(values, percent, (drawn, asked) => {
        const found = percentile(ascending(drawn), asked);
        const enough = (value: number) => drawn.filter((each) => each <= value).length * 100 >= asked * drawn.length;
        expect(found).toBe(ascending(drawn).find(enough));
      }),
    );
  });

  it('are the same of values with how often they occurred', () => {
    fc.assert(
      fc.property(values, percent, (drawn, asked) => {
        expect(percentileOfCounted(counted(drawn), asked)).toBe(percentile(ascending(drawn), asked));
      }),
    );
  });
});

describe('distribution of dwell', () => {
  it('has every band, and every session in the one it belongs to', () => {
    const stay = fc.oneof(fc.constantFrom(...DWELL_EDGES.flatMap((edge) => [edge, edge + 1, Math.max(0, edge - 1)])), fc.nat(4_000_000));
    fc.assert(
      fc.property(fc.array(stay, { maxLength: 40 }), (stays) => {
        const { sessions, distribution, percentiles } = dwellOf(counted(stays));
        expect(sessions).toBe(stays.length);
        expect(percentiles).toHaveLength(stays.length > 0 ? 6 : 0);
        expect(distribution.map(({ fromMs }) => fromMs)).toEqual(DWELL_EDGES);
        for (const { fromMs, toMs, sessions: inside } of distribution)
          expect(inside).toBe(stays.filter((each) => each >= fromMs && each < (toMs ?? Number.POSITIVE_INFINITY)).length);
        expect(distribution.reduce((sum, band) => sum + band.sessions, 0)).toBe(stays.length);
      }),
    );
  });
});
