import { addMonths, dayOfInstant, firstOfMonth, isoOf, lastOfMonth, monthOf, parseDay } from './days';
import { say } from './words';

/** Days, both included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export type Step = 'month' | 'day';

export interface RangeSettings {
  readonly min: string;
  readonly max: string;
  readonly step: Step;
  readonly presets: readonly string[];
}

export const DEFAULTS: RangeSettings = { min: '2000-01-01', max: '2010-03-31', step: 'month', presets: ['all', '5y', '3y', '1y'] };

export interface TimeRange {
  type: 'fdc3.timeRange';
  startTime?: string;
  endTime?: string;
  /** Takes the filter away: everything is in range. */
  clear?: true;
  [key: string]: unknown;
}

/** What the settings span; a text says what is wrong with them. */
export function boundsOf({ min, max }: RangeSettings): Range | string {
  const [from, to] = [parseDay(min), parseDay(max)];
  if (from === null) return say("“{day}” is not a date. Set a first day in this panel's settings.", { day: min });
  if (to === null) return say("“{day}” is not a date. Set a last day in this panel's settings.", { day: max });
  return from < to
    ? { from, to }
    : say("The last day, {max}, is not after the first, {min}. Change one of them in this panel's settings.", { min, max });
}

export const sameRange = (a: Range, b: Range): boolean => a.from === b.from && a.to === b.to;

/** The part inside the bounds; everything, when no part is. */
export function clampRange({ from, to }: Range, bounds: Range): Range {
  if (to < bounds.from || from > bounds.to || from > to) return bounds;
  return { from: Math.max(from, bounds.from), to: Math.min(to, bounds.to) };
}

/** `5y` is five years up to the last day; null for what is not a preset. */
export function presetRange(preset: string, bounds: Range): Range | null {
  if (preset === 'all') return bounds;
  const match = /^([1-9]\d{0,2})([ymd])$/.exec(preset);
  if (!match) return null;
  const count = Number(match[1]);
  const before = match[2] === 'd' ? bounds.to - count : addMonths(bounds.to, match[2] === 'y' ? -12 * count : -count);
  return { from: Math.max(before + 1, bounds.from), to: bounds.to };
}

export function presetLabel(preset: string): { short: string; long: string } {
  if (preset === 'all') return { short: say('All'), long: say('The whole range') };
  const count = Number.parseInt(preset, 10);
  const unit = { y: 'year', m: 'month', d: 'day' }[preset.slice(-1)] ?? '';
  return {
    short: say(`{count} ${preset.slice(-1)}`, { count }),
    long: say(count === 1 ? `The last ${unit}` : `The last {count} ${unit}s`, { count }),
  };
}

/** The slider counts whole months or days from the first: `0` to `steps`. */
export function stepsOf(bounds: Range, step: Step): number {
  return step === 'day' ? bounds.to - bounds.from : monthOf(bounds.to) - monthOf(bounds.from);
}

export const indexOf = (day: number, bounds: Range, step: Step): number =>
  step === 'day' ? day - bounds.from : monthOf(day) - monthOf(bounds.from);

/** A handle's place as a day: a range of months begins on a first and ends on a last day. */
export function dayAt(index: number, edge: 'from' | 'to', bounds: Range, step: Step): number {
  const month = monthOf(bounds.from) + index;
  const day = step === 'day' ? bounds.from + index : edge === 'from' ? firstOfMonth(month) : lastOfMonth(month);
  return Math.min(Math.max(day, bounds.from), bounds.to);
}

/** One handle moved: it stops at the other, so that at least one step stays selected. */
export function moveHandle(range: Range, edge: 'from' | 'to', index: number, bounds: Range, step: Step): Range {
  const other = indexOf(edge === 'from' ? range.to : range.from, bounds, step);
  const stopped = edge === 'from' ? Math.min(index, other) : Math.max(index, other);
  return { ...range, [edge]: dayAt(stopped, edge, bounds, step) };
}

/** Both handles moved by the same number of steps, no further than the bounds. */
export function shiftRange(range: Range, by: number, bounds: Range, step: Step): Range {
  const [from, to] = [indexOf(range.from, bounds, step), indexOf(range.to, bounds, step)];
  const most = Math.max(-from, Math.min(by, stepsOf(bounds, step) - to));
  if (most === 0) return range;
  return { from: dayAt(from + most, 'from', bounds, step), to: dayAt(to + most, 'to', bounds, step) };
}

/** Where a range lies between the bounds, in percent from the left: every step is as wide as the others. */
export function placeOf(range: Range, bounds: Range, step: Step): { start: number; end: number } {
  const percent = (index: number): number => (index / (stepsOf(bounds, step) + 1)) * 100;
  return { start: percent(indexOf(range.from, bounds, step)), end: percent(indexOf(range.to, bounds, step) + 1) };
}

/** Years to write under the track, few enough to be read. */
export function ticksOf(bounds: Range, step: Step, most: number): { label: string; at: number }[] {
  const first = Math.ceil(monthOf(bounds.from) / 12);
  const years = Math.floor(monthOf(bounds.to) / 12) - first + 1;
  const every = Math.max(1, Math.ceil(years / most));
  const ticks = Array.from({ length: Math.max(0, Math.ceil(years / every)) }, (_, index) => {
    const year = first + index * every;
    const day = Math.max(firstOfMonth(year * 12), bounds.from);
    return { label: String(year), at: placeOf({ from: day, to: day }, bounds, step).start };
  });
  // One that begins at the very end has no room for its label.
  return ticks.filter(({ at }) => at < 95);
}

/** The whole range is no filter, and says so: a layout that was never narrowed has none to save. */
export function contextOf(range: Range, bounds: Range): TimeRange {
  if (sameRange(range, bounds)) return { type: 'fdc3.timeRange', clear: true };
  return { type: 'fdc3.timeRange', startTime: `${isoOf(range.from)}T00:00:00.000Z`, endTime: `${isoOf(range.to)}T23:59:59.999Z` };
}

/** What the dashboard filters by, as far as it lies in the bounds. An open end is the bound's. */
export function rangeOf(context: Readonly<Record<string, unknown>>, bounds: Range): Range {
  if (context['clear'] === true) return bounds;
  const range = { from: dayOfInstant(context['startTime']) ?? bounds.from, to: dayOfInstant(context['endTime']) ?? bounds.to };
  return clampRange(range, bounds);
}

/** Why a pair of typed dates cannot be used, or the range that they are. */
export function typedRange(from: string, to: string, bounds: Range): Range | string {
  const [start, end] = [parseDay(from), parseDay(to)];
  if (start === null || end === null) return say('Both dates are needed.');
  for (const day of [start, end]) {
    if (day < bounds.from || day > bounds.to)
      return say('Choose dates from {from} to {to}.', { from: isoOf(bounds.from), to: isoOf(bounds.to) });
  }
  return start <= end ? { from: start, to: end } : say('The first date is after the second.');
}
