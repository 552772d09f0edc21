/** Which range another one is held against. Pure; days, months and years are those of the reader's calendar. */
import { say } from '../say';
import type { Bucket } from './bucket';
import { PRESETS, type Range } from './range';
import { DAY, type Span } from './span';

const WEEK = 7 * DAY;

export type Comparison = 'previous' | 'week' | 'month' | 'year' | 'none';

export const COMPARISONS: readonly { id: Comparison; title: string; before: string; unit: string; days: number }[] = [
  { id: 'previous', title: 'Previous period', before: 'the same time before', unit: '', days: Number.POSITIVE_INFINITY },
  { id: 'week', title: 'Same days a week before', before: 'the same days a week before', unit: 'a week', days: 7 },
  { id: 'month', title: 'Same days a month before', before: 'the same days a month before', unit: 'a month', days: 31 },
  { id: 'year', title: 'Same days a year before', before: 'the same days a year before', unit: 'a year', days: 366 },
  { id: 'none', title: 'No comparison', before: '', unit: '', days: Number.POSITIVE_INFINITY },
];

export const isComparison = (value: unknown): value is Comparison => COMPARISONS.some(({ id }) => id === value);

/** Why a comparison makes no sense for a range, or null. */
export function comparisonError(comparison: Comparison, { from, to }: Span): string | null {
  const found = COMPARISONS.find(({ id }) => id === comparison);
  return found && to - from > found.days * DAY ? say(`the range is longer than ${found.unit}`) : null;
}

/** The wanted one, or the period before where that makes no sense. */
export const comparisonFor = (wanted: Comparison, whole: Span): Comparison =>
  comparisonError(wanted, whole) === null ? wanted : 'previous';

/** A part of the range moves as far as the whole does, so that the figures are those of the line in the chart. */
export function comparedSpan(part: Span, whole: Span, range: Range, comparison: Comparison): Span | null {
  if (comparison === 'none') return null;
  const move = mover(whole, range, comparison);
  const from = move(part.from);
  const to = move(part.to);
  // By the calendar, the hour that the clocks skip or repeat may fall together.
  return { from, to: to > from ? to : from + (part.to - part.from) };
}

/** Whether bars stand over bars. Those of weeks begin on one weekday: moved by anything but weeks, they would count from another. */
export function linesUp(bucket: Bucket, whole: Span, range: Range, comparison: Comparison): boolean {
  const before = comparedSpan(whole, whole, range, comparison);
  if (!before || bucket !== 'week') return before !== null;
  const moved = whole.from - before.from;
  const weeks = Math.round(moved / WEEK);
  // The clocks may have changed between.
  return weeks > 0 && Math.abs(moved - weeks * WEEK) <= DAY / 24;
}

/** In words: `the 7 days before`. */
export function beforeText(range: Range, comparison: Comparison): string {
  const preset = comparison === 'previous' && 'preset' in range ? PRESETS.find(({ id }) => id === range.preset) : undefined;
  return say(preset?.before ?? COMPARISONS.find(({ id }) => id === comparison)?.before ?? '');
}

function mover(whole: Span, range: Range, comparison: Comparison): (time: number) => number {
  const today = 'preset' in range && range.preset === 'today';
  if (comparison === 'previous' && !today) {
    const length = wholeDays(whole.to - whole.from);
    return (time) => time - length;
  }
  // Only the beginning goes by the calendar and the rest goes with it: months differ in length, what is compared must not.
  const begin = byCalendar(whole.from, (date) => {
    if (comparison === 'month') backMonths(date, 1);
    else if (comparison === 'year') backMonths(date, 12);
    else date.setDate(date.getDate() - (comparison === 'week' ? 7 : 1));
  });
  if (!today && !(isMidnight(whole.from) && isMidnight(whole.to))) return (time) => time - (whole.from - begin);
  // Whole days stay whole days also where one of them has 23 hours or 25.
  const days = Math.round((whole.from - begin) / DAY);
  return (time) => byCalendar(time, (date) => date.setDate(date.getDate() - days));
}

const isMidnight = (time: number): boolean => new Date(time).setHours(0, 0, 0, 0) === time;

function byCalendar(time: number, change: (date: Date) => void): number {
  const date = new Date(time);
  change(date);
  return date.getTime();
}

/** A range of days that ends now is held against as many days, so that noon stands over noon. */
const wholeDays = (length: number): number => (length > DAY ? Math.ceil(length / DAY) * DAY : length);

/** March 31st less a month is the last day of February. */
function backMonths(date: Date, months: number): void {
  const day = date.getDate();
  date.setDate(1);
  date.setMonth(date.getMonth() - months);
  const last = new Date(date.getFullYear(), date.getMonth() + 1, 0).getDate();
  date.setDate(Math.min(day, last));
}
