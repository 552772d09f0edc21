import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bucket, bucketStarts, dateIn } from './buckets';

const starts = (from: string, to: string, bucket: Bucket | 'auto', zone = 'UTC'): string[] =>
  bucketStarts(Date.parse(from), Date.parse(to), bucket, zone).starts.map((start) => new Date(start).toISOString());

describe('buckets', () => {
  it('begin at or before the range and cover it', () => {
    expect(starts('2026-01-01T10:20:30Z', '2026-01-01T12:00:00Z', 'hour')).toEqual([
      '2026-01-01T10:00:00.000Z',
      '2026-01-01T11:00:00.000Z',
    ]);
  });

  it('days follow the clocks of the zone, 23 and 25 hours long twice a year', () => {
    expect(starts('2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z', 'day', 'Europe/Berlin')).toEqual([
      '2026-03-27T23:00:00.000Z',
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ]);
    expect(starts('2026-10-24T22:00:00Z', '2026-10-26T23:00:00Z', 'day', 'Europe/Berlin')).toEqual([
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
    ]);
  });

  it('a day begins at one o’clock where midnight is skipped', () => {
    // Beirut: clocks go from 0:00 to 1:00 on 29 March 2026.
    expect(starts('2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z', 'day', 'Asia/Beirut')).toEqual([
      '2026-03-27T22:00:00.000Z',
      '2026-03-28T22:00:00.000Z',
      '2026-03-29T21:00:00.000Z',
    ]);
  });

  it('a day that a zone left out is not a bucket', () => {
    // Apia went from 29 to 31 December 2011.
    expect(starts('2011-12-29T12:00:00Z', '2012-01-01T00:00:00Z', 'day', 'Pacific/Apia')).toEqual([
      '2011-12-29T10:00:00.000Z',
      '2011-12-30T10:00:00.000Z',
      '2011-12-31T10:00:00.000Z',
    ]);
  });

  it('months by the calendar of the zone', () => {
    expect(starts('2026-01-31T23:30:00Z', '2026-04-01T00:00:00Z', 'month', 'Europe/Berlin')).toEqual([
      '2026-01-31T23:00:00.000Z',
      '2026-02-28T23:00:00.000Z',
      '2026-03-31T22:00:00.000Z',
    ]);
  });

  it('weeks from Monday, by the calendar of the zone', () => {
    // Monday 23 March is still winter time in Berlin, Monday 30 March is summer time.
    expect(starts('2026-03-25T12:00:00Z', '2026-04-01T00:00:00Z', 'week', 'Europe/Berlin')).toEqual([
      '2026-03-22T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ]);
    // Sunday evening in UTC is Monday in Auckland.
    expect(starts('2026-05-03T20:00:00Z', '2026-05-03T21:00:00Z', 'week', 'Pacific/Auckland')).toEqual(['2026-05-03T12:00:00.000Z']);
    expect(starts('2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z', 'week')).toEqual(['2026-02-23T00:00:00.000Z']);
  });

  it('zones of odd quarters of an hour', () => {
    expect(starts('2026-05-01T00:00:00Z', '2026-05-02T00:00:00Z', 'day', 'Asia/Kathmandu')).toEqual([
      '2026-04-30T18:15:00.000Z',
      '2026-05-01T18:15:00.000Z',
    ]);
  });

  it('auto takes the finest bucket of at most 240 points', () => {
    const from = Date.parse('2026-01-01T00:00:00Z');
    const chosen = (hours: number) => bucketStarts(from, from + hours * 3_600_000, 'auto', 'UTC').bucket;
    expect([chosen(1), chosen(4), chosen(5), chosen(20), chosen(21), chosen(240), chosen(241), chosen(9600)]).toEqual([
      'minute',
      'minute',
      'five-minutes',
      'five-minutes',
      'hour',
      'hour',
      'day',
      'week',
    ]);
  });

  it('refuses what nobody can draw, and zones that do not exist', () => {
    expect(() => starts('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z', 'minute')).toThrow(/points/);
    expect(() => starts('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', 'day', 'Mars/Olympus')).toThrow(/IANA/);
  });

  it('in any zone: ascending, each the first instant of its local date, none missing', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.parse('2000-01-01'), max: Date.parse('2035-01-01') }),
        fc.integer({ min: 1, max: 20 }),
        (zone, from, days) => {
          const dates = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
          const found = bucketStarts(from, from + days * 86_400_000, 'day', zone).starts;
          expect(found[0]).toBeLessThanOrEqual(from);
          found.forEach((start, index) => {
            expect(dates.format(start - 1) < dates.format(start)).toBe(true);
            // No local midnight in between: the date just before the next start is still this one.
            const next = found[index + 1];
            if (next !== undefined) expect(dates.format(next - 1)).toBe(dates.format(start));
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('in any zone: weeks begin on Mondays, months on the first, and nothing is left out', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        // Since 2012: before, Samoa left out a whole day, and with it the middle of a week.
        fc.integer({ min: Date.parse('2012-01-02'), max: Date.parse('2035-01-01') }),
        fc.integer({ min: 1, max: 90 }),
        fc.constantFrom('week' as const, 'month' as const),
        (zone, from, days, unit) => {
          const to = from + days * 86_400_000;
          const local = new Intl.DateTimeFormat('en-US', { timeZone: zone, weekday: 'short', day: 'numeric' });
          const part = (instant: number) =>
            local.formatToParts(instant).find(({ type }) => type === (unit === 'week' ? 'weekday' : 'day'))?.value;
          const found = bucketStarts(from, to, unit, zone).starts;
          expect(found[0]).toBeLessThanOrEqual(from);
          const all = bucketStarts(from, to, 'day', zone).starts;
          for (const start of found) {
            expect(part(start)).toBe(unit === 'week' ? 'Mon' : '1');
            expect(part(start - 1)).not.toBe(part(start));
          }
          // Every day in the range that should begin a bucket does.
          for (const day of all.slice(1)) if (part(day) === (unit === 'week' ? 'Mon' : '1')) expect(found).toContain(day);
          expect(found.slice(1).every((start) => all.includes(start))).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('names the date of an instant in a zone', () => {
    expect(dateIn('UTC', Date.parse('2026-03-01T23:00:00Z'))).toBe('2026-03-01');
    expect(dateIn('Europe/Berlin', Date.parse('2026-03-01T23:00:00Z'))).toBe('2026-03-02');
    expect(() => dateIn('Mars/Olympus', 0)).toThrow(/IANA/);
  });
});
