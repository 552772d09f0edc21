/** Whatever a data source answers is a series or a refusal, and whatever a series holds becomes a figure. */
import { DataError } from '@datamesh/widget-sdk';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { barFigure } from './bar-figure';
import { lineFigure } from './line-figure';
import { asRoutes, asSeries, cadence, cut, latest, timeTicks } from './series';
import { OPEN, rangeOf, subjectOf } from './subject';

function read<T>(check: (answer: unknown) => T, answer: unknown): T | null {
  try {
    return check(answer);
  } catch (error) {
    if (error instanceof DataError) return null;
    throw error;
  }
}
const day = fc.oneof(
  fc.constantFrom('2001-02-30', '0000-00-00', '9999-12-31', 'x', '-000001-01-01'),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
);
const point = fc.oneof(fc.tuple(day, fc.oneof(fc.double(), fc.constant('1'))), fc.jsonValue());

it('a series of anything is drawn or refused', () => {
  const answer = fc.oneof(
    fc.jsonValue(),
    fc.record({ points: fc.array(point), caption: fc.jsonValue(), symbol: fc.jsonValue(), name: fc.jsonValue(), unit: fc.jsonValue() }),
  );
  fc.assert(
    fc.property(answer, fc.boolean(), (given, compared) => {
      const series = read(asSeries, JSON.parse(JSON.stringify(given)));
      if (!series) return;
      const points = cut(series.points, OPEN);
      latest(points);
      cadence(points);
      if (points.length === 0) return;
      const figure = lineFigure({ series, points, compare: compared ? series : null, area: true });
      for (let index = 0; index < figure.count; index++) figure.tell(index);
      expect(timeTicks(points[0]?.[0] ?? '', points.at(-1)?.[0] ?? '', 2).length).toBeLessThan(1000);
    }),
  );
});

it('a hundred thousand points are as many as can be told apart, the first and the last among them', () => {
  const points = Array.from({ length: 100_000 }, (_, index) => ['2001-01-01', index]);
  const kept = asSeries({ points }).points;
  expect(kept.length).toBeLessThanOrEqual(10_001);
  expect([kept[0]?.[1], kept.at(-1)?.[1]]).toEqual([0, 99_999]);
});

it('routes of anything are drawn or refused', () => {
  const route = fc.oneof(fc.jsonValue(), fc.record({ destination: fc.jsonValue(), flights: fc.oneof(fc.double(), fc.jsonValue()) }));
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.record({ routes: fc.array(route) })), (given) => {
      const answer = read(asRoutes, JSON.parse(JSON.stringify(given)));
      const figure = answer && barFigure(answer, 10);
      for (let index = 0; index < (figure?.count ?? 0); index++) figure?.tell(index);
    }),
  );
});

it('whatever others broadcast is a subject and a range, or none', () => {
  const context = fc.record({
    type: fc.constantFrom('fdc3.instrument', 'datamesh.airport', 'fdc3.timeRange'),
    id: fc.jsonValue(),
    name: fc.jsonValue(),
    startTime: fc.jsonValue(),
    endTime: fc.jsonValue(),
    clear: fc.jsonValue(),
  });
  fc.assert(
    fc.property(context, (given) => {
      subjectOf(given as never);
      rangeOf(given as never);
    }),
  );
  for (const startTime of ['+275760-09-13T00:00:00.000Z', '-271821-04-20T00:00:00.000Z', '+275761-01-01', '0'])
    rangeOf({ type: 'fdc3.timeRange', startTime });
  expect(subjectOf({ type: 'fdc3.instrument', id: { ticker: 'x'.repeat(201) } })).toBeNull();
});
