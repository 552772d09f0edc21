import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brushOf, edgeAt, edgesOf, handleKey, moveHandle, moveWindow, type Place, placeOf, spanBetween } from './brush';

const HOUR = 3_600_000;
const edges = edgesOf(
  Array.from({ length: 24 }, (_, index) => index * HOUR),
  24 * HOUR,
);
const last = edges.length - 1;
const places = fc.tuple(fc.nat(last - 1), fc.nat(last)).map(([a, b]): Place => spanBetween(a, b === a ? a + 1 : b, last));

describe('the brush', () => {
  it('is everything until somebody chooses', () => {
    expect(placeOf(edges, null)).toEqual({ start: 0, end: 24 });
    expect(brushOf(edges, { start: 0, end: 24 })).toBeNull();
  });

  it('comes back from instants as it was', () => {
    fc.assert(
      fc.property(places, (place) => {
        expect(placeOf(edges, brushOf(edges, place))).toEqual(place);
      }),
    );
  });

  it('always holds at least one bar and never leaves the track', () => {
    const moves = fc.record({
      handle: fc.constantFrom('start' as const, 'end' as const),
      to: fc.integer({ min: -50, max: 80 }),
      by: fc.integer(),
    });
    fc.assert(
      fc.property(places, moves, (place, { handle, to, by }) => {
        for (const { start, end } of [
          moveHandle(place, handle, to, last),
          moveWindow(place, by % 99, last),
          spanBetween(to, by % 99, last),
        ]) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(last);
          expect(end - start).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });

  it('keeps its length when moved as a whole', () => {
    expect(moveWindow({ start: 3, end: 7 }, 100, last)).toEqual({ start: 20, end: 24 });
    expect(moveWindow({ start: 3, end: 7 }, -100, last)).toEqual({ start: 0, end: 4 });
  });

  it('that reaches until now stays there while time goes on', () => {
    const later = edgesOf(
      Array.from({ length: 24 }, (_, index) => (index + 2) * HOUR),
      26 * HOUR,
    );
    const brush = brushOf(edges, { start: 20, end: 24 });
    expect(brush).toEqual({ from: 20 * HOUR, to: null });
    expect(placeOf(later, brush)).toEqual({ start: 18, end: 24 });
    expect(placeOf(later, { from: 4 * HOUR, to: 8 * HOUR })).toEqual({ start: 2, end: 6 });
  });

  it('that the range has left behind is everything again', () => {
    expect(placeOf(edges, { from: -9 * HOUR, to: -5 * HOUR })).toEqual({ start: 0, end: 24 });
  });

  it('finds the edge under the pointer and answers to keys', () => {
    expect(edgeAt(0.5, 24)).toBe(12);
    expect(edgeAt(1.7, 24)).toBe(24);
    expect(handleKey('ArrowRight', 3, 24)).toBe(4);
    expect(handleKey('PageDown', 9, 24)).toBe(7);
    expect(handleKey('x', 9, 24)).toBeNull();
  });
});
