import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohortsOf, MAX_PERIODS, RetentionCount } from './retention';

describe('retention', () => {
  it('counts each visitor in the cohort of the first period, and once in every period of a return', () => {
    const count = new RetentionCount(3);
    for (const [visitor, period] of [
      ['anna', 0],
      ['anna', 2],
      ['anna', 2],
      ['ben', 0],
      ['cleo', 2],
      ['ben', 1],
      ['ben', 0],
    ] as const)
      count.add(visitor, period);
    expect(count.result()).toEqual([
      { visitors: 2, returned: [2, 1, 1] },
      { visitors: 0, returned: [0, 0] },
      { visitors: 1, returned: [1] },
    ]);
  });

  it('of nobody has empty cohorts, and none of no period', () => {
    expect(new RetentionCount(2).result()).toEqual([
      { visitors: 0, returned: [0, 0] },
      { visitors: 0, returned: [0] },
    ]);
    expect(cohortsOf([], 0)).toEqual([]);
  });

  it('agrees with counting one by one, up to the last period', () => {
    const seen = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(MAX_PERIODS - 1));
    fc.assert(
      fc.property(fc.array(seen, { maxLength: 30 }), (pairs) => {
        const count = new RetentionCount(MAX_PERIODS);
        for (const [visitor, period] of pairs) count.add(visitor, period);
        const periodsOf = (visitor: string) => pairs.filter(([each]) => each === visitor).map(([, period]) => period);
        const visitors = [...new Set(pairs.map(([visitor]) => visitor))];
        const expected = Array.from({ length: MAX_PERIODS }, (_, first) => {
          const members = visitors.filter((visitor) => Math.min(...periodsOf(visitor)) === first);
          const returned = Array.from(
            { length: MAX_PERIODS - first },
            (__, later) => members.filter((visitor) => periodsOf(visitor).includes(first + later)).length,
          );
          return { visitors: members.length, returned };
        });
        expect(count.result()).toEqual(expected);
      }),
    );
  });
});
