import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUuidv7, uuidv7 } from './uuid';

describe('uuidv7', () => {
  it('carries its time, sorts by it, and never repeats', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), fc.integer({ min: 0, max: 2 ** 48 - 1 }), (a, b) => {
        const [first, second] = [uuidv7(a), uuidv7(b)];
        expect(isUuidv7(first)).toBe(true);
        expect(Number.parseInt(first.replace('-', '').slice(0, 12), 16)).toBe(a);
        expect(first).not.toBe(second);
        if (a !== b) expect(first < second).toBe(a < b);
      }),
    );
  });

  it('goes by the order of the calls within a millisecond, and stays unique beyond what that can hold', () => {
    const ids = Array.from({ length: 3000 }, () => uuidv7(1_700_000_000_000));
    expect([...ids].sort()).toEqual(ids);
    const many = Array.from({ length: 20_000 }, () => uuidv7(1_700_000_000_000));
    expect(new Set([...ids, ...many]).size).toBe(23_000);
    expect(many.every(isUuidv7)).toBe(true);
  });
});
