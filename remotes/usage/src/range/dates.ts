/** The layout's own date filter: the context `fdc3.timeRange` on the app channel `dashboard`. Pure. */
import { type Context, readerLanguage } from '@datamesh/widget-sdk';
import { say } from '../say';
import { DAY, endOfMinute, type Span } from './span';

export const DASHBOARD = 'dashboard';
export const TIME_RANGE = 'fdc3.timeRange';
/** More the tracker does not answer at once. */
const MAX_DAYS = 400;

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
  if (from !== null && to !== null && from >= to) return null;
  return isDays(from) && isDays(to) ? { from: localDay(from), to: localDay(to) } : { from, to };
}

/** Whole days in UTC are calendar dates, without a zone: that is how other widgets choose them. Visits of a date are those of the reader's. */
const isDays = (time: number | null): boolean => time === null || time % DAY === 0;

/** The reader's midnight of a date that is given as its midnight in UTC; the first instant of that date where midnight is skipped. */
function localDay(time: number | null): number | null {
  if (time === null) return null;
  const date = new Date(time);
  return new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()).getTime();
}

/** The other way round: the date of an instant, `later` days after it, as midnight in UTC. */
function dateOf(time: number, later = 0): number {
  const date = new Date(time);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate() + later);
}

const isMidnight = (time: number | null): boolean => time === null || localDay(dateOf(time)) === time;

export const sameDates = (a: Dates | null, b: Dates | null): boolean => a?.from === b?.from && a?.to === b?.to;

/** Of two days and more, and of whole days, dates: that is how other widgets choose and show them. */
export function contextOfSpan({ from, to }: Span): Context {
  const days = to - from >= 2 * DAY || (isMidnight(from) && isMidnight(to));
  return {
    type: TIME_RANGE,
    startTime: new Date(days ? dateOf(from) : from).toISOString(),
    // The date of the last instant counts as a whole.
    endTime: new Date((days ? dateOf(to - 1, 1) : to) - 1).toISOString(),
  };
}

/** No further than now, and no longer than the tracker answers: the end of it then. */
export function spanOfDates({ from, to }: Dates, now: number): Span {
  const end = Math.min(to ?? Number.POSITIVE_INFINITY, endOfMinute(now));
  const begin = Math.max(from ?? 0, end - MAX_DAYS * DAY);
  return { from: Math.min(begin, end - 1), to: end };
}

/**
 * Why a filter is not taken up by itself, or null. A dashboard may be about prices of 2008 while nobody visited it before last
 * month: such dates stay an offer.
 */
export function datesError({ from, to }: Dates, now: number): string | null {
  if (from !== null && from >= endOfMinute(now)) return say('is still to come');
  return to !== null && to < now - MAX_DAYS * DAY ? say('was more than 400 days ago') : null;
}

export const isCut = ({ from, to }: Dates, now: number): boolean => (from ?? 0) < spanOfDates({ from, to }, now).from;

/** In the reader's zone; whole days there without the time. */
export function datesText({ from, to }: Dates, now: number): string {
  const whole = isMidnight(from) && isMidnight(to);
  const thisYear = new Date(now).getFullYear();
  const otherYear = [from, to === null ? null : to - 1].some((time) => time !== null && new Date(time).getFullYear() !== thisYear);
  const format = new Intl.DateTimeFormat(readerLanguage(), {
    month: 'short',
    day: 'numeric',
    ...(otherYear ? { year: 'numeric' } : {}),
    ...(whole ? {} : { hour: '2-digit', minute: '2-digit' }),
  });
  if (from === null) return say('until {date}', { date: format.format((to ?? 0) - 1) });
  return to === null ? say('since {date}', { date: format.format(from) }) : format.formatRange(from, to - 1);
}

function instant(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : time;
}
