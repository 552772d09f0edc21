/** Ranges a reader picks, as instants. Pure: `now` comes from outside. */

import { formatNumber } from '@datamesh/widget-sdk';
import { say } from '../say';
import type { Brush } from './brush';
import { type Dates, spanOfDates } from './dates';
import { DAY, endOfMinute, HOUR, MINUTE, type Span } from './span';

export type Preset = 'hour' | 'today' | '7d' | '30d' | '90d' | '1y';

export const PRESETS: readonly { id: Preset; short: string; title: string; before: string }[] = [
  { id: 'hour', short: '1 h', title: 'Last hour', before: 'the hour before' },
  { id: 'today', short: 'Today', title: 'Today', before: 'yesterday until this time' },
  { id: '7d', short: '7 d', title: 'Last 7 days', before: 'the 7 days before' },
  { id: '30d', short: '30 d', title: 'Last 30 days', before: 'the 30 days before' },
  { id: '90d', short: '90 d', title: 'Last 90 days', before: 'the 90 days before' },
  { id: '1y', short: '1 y', title: 'Last 365 days', before: 'the 365 days before' },
];

export const isPreset = (value: unknown): value is Preset => PRESETS.some(({ id }) => id === value);

/** What is looked at: one of the presets, which move on with time, or the dashboard's dates. */
export type Range = { preset: Preset } | { dates: Dates };

const DAYS: Partial<Record<Preset, number>> = { '7d': 7, '30d': 30, '90d': 90, '1y': 365 };

export function spanOf(preset: Preset, now: number): Span {
  const to = endOfMinute(now);
  if (preset === 'today') return { from: new Date(now).setHours(0, 0, 0, 0), to };
  return { from: to - (preset === 'hour' ? HOUR : (DAYS[preset] ?? 7) * DAY), to };
}

export const wholeSpan = (range: Range, now: number): Span =>
  'preset' in range ? spanOf(range.preset, now) : spanOfDates(range.dates, now);

/** The part that the brush holds; all of it when the range has left the brush behind. */
export function chosenSpan(whole: Span, brush: Brush | null): Span {
  if (!brush) return whole;
  const part = { from: Math.max(whole.from, brush.from), to: brush.to === null ? whole.to : Math.min(whole.to, brush.to) };
  return part.from < part.to ? part : whole;
}

/** How often a range is worth asking again: what ended long ago hardly changes. In milliseconds. */
export function pace({ from, to }: Span, now: number): number {
  if (to < now - HOUR) return 60_000;
  return to - from <= 8 * DAY ? 5000 : 30_000;
}

/** In whole percent against the period before; null where there was nothing to compare with. */
export function changeOf(current: number | null, previous: number | null): number | null {
  if (current === null || previous === null || previous === 0) return null;
  return Math.round(((current - previous) / previous) * 100);
}

/** How a bucket's beginning is written in the reader's zone; `long` names also what the axis leaves out. */
export function timeFormat(bucket: string, long: boolean): Intl.DateTimeFormatOptions {
  if (bucket === 'month') return { year: 'numeric', month: 'short' };
  if (bucket === 'day' || bucket === 'week')
    return long ? { weekday: 'short', day: 'numeric', month: 'short' } : { day: 'numeric', month: 'short' };
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
  return long ? { weekday: 'short', day: 'numeric', month: 'short', ...time } : time;
}

/** `7 days`, `24 hours`, `60 minutes`: the largest unit that fits at least twice. */
export function lengthOf({ from, to }: Span): string {
  const length = to - from;
  if (length >= 2 * DAY) return countOf(Math.round(length / DAY), 'day');
  return length >= 2 * HOUR ? countOf(Math.round(length / HOUR), 'hour') : countOf(Math.round(length / MINUTE), 'minute');
}

/** 1 view, 1,204 views. */
export const countOf = (count: number, noun: string): string =>
  say(`{count} ${noun}${count === 1 ? '' : 's'}`, { count: formatNumber(count) });
