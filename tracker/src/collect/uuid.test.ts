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
});
