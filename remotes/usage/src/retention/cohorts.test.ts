import { describe, expect, it } from 'vitest';
import { DAY } from '../range/range';
import { averageOf, linesOf, unitFor, unitTrouble } from './cohorts';

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

  it('weigh the average by their size, over those old enough', () => {
    expect(averageOf(lines, 0)).toBe(20);
    expect(averageOf(lines, 1)).toBe(20);
    expect(averageOf(lines, 2)).toBeNull();
  });

  it('take a wider unit where the wanted one were too many', () => {
    const days = (count: number) => ({ from: 0, to: count * DAY });
    expect(unitFor('day', days(30))).toBe('day');
    expect(unitTrouble('day', days(90))).toBe('too fine for 90 days');
    expect(unitFor('day', days(90))).toBe('week');
    expect(unitFor('week', days(400))).toBe('week');
  });
});
