import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contextOfSpan, datesError, datesText, isCut, readDates, sameDates, spanOfDates } from './dates';
import { DAY } from './span';

const now = Date.parse('2026-03-10T14:20:31.500Z');
const march = readDates({ type: 'fdc3.timeRange', startTime: '2026-03-01T00:00:00.000Z', endTime: '2026-03-07T23:59:59.999Z' });

/** Everything here goes by the reader's zone. */
function inZone(zone: string): void {
  const before = process.env['TZ'];
  beforeAll(() => {
    process.env['TZ'] = zone;
  });
  afterAll(() => {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  });
}

describe.each(['Asia/Kolkata', 'America/Los_Angeles', 'Asia/Kathmandu', 'Pacific/Kiritimati', 'Asia/Beirut', 'UTC'])(
  'dates of a reader in %s',
  (zone) => {
    inZone(zone);
    const dates = (from: string, to: string) =>
      readDates({ type: 'fdc3.timeRange', startTime: `${from}T00:00:00.000Z`, endTime: `${to}T23:59:59.999Z` });

    it('are the reader’s days, and come back as the same dates', () => {
      for (const [from, to] of [
        ['2026-11-10', '2026-11-10'],
        ['2026-03-28', '2026-03-29'],
        ['2026-01-01', '2026-12-31'],
      ] as const) {
        const read = dates(from, to);
        expect(read && [read.from, read.to].map((time) => new Date(time ?? 0).toLocaleString('sv-SE').slice(0, 10))).toEqual([
          from,
          new Date(Date.parse(to) + DAY).toISOString().slice(0, 10),
        ]);
        expect(contextOfSpan({ from: read?.from ?? 0, to: read?.to ?? 0 })).toMatchObject({
          startTime: `${from}T00:00:00.000Z`,
          endTime: `${to}T23:59:59.999Z`,
        });
      }
    });

    it('are written as dates', () => {
      const read = dates('2026-11-10', '2026-11-10');
      expect(read && datesText(read, Date.parse('2026-11-20T12:00:00Z'))).toMatch(/^Nov 10$/);
      const part = { from: (read?.from ?? 0) + 3_600_000, to: read?.to ?? 0 };
      expect(datesText(part, Date.parse('2026-11-20T12:00:00Z'))).toMatch(/01:00|1:00/);
    });
  },
);

describe('the dashboard’s dates', () => {
  inZone('UTC');
  it('include their last instant', () => {
    expect(march).toEqual({ from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 8) });
    expect(march && datesText(march, now)).toMatch(/^Mar 1\s–\s(Mar )?7$/);
    expect(march && datesText(march, Date.UTC(2027, 6, 1))).toMatch(/2026$/);
  });

  it('are told from others, and from none', () => {
    expect(sameDates(march, { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 8) })).toBe(true);
    expect(sameDates(march, { from: Date.UTC(2026, 2, 1), to: null })).toBe(false);
    expect([sameDates(march, null), sameDates(null, march), sameDates(null, null)]).toEqual([false, false, true]);
  });

  it('come back as they were sent', () => {
    const span = { from: now - DAY, to: now };
    expect(readDates(contextOfSpan(span))).toEqual(span);
    // As days where they are some.
    const days = { from: now - 9 * DAY, to: now };
    expect(readDates(contextOfSpan(days))).toEqual({ from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 11) });
  });

  it('are none when cleared, empty, the wrong way round or not readable', () => {
    expect(readDates({ type: 'fdc3.timeRange', clear: true, startTime: '2026-03-01' })).toBeNull();
    expect(readDates({ type: 'fdc3.timeRange' })).toBeNull();
    expect(readDates({ type: 'fdc3.timeRange', startTime: 'soon' })).toBeNull();
    expect(readDates({ type: 'fdc3.timeRange', startTime: '2026-03-09', endTime: '2026-03-01' })).toBeNull();
  });

  it('reach no further than now, and no longer than the tracker answers', () => {
    expect(spanOfDates({ from: now - DAY, to: now + DAY }, now)).toEqual({ from: now - DAY, to: Date.parse('2026-03-10T14:21:00Z') });
    const open = { from: null, to: now };
    const { from, to } = spanOfDates(open, now);
    expect(to - from).toBe(400 * DAY);
    expect(isCut(open, now)).toBe(true);
    expect(march && isCut(march, now)).toBe(false);
  });

  it('are only an offer where no visit can be', () => {
    expect(march && datesError(march, now)).toBeNull();
    expect(datesError({ from: Date.UTC(2005, 0, 1), to: Date.UTC(2008, 0, 1) }, now)).toContain('400 days ago');
    expect(datesError({ from: now + DAY, to: null }, now)).toContain('to come');
    expect(datesError({ from: Date.UTC(2005, 0, 1), to: null }, now)).toBeNull();
  });
});
