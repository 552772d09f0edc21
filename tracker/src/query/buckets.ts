/** Where the buckets of a series begin. Minutes and hours are counted in UTC; days, weeks (from Monday) and months by the calendar of a zone. */
import { ProblemError } from '../http/problem';

export type Bucket = 'minute' | 'five-minutes' | 'hour' | 'day' | 'week' | 'month';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const EVEN: Partial<Record<Bucket, number>> = { minute: MINUTE, 'five-minutes': 5 * MINUTE, hour: HOUR };
const FINEST_FIRST: readonly Bucket[] = ['minute', 'five-minutes', 'hour', 'day', 'week', 'month'];
const CALENDAR_DAYS: Partial<Record<Bucket, number>> = { day: 1, week: 7, month: 28 };
/** What `auto` aims at, and what anyone may ask for: the points of a wide chart. */
const AUTO_POINTS = 240;
const MOST_POINTS = 10_000;

/** Starts of all buckets that touch [from, to), ascending; the first is at or before `from`. */
export function bucketStarts(from: number, to: number, asked: Bucket | 'auto', zone: string): { bucket: Bucket; starts: number[] } {
  const calendar = new Calendar(zone);
  const bucket = asked === 'auto' ? (FINEST_FIRST.find((each) => pointsOf(from, to, each) <= AUTO_POINTS) ?? 'month') : asked;
  if (pointsOf(from, to, bucket) > MOST_POINTS)
    throw new ProblemError(
      422,
      'bucket_too_fine',
      `That would be more than ${MOST_POINTS} points; take a coarser bucket or a shorter range.`,
    );
  const step = EVEN[bucket];
  return {
    bucket,
    starts: step ? evenStarts(from, to, step) : calendar.starts(from, to, bucket === 'month' || bucket === 'week' ? bucket : 'day'),
  };
}

/** At most; days may be 23 or 25 hours long, and a range may begin within a bucket. */
function pointsOf(from: number, to: number, bucket: Bucket): number {
  const even = EVEN[bucket];
  if (even) return Math.ceil(to / even) - Math.floor(from / even);
  return Math.ceil((to - from) / ((CALENDAR_DAYS[bucket] ?? 1) * DAY)) + 1;
}

/** The date there, as in `2026-03-02`. */
export const dateIn = (zone: string, instant: number): string => new Calendar(zone).date(instant);

function evenStarts(from: number, to: number, step: number): number[] {
  const starts: number[] = [];
  for (let at = Math.floor(from / step) * step; at < to; at += step) starts.push(at);
  return starts;
}

class Calendar {
  private readonly format: Intl.DateTimeFormat;

  constructor(zone: string) {
    try {
      this.format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        calendar: 'iso8601',
        numberingSystem: 'latn',
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
    } catch {
      // The runtime's RangeError says the same, less helpfully.
      throw new ProblemError(422, 'zone_unknown', `"${zone}" is no IANA time zone such as Europe/Berlin.`);
    }
  }

  starts(from: number, to: number, unit: 'day' | 'week' | 'month'): number[] {
    const { year, month, day } = this.local(from);
    const monday = day - ((new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7);
    const dateAfter = (step: number): number => {
      if (unit === 'month') return Date.UTC(year, month - 1 + step, 1);
      return unit === 'week' ? Date.UTC(year, month - 1, monday + 7 * step) : Date.UTC(year, month - 1, day + step);
    };
    const starts: number[] = [];
    for (let step = 0; ; step++) {
      const at = this.firstInstant(dateAfter(step));
      if (at >= to) return starts;
      // A zone that skipped a whole day (Samoa, 2011) has two dates that begin at the same instant.
      if (at !== starts.at(-1)) starts.push(at);
    }
  }

  date(instant: number): string {
    return new Date(this.dateAt(instant)).toISOString().slice(0, 10);
  }

  /** First instant of a local date, given as that date's midnight in UTC. Midnight itself may be skipped by a change of clocks. */
  private firstInstant(date: number): number {
    for (const guess of [date - this.offset(date - DAY), date - this.offset(date + DAY)])
      if (guess + this.offset(guess) === date && this.dateAt(guess - 1) < date) return guess;
    // Local dates only ever grow: search the two days around for the first instant that is not before the date.
    let low = date - 2 * DAY;
    let high = date + 2 * DAY;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.dateAt(middle) < date) low = middle;
      else high = middle;
    }
    return high;
  }

  private dateAt(instant: number): number {
    const { year, month, day } = this.local(instant);
    return Date.UTC(year, month - 1, day);
  }

  /** Milliseconds that local clocks are ahead of UTC. */
  private offset(instant: number): number {
    const { year, month, day, hour, minute, second } = this.local(instant);
    const whole = Math.floor(instant / 1000) * 1000;
    return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
  }

  private local(instant: number): Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number> {
    const parts = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
    for (const { type, value } of this.format.formatToParts(instant)) if (type in parts) parts[type as keyof typeof parts] = Number(value);
    return parts;
  }
}
