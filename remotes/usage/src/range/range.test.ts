import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKETS, bucketError, bucketFor } from './bucket';
import { beforeText, comparedSpan, comparisonError, comparisonFor, linesUp } from './compare';
import { changeOf, chosenSpan, pace, type Range, spanOf, wholeSpan } from './range';
import { DAY } from './span';
import { partText } from './words';

const now = Date.parse('2026-03-10T14:20:31.500Z');

describe('a range', () => {
  it('ends with the minute that has begun, so that this second’s visit is in it', () => {
    const { from, to } = spanOf('hour', now);
    expect(new Date(to).toISOString()).toBe('2026-03-10T14:21:00.000Z');
    expect(to - from).toBe(3_600_000);
    expect(spanOf('7d', now).to - spanOf('7d', now).from).toBe(7 * DAY);
    expect(spanOf('1y', now).to - spanOf('1y', now).from).toBe(365 * DAY);
  });

  it('of today begins at the reader’s midnight', () => {
    const { from } = spanOf('today', now);
    expect(new Date(from).getHours()).toBe(0);
    expect(now - from).toBeLessThan(DAY);
  });

  it('is narrowed by the brush, and whole again when it has moved on', () => {
    const whole = spanOf('7d', now);
    expect(chosenSpan(whole, { from: whole.from + DAY, to: null })).toEqual({ from: whole.from + DAY, to: whole.to });
    expect(chosenSpan(whole, { from: 0, to: whole.from + DAY })).toEqual({ from: whole.from, to: whole.from + DAY });
    expect(chosenSpan(whole, { from: whole.from - 2 * DAY, to: whole.from - DAY })).toEqual(whole);
    expect(partText(whole, { from: whole.from - DAY, to: null })).toBe('');
    expect(partText(whole, { from: whole.from + DAY, to: null })).toMatch(/– now$/);
  });

  it('that is over is asked again less often than one that goes on', () => {
    expect(pace(spanOf('hour', now), now)).toBeLessThan(pace(spanOf('90d', now), now));
    expect(pace({ from: now - 9 * DAY, to: now - 8 * DAY }, now)).toBe(60_000);
  });
});

describe('the width of a bar', () => {
  it('is the wanted one unless that were thousands of bars, and says why not', () => {
    expect(bucketFor('minute', spanOf('hour', now), false)).toBe('minute');
    expect(bucketError('minute', spanOf('30d', now))).toBe('too fine for 30 days');
    expect(bucketFor('minute', spanOf('30d', now), false)).toBe('day');
    expect(bucketFor('hour', spanOf('30d', now), false)).toBe('hour');
    expect(bucketFor('week', spanOf('30d', now), false)).toBe('week');
  });

  it('by itself is the finest that can be told apart', () => {
    const chosen = (narrow: boolean) =>
      (['hour', '7d', '30d', '1y'] as const).map((preset) => bucketFor('auto', spanOf(preset, now), narrow));
    expect(chosen(false)).toEqual(['minute', 'hour', 'day', 'month']);
    expect(chosen(true)).toEqual(['minute', 'day', 'day', 'month']);
    for (const { id } of BUCKETS) expect(bucketError(id, spanOf('hour', now)), id).toBeNull();
  });
});

describe('a comparison', () => {
  const today: Range = { preset: 'today' };
  const week: Range = { preset: '7d' };
  const iso = (span: { from: number; to: number } | null) => span && [new Date(span.from).toISOString(), new Date(span.to).toISOString()];

  it('with the period before moves by the whole range, also for a part of it', () => {
    const whole = wholeSpan(week, now);
    expect(comparedSpan(whole, whole, week, 'previous')).toEqual({ from: whole.from - 7 * DAY, to: whole.from });
    const part = { from: whole.to - DAY, to: whole.to };
    expect(comparedSpan(part, whole, week, 'previous')).toEqual({ from: part.from - 7 * DAY, to: part.to - 7 * DAY });
  });

  it('with the period before puts noon over noon, also where the last day goes on', () => {
    const span = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 7, 14, 21) };
    expect(iso(comparedSpan(span, span, { dates: span }, 'previous'))).toEqual(['2026-02-22T00:00:00.000Z', '2026-02-28T14:21:00.000Z']);
  });

  it('of today is with yesterday until the same time', () => {
    const whole = wholeSpan(today, now);
    const before = comparedSpan(whole, whole, today, 'previous');
    expect(before && new Date(before.from).getHours()).toBe(0);
    expect(before && new Date(before.to).getHours()).toBe(new Date(whole.to).getHours());
    expect(before?.to).toBeLessThan(whole.from);
    expect(beforeText(today, 'previous')).toBe('yesterday until this time');
  });

  it('begins by the calendar and is as long as the range: the end of March less a month is the end of February', () => {
    const span = { from: Date.UTC(2026, 2, 30, 12), to: Date.UTC(2026, 2, 31, 12) };
    const dates: Range = { dates: span };
    expect(iso(comparedSpan(span, span, dates, 'year'))).toEqual(['2025-03-30T12:00:00.000Z', '2025-03-31T12:00:00.000Z']);
    // Both ends would fall on the 28th.
    expect(iso(comparedSpan(span, span, dates, 'month'))).toEqual(['2026-02-28T12:00:00.000Z', '2026-03-01T12:00:00.000Z']);
    expect(comparedSpan(span, span, dates, 'none')).toBeNull();
  });

  it('of a month or a year moves a part as far as the whole', () => {
    const whole = { from: new Date(2026, 2, 29, 12).getTime(), to: new Date(2026, 3, 4, 12).getTime() };
    for (const [comparison, begin] of [
      ['month', new Date(2026, 1, 28, 12)],
      ['year', new Date(2025, 2, 29, 12)],
    ] as const) {
      const part = { from: whole.from + DAY, to: whole.from + 3 * DAY };
      const start = begin.getTime();
      expect(comparedSpan(whole, whole, { dates: whole }, comparison)).toEqual({ from: start, to: start + (whole.to - whole.from) });
      expect(comparedSpan(part, whole, { dates: whole }, comparison)).toEqual({ from: start + DAY, to: start + 3 * DAY });
    }
  });

  describe('in a zone that changes its clocks', () => {
    const zone = process.env['TZ'];
    beforeAll(() => {
      process.env['TZ'] = 'Europe/Berlin';
    });
    afterAll(() => {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    });
    const day = (month: number, date: number, hour = 0, minute = 0): number => new Date(2026, month, date, hour, minute).getTime();

    it('of whole days is of whole days', () => {
      // 23 hours of March 29th are in the one, and not in the other.
      const whole = { from: day(2, 23), to: day(2, 30) };
      expect(whole.to - whole.from).toBe(7 * DAY - DAY / 24);
      for (const comparison of ['week', 'month', 'year'] as const) {
        const before = comparedSpan(whole, whole, { dates: whole }, comparison);
        expect(
          [before?.from, before?.to].map((time) => new Date(time ?? 0).getHours()),
          comparison,
        ).toEqual([0, 0]);
      }
      expect(comparedSpan(whole, whole, { dates: whole }, 'week')).toEqual({ from: day(2, 16), to: day(2, 23) });
    });

    it('of anything else is exactly as long', () => {
      const whole = { from: day(2, 28, 14), to: day(3, 2, 14) };
      const before = comparedSpan(whole, whole, { dates: whole }, 'week');
      expect(before).toEqual({ from: day(2, 21, 14), to: day(2, 21, 14) + (whole.to - whole.from) });
    });

    it('never falls together in the hour that is skipped', () => {
      const whole = { from: day(3, 5), to: day(3, 6) };
      // A week before there was no 02:30: it would become 03:30, behind the end at 03:00.
      const part = { from: day(3, 5, 2, 30), to: day(3, 5, 3) };
      const before = comparedSpan(part, whole, { dates: whole }, 'week');
      expect((before?.to ?? 0) - (before?.from ?? 0)).toBe(DAY / 48);
    });
  });

  it('has a line where bars stand over bars: those of weeks only when it is weeks away', () => {
    const lined = (preset: 'hour' | '7d' | '30d', comparison: 'previous' | 'week' | 'year' | 'none', bucket: 'day' | 'week' = 'week') =>
      linesUp(bucket, spanOf(preset, now), { preset }, comparison);
    expect(lined('7d', 'previous')).toBe(true);
    expect(lined('7d', 'week')).toBe(true);
    expect(lined('hour', 'previous')).toBe(false);
    expect(lined('30d', 'previous')).toBe(false);
    expect(lined('7d', 'year')).toBe(false);
    expect(lined('30d', 'previous', 'day')).toBe(true);
    expect(lined('30d', 'none', 'day')).toBe(false);
  });

  it('with a week before makes no sense for a month, and says so', () => {
    expect(comparisonError('week', spanOf('30d', now))).toBe('the range is longer than a week');
    expect(comparisonFor('week', spanOf('30d', now))).toBe('previous');
    expect(comparisonFor('week', spanOf('7d', now))).toBe('week');
    expect(comparisonFor('year', spanOf('1y', now))).toBe('year');
  });

  it('is in whole percent of the period before, and none where there was nothing', () => {
    expect(changeOf(112, 100)).toBe(12);
    expect(changeOf(97, 100)).toBe(-3);
    expect(changeOf(5, 0)).toBeNull();
    expect(changeOf(null, 5)).toBeNull();
  });
});
