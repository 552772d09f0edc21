/** Ranges a reader picks, as instants. Pure: `now` comes from outside. */
import { formatNumber } from '@datamesh/widget-sdk';

export type Preset = 'hour' | 'today' | '7d' | '30d';
export type Bucket = 'auto' | 'minute' | 'five-minutes' | 'hour' | 'day' | 'month';

export const PRESETS: readonly { id: Preset; short: string; title: string; before: string }[] = [
  { id: 'hour', short: '1 h', title: 'Last hour', before: 'the hour before' },
  { id: 'today', short: 'Today', title: 'Today', before: 'as long before midnight' },
  { id: '7d', short: '7 d', title: 'Last 7 days', before: 'the 7 days before' },
  { id: '30d', short: '30 d', title: 'Last 30 days', before: 'the 30 days before' },
];

/** Milliseconds since the epoch; `from` inclusive, `to` exclusive. */
export interface Span {
  from: number;
  to: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Ends with the minute that has begun, so that a visit of this second counts and a clock that is a little off loses none. */
export function spanOf(preset: Preset, now: number): Span {
  const to = (Math.floor(now / MINUTE) + 1) * MINUTE;
  if (preset === 'hour') return { from: to - HOUR, to };
  if (preset === 'today') return { from: new Date(now).setHours(0, 0, 0, 0), to };
  return { from: to - (preset === '7d' ? 7 : 30) * DAY, to };
}

const WIDTH: Record<Exclude<Bucket, 'auto'>, number> = {
  minute: MINUTE,
  'five-minutes': 5 * MINUTE,
  hour: HOUR,
  day: DAY,
  month: 28 * DAY,
};
const MOST_BARS = 750;

/** The wanted bucket, or auto where it would be more bars than a screen can show. */
export function bucketFor(wanted: Bucket, { from, to }: Span): Bucket {
  return wanted !== 'auto' && (to - from) / WIDTH[wanted] > MOST_BARS ? 'auto' : wanted;
}

/** In whole percent against the period before; null where there was nothing to compare with. */
export function changeOf(current: number | null, previous: number | null): number | null {
  if (current === null || previous === null || previous === 0) return null;
  return Math.round(((current - previous) / previous) * 100);
}

/** How a bucket's beginning is written in the reader's zone; `long` names also what the axis leaves out. */
export function timeFormat(bucket: string, long: boolean): Intl.DateTimeFormatOptions {
  if (bucket === 'month') return { year: 'numeric', month: 'short' };
  if (bucket === 'day') return long ? { weekday: 'short', day: 'numeric', month: 'short' } : { day: 'numeric', month: 'short' };
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
  return long ? { weekday: 'short', day: 'numeric', month: 'short', ...time } : time;
}

/** 1 view, 1,204 views. */
export const countOf = (count: number, noun: string): string => `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
