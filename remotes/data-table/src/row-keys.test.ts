import { describe, expect, it } from 'vitest';
import { moveActive } from './row-keys';

describe('keys in the rows', () => {
  it.each([
    ['ArrowDown', 0, 1],
    ['ArrowUp', 0, 0],
    ['ArrowDown', 99, 99],
    ['PageDown', 5, 15],
    ['PageDown', 95, 99],
    ['PageUp', 5, 0],
    ['Home', 50, 0],
    ['End', 50, 99],
  ])('%s from row %d goes to row %d', (key, from, to) => {
    expect(moveActive(key, from, 100, 10)).toBe(to);
  });

  it('leaves other keys and empty tables alone', () => {
    expect(moveActive('a', 3, 100, 10)).toBeNull();
    expect(moveActive('ArrowDown', 0, 0, 10)).toBeNull();
  });
});
