/** Where the buckets of a series begin: all of them by the clocks and the calendar of a zone, whatever that zone does. */
import { ProblemError } from '../http/problem';
import { Calendar } from './calendar';

export type Bucket = 'minute' | 'five-minutes' | 'hour' | 'day' | 'week' | 'month';

/** In the order of Date.getUTCDay(). */
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export interface BucketQuestion {
  from: number;
  to: number;
  bucket: Bucket | 'auto';
  /** IANA name. */
  zone: string;
  /** What weeks begin with. */
  weekStart?: Weekday;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const EVEN: Partial<Record<Bucket, number>> = { minute: MINUTE, 'five-minutes': 5 * MINUTE, hour: HOUR };
const FINEST_FIRST: readonly Bucket[] = ['minute', 'five-minutes', 'hour', 'day', 'week', 'month'];
const CALENDAR_DAYS: Partial<Record<Bucket, number>> = { day: 1, week: 7, month: 28 };
/** What `auto` aims at, and what anyone may ask for: the points of a wide chart. */
const AUTO_POINTS = 240;
const MAX_POINTS = 10_000;

/** Starts of all buckets that touch [from, to), ascending; the first is at or before `from`. */
export function bucketStarts(question: BucketQuestion): { bucket: Bucket; starts: number[] } {
  const { from, to, bucket: asked, zone, weekStart = 'monday' } = question;
  const calendar = new Calendar(zone);
  const ahead = calendar.offset(from);
  const bucket =
    asked === 'auto' ? (FINEST_FIRST.find((each) => pointsOf(from + ahead, to + ahead, each) <= AUTO_POINTS) ?? 'month') : asked;
  if (pointsOf(from + ahead, to + ahead, bucket) > MAX_POINTS)
    throw new ProblemError(
      422,
      'bucket_too_fine',
      `That would be more than ${MAX_POINTS} points; take a coarser bucket or a shorter range.`,
    );
  const step = EVEN[bucket];
  if (step) return { bucket, starts: evenStarts(from, to, step, calendar) };
  const unit = bucket === 'month' || bucket === 'week' ? bucket : 'day';
  return { bucket, starts: calendar.starts(from, to, unit, WEEKDAYS.indexOf(weekStart)) };
}

/** At most, for a range in local time; days may be 23 or 25 hours long, and a range may begin within a bucket. */
function pointsOf(from: number, to: number, bucket: Bucket): number {
  const even = EVEN[bucket];
  if (even) return Math.ceil(to / even) - Math.floor(from / even);
  return Math.ceil((to - from) / ((CALENDAR_DAYS[bucket] ?? 1) * DAY)) + 1;
}

/**
 * Where the local clock shows a multiple of the step, and where it is set: so no bucket holds two hours of the clock, the hour that is repeated is
 * two, and one that is skipped in part is a short one.
 */
function evenStarts(from: number, to: number, step: number, calendar: Calendar): number[] {
  const starts: number[] = [];
  // The bucket that `from` is in may have begun with a change of the clocks before it.
  for (const { since, until, offset } of calendar.stretches(from - step, to)) {
    if (until <= from) continue;
    const first = Math.floor((Math.max(since, from) + offset) / step) * step - offset;
    for (let at = Math.max(since, first); at < until; at = Math.floor((at + offset) / step) * step + step - offset) starts.push(at);
  }
  return starts;
}
