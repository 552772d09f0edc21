import { describe, expect, it } from 'vitest';
import { bucketFor, changeOf, spanOf } from './range';

const now = Date.parse('2026-03-10T14:20:31.500Z');

describe('a range', () => {
  it('ends with the minute that has begun, so that this second’s visit is in it', () => {
    const { from, to } = spanOf('hour', now);
    expect(new Date(to).toISOString()).toBe('2026-03-10T14:21:00.000Z');
    expect(to - from).toBe(3_600_000);
    expect(spanOf('7d', now).to - spanOf('7d', now).from).toBe(7 * 86_400_000);
  });

  it('of today begins at the reader’s midnight', () => {
    const { from } = spanOf('today', now);
    expect(new Date(from).getHours()).toBe(0);
    expect(now - from).toBeLessThan(86_400_000);
  });

  it('takes the wanted bucket unless that were thousands of bars', () => {
    expect(bucketFor('minute', spanOf('hour', now))).toBe('minute');
    expect(bucketFor('minute', spanOf('30d', now))).toBe('auto');
    expect(bucketFor('hour', spanOf('30d', now))).toBe('hour');
  });
});

describe('a comparison', () => {
  it('is in whole percent of the period before', () => {
    expect(changeOf(112, 100)).toBe(12);
    expect(changeOf(97, 100)).toBe(-3);
  });

  it('is none where there was nothing before', () => {
    expect(changeOf(5, 0)).toBeNull();
    expect(changeOf(null, 5)).toBeNull();
  });
});
