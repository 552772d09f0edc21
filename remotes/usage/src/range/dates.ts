/** The layout's own date filter: the context `fdc3.timeRange` on the app channel `dashboard`. Pure. */
import type { Context } from '@datamesh/widget-sdk';
import { DAY, endOfMinute, type Span } from './range';

export const DASHBOARD = 'dashboard';
export const TIME_RANGE = 'fdc3.timeRange';
/** More the tracker does not answer at once. */
const MOST_DAYS = 400;

/** As instants, `to` exclusive; null is an open end. */
export interface Dates {
  from: number | null;
  to: number | null;
}

/** null where there is no filter, or none that can be read. */
export function readDates(context: Readonly<Context>): Dates | null {
  if (context['clear'] === true) return null;
  const from = instant(context['startTime']);
  const end = instant(context['endTime']);
  // The context's end is the last instant in it.
  const to = end === null ? null : end + 1;
  if (from === null && to === null) return null;
  return from !== null && to !== null && from >= to ? null : { from, to };
}

export const sameDates = (a: Dates | null, b: Dates | null): boolean => a?.from === b?.from && a?.to === b?.to;

/** Of two days and more, whole days in UTC: that is how other widgets choose and show them. */
export function contextOfSpan({ from, to }: Span): Context {
  const unit = to - from >= 2 * DAY ? DAY : 1;
  return {
    type: TIME_RANGE,
    startTime: new Date(Math.floor(from / unit) * unit).toISOString(),
    endTime: new Date(Math.ceil(to / unit) * unit - 1).toISOString(),
  };
}

/** No further than now, and no longer than the tracker answers: the end of it then. */
export function spanOfDates({ from, to }: Dates, now: number): Span {
  const end = Math.min(to ?? Number.POSITIVE_INFINITY, endOfMinute(now));
  const begin = Math.max(from ?? 0, end - MOST_DAYS * DAY);
  return { from: Math.min(begin, end - 1), to: end };
}

/**
 * Why a filter is not taken up by itself, or null. A dashboard may be about prices of 2008 while nobody visited it before last
 * month: such dates stay an offer.
 */
export function datesTrouble({ from, to }: Dates, now: number): string | null {
  if (from !== null && from >= endOfMinute(now)) return 'is still to come';
  return to !== null && to < now - MOST_DAYS * DAY ? 'was more than 400 days ago' : null;
}

export const isCut = ({ from, to }: Dates, now: number): boolean => (from ?? 0) < spanOfDates({ from, to }, now).from;

/** Whole days in UTC are days: other widgets choose them so, whatever the reader's zone is. */
export function datesText({ from, to }: Dates, now: number): string {
  const whole = (from === null || from % DAY === 0) && (to === null || to % DAY === 0);
  const thisYear = new Date(now).getFullYear();
  const otherYear = [from, to === null ? null : to - 1].some((time) => time !== null && new Date(time).getFullYear() !== thisYear);
  const format = new Intl.DateTimeFormat(undefined, {
    month: 'short',
    day: 'numeric',
    ...(otherYear ? { year: 'numeric' } : {}),
    ...(whole ? { timeZone: 'UTC' } : { hour: '2-digit', minute: '2-digit' }),
  });
  if (from === null) return `until ${format.format((to ?? 0) - 1)}`;
  return to === null ? `since ${format.format(from)}` : format.formatRange(from, to - 1);
}

function instant(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : time;
}
