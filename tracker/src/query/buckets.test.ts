import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bucket, bucketStarts, type Weekday } from './buckets';
import { Calendar } from './calendar';

const starts = (from: string, to: string, bucket: Bucket | 'auto', zone = 'UTC', weekStart: Weekday = 'monday'): string[] =>
  bucketStarts({ from: Date.parse(from), to: Date.parse(to), bucket, zone, weekStart }).starts.map((start) =>
    new Date(start).toISOString(),
  );
/** As the clocks there show them. */
const local = (from: string, to: string, bucket: Bucket, zone: string): string[] => {
  const calendar = new Calendar(zone);
  return starts(from, to, bucket, zone).map((start) => calendar.iso(Date.parse(start)).replace(':00.000', ''));
};

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
    const chosen = (hours: number) => bucketStarts({ from, to: from + hours * 3_600_000, bucket: 'auto', zone: 'UTC' }).bucket;
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
          const found = bucketStarts({ from, to: from + days * 86_400_000, bucket: 'day', zone }).starts;
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

  it('in any zone: weeks begin on their day, months on the first, and nothing is left out', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        // Since 2012: before, Samoa left out a whole day, and with it the middle of a week.
        fc.integer({ min: Date.parse('2012-01-02'), max: Date.parse('2035-01-01') }),
        fc.integer({ min: 1, max: 90 }),
        fc.constantFrom('week' as const, 'month' as const),
        fc.constantFrom('monday' as const, 'sunday' as const, 'saturday' as const),
        (zone, from, days, unit, weekStart) => {
          const first = unit === 'month' ? '1' : { monday: 'Mon', sunday: 'Sun', saturday: 'Sat' }[weekStart];
          const to = from + days * 86_400_000;
          const local = new Intl.DateTimeFormat('en-US', { timeZone: zone, weekday: 'short', day: 'numeric' });
          const part = (instant: number) =>
            local.formatToParts(instant).find(({ type }) => type === (unit === 'week' ? 'weekday' : 'day'))?.value;
          const found = bucketStarts({ from, to, bucket: unit, zone, weekStart }).starts;
          expect(found[0]).toBeLessThanOrEqual(from);
          const all = bucketStarts({ from, to, bucket: 'day', zone }).starts;
          for (const start of found) {
            expect(part(start)).toBe(first);
            expect(part(start - 1)).not.toBe(part(start));
          }
          // Every day in the range that should begin a bucket does.
          for (const day of all.slice(1)) if (part(day) === first) expect(found).toContain(day);
          expect(found.slice(1).every((start) => all.includes(start))).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('an hour is one of the zone, also where it is off by half an hour or a quarter', () => {
    expect(starts('2026-11-09T18:30:00Z', '2026-11-09T21:00:00Z', 'hour', 'Asia/Kolkata')).toEqual([
      '2026-11-09T18:30:00.000Z',
      '2026-11-09T19:30:00.000Z',
      '2026-11-09T20:30:00.000Z',
    ]);
    expect(local('2026-11-09T18:00:00Z', '2026-11-09T19:40:00Z', 'hour', 'Asia/Kathmandu')).toEqual([
      '2026-11-09T23:00+05:45',
      '2026-11-10T00:00+05:45',
      '2026-11-10T01:00+05:45',
    ]);
    expect(starts('2026-11-09T18:01:30Z', '2026-11-09T18:10:00Z', 'five-minutes', 'Asia/Kolkata')[0]).toBe('2026-11-09T18:00:00.000Z');
  });

  it('the hour that the clocks repeat is two, and the one they skip is none', () => {
    expect(local('2026-10-24T23:00:00Z', '2026-10-25T03:00:00Z', 'hour', 'Europe/Berlin')).toEqual([
      '2026-10-25T01:00+02:00',
      '2026-10-25T02:00+02:00',
      '2026-10-25T02:00+01:00',
      '2026-10-25T03:00+01:00',
    ]);
    expect(local('2026-03-29T00:00:00Z', '2026-03-29T02:00:00Z', 'hour', 'Europe/Berlin')).toEqual([
      '2026-03-29T01:00+01:00',
      '2026-03-29T03:00+02:00',
    ]);
    expect(local('2026-10-03T15:00:00Z', '2026-10-03T18:00:00Z', 'hour', 'Australia/Adelaide')).toEqual([
      '2026-10-04T00:00+09:30',
      '2026-10-04T01:00+09:30',
      '2026-10-04T03:00+10:30',
      '2026-10-04T04:00+10:30',
    ]);
  });

  it('where clocks are set by half an hour, the hour around it is in two parts or a short one', () => {
    // Lord Howe: from 2:00 to 1:30 on 5 April, from 2:00 to 2:30 on 4 October 2026.
    expect(local('2026-04-04T14:00:00Z', '2026-04-04T16:00:00Z', 'hour', 'Australia/Lord_Howe')).toEqual([
      '2026-04-05T01:00+11:00',
      '2026-04-05T01:30+10:30',
      '2026-04-05T02:00+10:30',
    ]);
    expect(local('2026-10-03T14:30:00Z', '2026-10-03T16:30:00Z', 'hour', 'Australia/Lord_Howe')).toEqual([
      '2026-10-04T01:00+10:30',
      '2026-10-04T02:30+11:00',
      '2026-10-04T03:00+11:00',
    ]);
    // A range that begins within the short one.
    expect(local('2026-10-03T15:45:00Z', '2026-10-03T16:30:00Z', 'hour', 'Australia/Lord_Howe')[0]).toBe('2026-10-04T02:30+11:00');
  });

  it('weeks begin as it is asked', () => {
    expect(starts('2026-03-25T12:00:00Z', '2026-04-01T00:00:00Z', 'week', 'America/New_York', 'sunday')).toEqual([
      '2026-03-22T04:00:00.000Z',
      '2026-03-29T04:00:00.000Z',
    ]);
    expect(starts('2026-03-25T12:00:00Z', '2026-03-26T00:00:00Z', 'week', 'UTC', 'saturday')).toEqual(['2026-03-21T00:00:00.000Z']);
    expect(starts('2026-03-22T00:00:00Z', '2026-03-22T01:00:00Z', 'week', 'UTC', 'sunday')).toEqual(['2026-03-22T00:00:00.000Z']);
  });

  it('in any zone: no bucket of hours or minutes holds two hours of the clock, or two dates, and none is longer than it says', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    const bucket = fc.constantFrom(['hour', 3_600_000] as const, ['five-minutes', 300_000] as const, ['minute', 60_000] as const);
    // Half of them around a change of the clocks.
    const change = fc.constantFrom(
      '2026-03-29T01:00Z',
      '2026-04-04T15:00Z',
      '2026-10-03T15:30Z',
      '2026-10-25T01:00Z',
      '2011-12-30T10:00Z',
      '2016-05-01T07:00Z',
      '2006-04-15T18:30Z',
    );
    const moment = fc.oneof(
      fc.integer({ min: Date.parse('1973-01-01'), max: Date.parse('2035-01-01') }),
      fc.tuple(change, fc.integer({ min: -5_400_000, max: 5_400_000 })).map(([at, by]) => Date.parse(at) + by),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...zones, 'Australia/Lord_Howe', 'Asia/Kathmandu'),
        moment,
        fc.integer({ min: 1, max: 14_400_000 }),
        bucket,
        (zone, from, length, [name, step]) => {
          const calendar = new Calendar(zone);
          const to = from + length;
          const found = bucketStarts({ from, to, bucket: name, zone }).starts;
          expect(found[0]).toBeLessThanOrEqual(from);
          expect(found.at(-1)).toBeLessThan(to);
          const nameOf = (instant: number): number => Math.floor((instant + calendar.offset(instant)) / step);
          found.forEach((start, index) => {
            const next = found[index + 1] ?? to;
            expect(next - start).toBeGreaterThan(0);
            if (found[index + 1] !== undefined) expect(next - start).toBeLessThanOrEqual(step);
            for (const inside of [start, (start + next) / 2, next - 1].map(Math.floor)) expect(nameOf(inside)).toBe(nameOf(start));
            // It begins where the clock shows a new one, or is set.
            expect(nameOf(start - 1) !== nameOf(start) || calendar.offset(start - 1) !== calendar.offset(start)).toBe(true);
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('names the date of an instant in a zone', () => {
    const dateIn = (zone: string, instant: number): string => new Calendar(zone).date(instant);
    expect(dateIn('UTC', Date.parse('2026-03-01T23:00:00Z'))).toBe('2026-03-01');
    expect(dateIn('Europe/Berlin', Date.parse('2026-03-01T23:00:00Z'))).toBe('2026-03-02');
    expect(() => dateIn('Mars/Olympus', 0)).toThrow(/IANA/);
  });
});
