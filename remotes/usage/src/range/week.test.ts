import { expect, it } from 'vitest';
import { isWeekStart, weekStartOf } from './week';

it.each([
  ['en-US', 'sunday'],
  ['en-GB', 'monday'],
  ['de', 'monday'],
  ['ar-EG', 'saturday'],
  ['pt-BR', 'sunday'],
] as const)('in %s weeks begin on %s, unless it is set otherwise', (locale, day) => {
  expect(weekStartOf('auto', locale)).toBe(day);
  expect(weekStartOf('tuesday', locale)).toBe('tuesday');
});

it('takes days of the week only', () => {
  expect(['auto', 'sunday', 'Sunday', 7, null].map(isWeekStart)).toEqual([true, true, false, false, false]);
});
