/** The layout's own date filter: the context `fdc3.timeRange` on the app channel `dashboard`. Pure. */
import { type Context, formatInstant } from '@datamesh/widget-sdk';
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

export const contextOfSpan = ({ from, to }: Span): Context => ({
  type: TIME_RANGE,
  startTime: new Date(from).toISOString(),
  endTime: new Date(to - 1).toISOString(),
});

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
export function datesText({ from, to }: Dates): string {
  const whole = (from === null || from % DAY === 0) && (to === null || to % DAY === 0);
  const write = (time: number): string =>
    formatInstant(
      time,
      whole
        ? { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' }
        : { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
    );
  if (from === null) return `until ${write((to ?? 0) - 1)}`;
  if (to === null) return `since ${write(from)}`;
  const [first, last] = [write(from), write(to - 1)];
  return first === last ? first : `${first} – ${last}`;
}

function instant(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : time;
}
