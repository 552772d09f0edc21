import { describe, expect, it } from 'vitest';
import { scaleEnd } from './bar-figure';
import { alignTo, cut, indexed, latest, type Point, timeTicks, topRoutes } from './series';
import { rangeOf, subjectOf } from './subject';

const points: Point[] = [
  ['2009-12-01', 50],
  ['2010-01-01', 40],
  ['2010-02-01', 60],
];

describe('a series', () => {
  it('is cut to the days of the range, both included', () => {
    expect(cut(points, { from: '2010-01-01', to: '2010-02-01' })).toHaveLength(2);
    expect(cut(points, { from: null, to: '2009-12-31' })).toEqual([['2009-12-01', 50]]);
    expect(cut(points, { from: '2011-01-01', to: null })).toEqual([]);
  });

  it('as an index begins at 100', () => {
    expect(indexed(points).map(([, value]) => value)).toEqual([100, 80, 120]);
    expect(indexed([])).toEqual([]);
  });

  it('is compared at its own days only', () => {
    expect(alignTo(points, [['2010-01-01', 7]])).toEqual([null, 7, null]);
  });

  it('says how its last value changed', () => {
    expect(latest(points)).toEqual({ day: '2010-02-01', value: 60, percent: 50 });
    expect(latest([['2010-02-01', 60]])?.percent).toBeNull();
    expect(latest([])).toBeNull();
  });
});

describe('routes', () => {
  const routes = [5, 9, 1, 3].map((flights, index) => ({ destination: `D${index}`, name: 'N', city: 'C', flights }));

  it('keep the busiest and sum the rest, losing no flight', () => {
    const bars = topRoutes(routes, 2);
    expect(bars.map(({ label, flights }) => [label, flights])).toEqual([
      ['D1', 9],
      ['D0', 5],
      ['2 others', 4],
    ]);
    expect(bars.reduce((sum, { flights }) => sum + flights, 0)).toBe(18);
  });

  it('never sum a single one', () => {
    expect(topRoutes(routes, 3).map(({ label }) => label)).toEqual(['D1', 'D0', 'D3', 'D2']);
    expect(topRoutes(routes, 10)).toHaveLength(4);
  });

  it('end the scale at the destinations when the rest would flatten them', () => {
    const bar = (flights: number, rest = false) => ({ label: '', detail: '', flights, rest });
    expect(scaleEnd([bar(100), bar(90), bar(5000, true)])).toBe(Math.ceil(100 * 1.12));
    expect(scaleEnd([bar(100), bar(90), bar(120, true)])).toBeNull();
    expect(scaleEnd([bar(100)])).toBeNull();
  });
});

describe('the time axis', () => {
  it('is labelled by years over a decade and by months over half a year', () => {
    expect(timeTicks('2000-01-01', '2010-03-01', 12)[1]).toBe('2001-01-01');
    expect(timeTicks('2009-10-01', '2010-03-01', 6)).toEqual([
      '2009-10-01',
      '2009-11-01',
      '2009-12-01',
      '2010-01-01',
      '2010-02-01',
      '2010-03-01',
    ]);
    expect(timeTicks('2000-01-01', '2010-03-01', 5).length).toBeLessThanOrEqual(6);
  });
});

describe('what others say', () => {
  it('becomes a subject only with an identifier the chart can look up', () => {
    expect(subjectOf({ type: 'fdc3.instrument', name: 'Apple', id: { ticker: 'AAPL' } })).toEqual({
      kind: 'instrument',
      id: 'AAPL',
      name: 'Apple',
    });
    expect(subjectOf({ type: 'datamesh.airport', id: { iata: 'ATL' } })).toEqual({ kind: 'airport', id: 'ATL', name: null });
    expect(subjectOf({ type: 'fdc3.instrument', id: { isin: 'US0378331005' } })).toBeNull();
  });

  it('is a range of days, open where it says nothing or was cleared', () => {
    expect(rangeOf({ type: 'fdc3.timeRange', startTime: '2005-01-01T00:00:00Z', endTime: '2007-12-31T23:59:59.999Z' })).toEqual({
      from: '2005-01-01',
      to: '2007-12-31',
    });
    expect(rangeOf({ type: 'fdc3.timeRange', startTime: '2005-01-01T00:00:00Z', clear: true })).toEqual({ from: null, to: null });
    expect(rangeOf({ type: 'fdc3.timeRange', startTime: '2005-01-01T00:00:00Z' })).toEqual({ from: '2005-01-01', to: null });
  });
});
