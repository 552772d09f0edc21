import { describe, expect, it } from 'vitest';
import { shareOf, spanText } from './spans';

describe('a length of time in the distribution', () => {
  it.each([
    [0, 10_000, 'under 10 s'],
    [10_000, 30_000, '10–30 s'],
    [30_000, 60_000, '30 s–1 min'],
    [60_000, 180_000, '1–3 min'],
    [1_800_000, 3_600_000, '30 min–1 h'],
    [3_600_000, null, 'over 1 h'],
  ])('%d to %s reads as %s', (from, to, text) => {
    expect(spanText(from, to)).toBe(text);
  });

  it('has a share in percent, also of nothing', () => {
    expect(shareOf(1, 3)).toBe(33.3);
    expect(shareOf(0, 0)).toBe(0);
  });
});
