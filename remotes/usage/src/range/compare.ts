/** Which range another one is held against. Pure; days, months and years are those of the reader's calendar. */
import { DAY, PRESETS, type Range, type Span } from './range';

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
export function comparisonTrouble(comparison: Comparison, { from, to }: Span): string | null {
  const found = COMPARISONS.find(({ id }) => id === comparison);
  return found && to - from > found.days * DAY ? `the range is longer than ${found.unit}` : null;
}

/** The wanted one, or the period before where that makes no sense. */
export const comparisonFor = (wanted: Comparison, whole: Span): Comparison =>
  comparisonTrouble(wanted, whole) === null ? wanted : 'previous';

/** A part of the range moves as far as the whole does, so that the figures are those of the line in the chart. */
export function comparedSpan(part: Span, whole: Span, range: Range, comparison: Comparison): Span | null {
  if (comparison === 'none') return null;
  const move = mover(whole, range, comparison);
  const [from, to] = [move(part.from), move(part.to)];
  return from < to ? { from, to } : null;
}

/** In words: `the 7 days before`. */
export function beforeText(range: Range, comparison: Comparison): string {
  const preset = comparison === 'previous' && 'preset' in range ? PRESETS.find(({ id }) => id === range.preset) : undefined;
  return preset?.before ?? COMPARISONS.find(({ id }) => id === comparison)?.before ?? '';
}

function mover(whole: Span, range: Range, comparison: Comparison): (time: number) => number {
  if (comparison === 'week') return (time) => byCalendar(time, (date) => date.setDate(date.getDate() - 7));
  if (comparison === 'month') return (time) => byCalendar(time, (date) => backMonths(date, 1));
  if (comparison === 'year') return (time) => byCalendar(time, (date) => backMonths(date, 12));
  if ('preset' in range && range.preset === 'today') return (time) => byCalendar(time, (date) => date.setDate(date.getDate() - 1));
  const length = wholeDays(whole.to - whole.from);
  return (time) => time - length;
}

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
