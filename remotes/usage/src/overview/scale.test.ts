import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridOf } from './scale';

describe('the height axis', () => {
  it('has few round lines, at least one, and none above the tallest bar', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 1, max: 5 }), (most, lines) => {
        const grid = gridOf(most, lines);
        expect(grid.length).toBeGreaterThan(0);
        expect(grid.length).toBeLessThanOrEqual(lines);
        expect(grid.at(-1)).toBeLessThanOrEqual(most);
        for (const value of grid) expect(Number.isInteger(value)).toBe(true);
      }),
    );
    expect(gridOf(0, 4)).toEqual([]);
    expect(gridOf(17, 4)).toEqual([4, 8, 12, 16]);
    expect(gridOf(1040, 2)).toEqual([400, 800]);
  });
});
