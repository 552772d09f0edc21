import { describe, expect, it } from 'vitest';
import { formatDuration, formatInstant, formatMonth, formatNumber, formatSigned, formatSignedPercent } from './format';

describe('figures', () => {
  it('groups and keeps the digits asked for', () => {
    expect(formatNumber(1234.5, 2, 'en-US')).toBe('1,234.50');
    expect(formatNumber(3376, 0, 'de-DE')).toBe('3.376');
  });

  it('writes a sign that does not depend on colour, and none for zero', () => {
    expect(formatSigned(1.84, 2, 'en-US')).toBe('+1.84');
    expect(formatSigned(-0.61, 2, 'en-US')).toBe('−0.61');
    expect(formatSigned(0, 2, 'en-US')).toBe('0.00');
  });

  it('takes percent in points', () => {
    expect(formatSignedPercent(0.83, 2, 'en-US')).toBe('+0.83%');
    expect(formatSignedPercent(-47, 0, 'en-US')).toBe('−47%');
  });
});

describe('times', () => {
  it('never moves a calendar date into the month before', () => {
    expect(formatMonth('2010-03-01', 'en-US')).toBe('Mar 2010');
  });

  it('shows a moment in the zone asked for', () => {
    const shown = formatInstant('2026-01-31T23:30:00Z', { day: 'numeric', month: 'short', timeZone: 'Asia/Tokyo' }, 'en-US');
    expect(shown).toBe('Feb 1');
  });

  it.each([
    [350, '350 ms'],
    [59_400, '59s'],
    [252_000, '4m 12s'],
    [3_780_000, '1h 03m'],
  ])('%d ms reads as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
