/** Whatever a panel's settings and other widgets' broadcasts say, there is a range within the bounds, or words about what is wrong. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isoOf } from './days';
import { boundsOf, contextOf, dayAt, moveHandle, placeOf, presetRange, rangeOf, shiftRange, stepsOf, ticksOf, typedRange } from './range';

const day = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }))
    .map(([year, month, date]) => [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(date).padStart(2, '0')].join('-')),
  fc.constantFrom('0000-01-01', '0050-06-15', '9999-12-31', '', 'x', '+275760-09-13'),
);
const settings = fc.record({ min: day, max: day, step: fc.constantFrom('month' as const, 'day' as const), presets: fc.constant([]) });
const instant = fc.oneof(
  day.map((text) => `${text}T12:00:00Z`),
  fc.constantFrom('+275760-09-13T00:00:00.000Z', '-271821-04-20T00:00:00.000Z', '0'),
  fc.jsonValue(),
);

it('is always so', () => {
  fc.assert(
    fc.property(
      settings,
      fc.record({ startTime: instant, endTime: instant, clear: fc.jsonValue() }),
      fc.integer(),
      fc.stringMatching(/^[1-9]\d{0,2}[ymd]$/),
      (given, context, move, preset) => {
        const bounds = boundsOf(given);
        if (typeof bounds === 'string') return;
        const { step } = given;
        const heard = rangeOf(context, bounds);
        const index = Math.abs(move) % (stepsOf(bounds, step) + 1);
        const ranges = [
          heard,
          presetRange(preset, bounds) ?? bounds,
          moveHandle(heard, 'from', index, bounds, step),
          moveHandle(heard, 'to', index, bounds, step),
          shiftRange(heard, move, bounds, step),
        ];
        for (const range of ranges) {
          expect(range.from).toBeGreaterThanOrEqual(bounds.from);
          expect(range.to).toBeLessThanOrEqual(bounds.to);
          expect(range.from).toBeLessThanOrEqual(range.to);
          const { start, end } = placeOf(range, bounds, step);
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(100.001);
          contextOf(range, bounds);
          typedRange(isoOf(range.from), isoOf(range.to), bounds);
        }
        expect(dayAt(index, 'from', bounds, step)).toBeLessThanOrEqual(bounds.to);
        expect(ticksOf(bounds, step, 8).length).toBeLessThanOrEqual(8);
      },
    ),
  );
});
