import { describe, expect, it } from 'vitest';
import { DAY } from '../range/span';
import { averageOf, endsWhole, linesOf, unitError, unitFor } from './cohorts';

const lines = linesOf({
  unit: 'week',
  zone: 'UTC',
  cohorts: [
    { start: '2026-03-02T00:00:00Z', visitors: 10, returned: [10, 5, 2] },
    { start: '2026-03-09T00:00:00Z', visitors: 30, returned: [30, 3] },
    { start: '2026-03-16T00:00:00Z', visitors: 0, returned: [0] },
  ],
});

describe('cohorts', () => {
  it('tell who came back after the period they came in', () => {
    expect(lines.map(({ cells }) => cells.map(({ percent }) => percent))).toEqual([[50, 20], [10], []]);
  });

  it('begin with the first period in which anybody came', () => {
    const empty = { start: '2026-02-23T00:00:00Z', visitors: 0, returned: [0, 0] };
    const first = { start: '2026-03-02T00:00:00Z', visitors: 3, returned: [3] };
    expect(linesOf({ unit: 'week', zone: 'UTC', cohorts: [empty, first] }).map(({ start }) => start)).toEqual([first.start]);
  });

  it('weigh the average by their size, over those old enough', () => {
    expect(averageOf(lines, 0, true)).toBe(20);
    expect(averageOf(lines, 1, true)).toBe(20);
    expect(averageOf(lines, 2, true)).toBeNull();
  });

  it('leave a period that still goes on out of the average', () => {
    expect(averageOf(lines, 0, false)).toBe(50);
    expect(averageOf(lines, 1, false)).toBeNull();
    const start = new Date(2026, 2, 16).toISOString();
    const retention = (unit: string) => ({ unit, zone: 'UTC', cohorts: [{ start, visitors: 1, returned: [1] }] });
    expect(endsWhole(retention('week'), new Date(2026, 2, 22, 12).getTime())).toBe(false);
    expect(endsWhole(retention('week'), new Date(2026, 2, 23).getTime())).toBe(true);
    expect(endsWhole(retention('month'), new Date(2026, 2, 31).getTime())).toBe(false);
  });

  it('take a wider unit where the wanted one were too many', () => {
    const days = (count: number) => ({ from: 0, to: count * DAY });
    expect(unitFor('day', days(30))).toBe('day');
    expect(unitError('day', days(90))).toBe('too fine for 90 days');
    expect(unitFor('day', days(90))).toBe('week');
    expect(unitFor('week', days(400))).toBe('week');
  });

  it('follow the range where nothing else is wanted, or the wanted unit has no second period in it', () => {
    const days = (count: number) => ({ from: 0, to: count * DAY });
    expect([1 / 24, 1, 7, 30, 90, 365].map((count) => unitFor('auto', days(count)))).toEqual(['day', 'day', 'day', 'day', 'week', 'month']);
    expect(unitError('week', days(7))).toBe('too wide for 7 days');
    expect(unitFor('week', days(7))).toBe('day');
    expect(unitFor('month', days(30))).toBe('day');
  });
});
