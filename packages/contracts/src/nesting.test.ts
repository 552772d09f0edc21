import { describe, expect, it } from 'vitest';
import { isDeeperThan } from './nesting';

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = i % 2 ? [value, 2] : { a: value };
  return value;
};

describe('how deep a body is', () => {
  it('counts objects and arrays', () => {
    expect(isDeeperThan('text', 0)).toBe(false);
    expect(isDeeperThan(nested(100), 100)).toBe(false);
    expect(isDeeperThan(nested(101), 100)).toBe(true);
  });

  it('does not care how much deeper', () => {
    expect(isDeeperThan(nested(300_000), 100)).toBe(true);
  });
});
