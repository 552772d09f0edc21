import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, isoOf, parseDay } from './days';
import {
  boundsOf,
  contextOf,
  DEFAULTS,
  dayAt,
  indexOf,
  moveHandle,
  placeOf,
  presetRange,
  type Range,
  rangeOf,
  type Step,
  sameRange,
  shiftRange,
  stepsOf,
  ticksOf,
  typedRange,
} from './range';

const day = (text: string): number => parseDay(text) ?? Number.NaN;
const bounds: Range = { from: day('2000-01-01'), to: day('2010-03-31') };
const iso = (range: Range | string | null): unknown =>
  typeof range === 'string' || range === null ? range : [isoOf(range.from), isoOf(range.to)];

const days = fc.integer({ min: bounds.from, max: bounds.to });
const ranges = fc.tuple(days, days).map(([a, b]): Range => ({ from: Math.min(a, b), to: Math.max(a, b) }));
const steps = fc.constantFrom<Step>('month', 'day');

describe('days', () => {
  it('reads days of the calendar only', () => {
    expect(isoOf(day('2008-02-29'))).toBe('2008-02-29');
    for (const text of ['2010-02-30', '2009-02-29', '2010', '', '2010-03-31T00:00', '02010-03-31']) expect(parseDay(text), text).toBeNull();
  });

  it('goes to the same day of another month, or to its last', () => {
    expect(isoOf(addMonths(day('2010-03-31'), -1))).toBe('2010-02-28');
    expect(isoOf(addMonths(day('2008-02-29'), 12))).toBe('2009-02-28');
    expect(isoOf(addMonths(day('0020-03-31'), -1))).toBe('0020-02-29');
    expect(isoOf(addMonths(day('0000-02-01'), -1))).toBe('0000-01-01');
    expect(isoOf(addMonths(day('2000-01-15'), -1))).toBe('1999-12-15');
  });
});

describe('date range', () => {
  it('spans what the settings say, or says what is wrong with them', () => {
    expect(boundsOf(DEFAULTS)).toEqual(bounds);
    expect(boundsOf({ ...DEFAULTS, max: '2000-01-01' })).toMatch(/not after/);
    expect(boundsOf({ ...DEFAULTS, min: 'soon' })).toMatch(/“soon” is not a date/);
  });

  it('has shortcuts back from the last day', () => {
    expect(iso(presetRange('1y', bounds))).toEqual(['2009-04-01', '2010-03-31']);
    expect(iso(presetRange('5y', bounds))).toEqual(['2005-04-01', '2010-03-31']);
    expect(iso(presetRange('30d', bounds))).toEqual(['2010-03-02', '2010-03-31']);
    expect(iso(presetRange('50y', bounds))).toEqual(['2000-01-01', '2010-03-31']);
    expect(presetRange('yesterday', bounds)).toBeNull();
  });

  it('moves by whole months, first day to last day', () => {
    const range = { from: day('2005-01-01'), to: day('2005-12-31') };
    const from = indexOf(range.from, bounds, 'month');
    expect(iso(moveHandle(range, 'from', from + 1, bounds, 'month'))).toEqual(['2005-02-01', '2005-12-31']);
    expect(iso(moveHandle(range, 'to', from - 7, bounds, 'month'))).toEqual(['2005-01-01', '2005-01-31']);
    expect(iso(shiftRange(range, 2, bounds, 'month'))).toEqual(['2005-03-01', '2006-02-28']);
    expect(iso(shiftRange(range, 999, bounds, 'month'))).toEqual(['2009-04-01', '2010-03-31']);
  });

  it('never leaves the bounds, and never turns around', () => {
    fc.assert(
      fc.property(
        ranges,
        fc.integer({ min: -5000, max: 5000 }),
        steps,
        fc.constantFrom('from' as const, 'to' as const),
        (range, amount, step, edge) => {
          for (const moved of [moveHandle(range, edge, Math.abs(amount), bounds, step), shiftRange(range, amount, bounds, step)]) {
            expect(moved.from).toBeGreaterThanOrEqual(bounds.from);
            expect(moved.to).toBeLessThanOrEqual(bounds.to);
            expect(moved.from).toBeLessThanOrEqual(moved.to);
          }
        },
      ),
    );
  });

  it('knows each step of the slider again', () => {
    fc.assert(
      fc.property(steps, fc.nat(), fc.constantFrom('from' as const, 'to' as const), (step, number, edge) => {
        const index = number % (stepsOf(bounds, step) + 1);
        expect(indexOf(dayAt(index, edge, bounds, step), bounds, step)).toBe(index);
      }),
    );
  });

  it('says a range and understands it again; the whole range is no filter', () => {
    expect(contextOf(bounds, bounds)).toEqual({ type: 'fdc3.timeRange', clear: true });
    expect(contextOf({ from: day('2005-01-01'), to: day('2007-12-31') }, bounds)).toEqual({
      type: 'fdc3.timeRange',
      startTime: '2005-01-01T00:00:00.000Z',
      endTime: '2007-12-31T23:59:59.999Z',
    });
    fc.assert(fc.property(ranges, (range) => sameRange(rangeOf(contextOf(range, bounds), bounds), range)));
  });

  it('adopts what others say as far as it has it', () => {
    expect(iso(rangeOf({ startTime: '2008-06-01T00:00:00Z' }, bounds))).toEqual(['2008-06-01', '2010-03-31']);
    expect(iso(rangeOf({ startTime: '1990-01-01', endTime: '2001-01-01' }, bounds))).toEqual(['2000-01-01', '2001-01-01']);
    expect(rangeOf({ startTime: '2015-01-01', endTime: '2016-01-01' }, bounds)).toEqual(bounds);
  });

  it('checks what is typed', () => {
    expect(iso(typedRange('2001-01-01', '2001-01-01', bounds))).toEqual(['2001-01-01', '2001-01-01']);
    expect(typedRange('2002-01-01', '2001-01-01', bounds)).toMatch(/after/);
    expect(typedRange('1999-12-31', '2001-01-01', bounds)).toMatch(/2000-01-01 to 2010-03-31/);
    expect(typedRange('', '2001-01-01', bounds)).toMatch(/needed/);
  });

  it('places ranges and years on the track, each step as wide as the others', () => {
    expect(placeOf(bounds, bounds, 'month')).toEqual({ start: 0, end: 100 });
    expect(placeOf(bounds, bounds, 'day')).toEqual({ start: 0, end: 100 });
    const may = placeOf({ from: day('2005-05-01'), to: day('2005-05-31') }, bounds, 'month');
    expect([may.start, may.end]).toEqual([(64 / 123) * 100, (65 / 123) * 100]);
    expect(ticksOf(bounds, 'month', 6).map(({ label }) => label)).toEqual(['2000', '2002', '2004', '2006', '2008']);
    expect(ticksOf(bounds, 'month', 11)[1]?.at).toBe((12 / 123) * 100);
    expect(ticksOf({ from: day('2009-02-01'), to: day('2009-12-31') }, 'month', 6)).toEqual([]);
  });
});
