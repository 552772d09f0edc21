import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketStarts } from '../buckets';
import { evenStretches, periodOf } from './periods';

/** What Pinot makes of the arithmetic: the stretch that the CASE chooses, and a division of doubles. */
function periodAt(starts: readonly number[], to: number, ts: number): number {
  const stretches = evenStretches(starts, to);
  const chosen = stretches.findLast(({ start }, index) => index === 0 || ts >= start);
  if (!chosen) throw new Error('no stretch');
  return chosen.index + Math.floor((ts - chosen.start) / chosen.step);
}

const begins = fc.integer({ min: Date.UTC(2001, 0), max: Date.UTC(2037, 0) });

describe('periods', () => {
  it('are found for every instant, whatever their lengths', () => {
    const lengths = fc.array(fc.oneof(fc.constantFrom(1, 60_000, 86_400_000, 90_000_000), fc.integer({ min: 1, max: 3_000_000_000 })), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(begins, lengths, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (first, steps, share) => {
        const ends = steps.reduce<number[]>((all, step) => all.concat((all.at(-1) ?? first) + step), []);
        const to = ends.at(-1) ?? first;
        const starts = [first, ...ends.slice(0, -1)];
        const drawn = Math.min(Math.floor(first + share * (to - first)), to - 1);
        for (const ts of [drawn, first, to - 1, ...starts, ...starts.slice(1).map((start) => start - 1)])
          expect(periodAt(starts, to, ts)).toBe(starts.findLastIndex((start) => start <= ts));
      }),
    );
  });

  it('of days and months in zones with clocks that change are the ones of the calendar', () => {
    const zones = [
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Pacific/Apia',
      'Asia/Kathmandu',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom('day', 'month' as const),
        begins,
        fc.integer({ min: 1, max: 380 }),
        (zone, bucket, from, days) => {
          const to = from + days * 86_400_000 - 12_345;
          const { starts } = bucketStarts({ from, to, bucket, zone });
          const inside = [from, to - 1, ...starts.filter((start) => start >= from)];
          expect(inside.map((ts) => periodAt(starts, to, ts))).toEqual(inside.map((ts) => starts.findLastIndex((start) => start <= ts)));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('that are even are one division, and a year of days a few', () => {
    const hours = bucketStarts({ from: Date.UTC(2026, 0), to: Date.UTC(2026, 1), bucket: 'hour', zone: 'UTC' }).starts;
    expect(periodOf(hours, Date.UTC(2026, 1)).text).toBe(`0 + FLOOR(("ts" - ${Date.UTC(2026, 0)}) / 3600000)`);
    const days = bucketStarts({ from: Date.UTC(2026, 0), to: Date.UTC(2027, 0), bucket: 'day', zone: 'Europe/Berlin' }).starts;
    expect(evenStretches(days, Date.UTC(2027, 0))).toHaveLength(5);
    expect(periodOf(days, Date.UTC(2027, 0)).text).toMatch(/^CASE (WHEN "ts" < \d+ THEN \d+ \+ FLOOR\(\("ts" - \d+\) \/ \d+\) ){4}ELSE /);
  });
});
