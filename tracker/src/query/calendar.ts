/** The clocks and the calendar of a time zone, as the runtime knows them. */
import { ProblemError } from '../http/problem';

const DAY = 86_400_000;
const MINUTE = 60_000;
/** Days whose offsets are remembered. */
const KEPT = 1000;
/** No zone has set its clocks twice within so short a time. */
const LOOK = DAY;

/** From `since` until before `until`, in milliseconds since the epoch, local clocks are `offset` milliseconds ahead of UTC. */
export interface Stretch {
  since: number;
  until: number;
  offset: number;
}

export class Calendar {
  private readonly format: Intl.DateTimeFormat;
  private readonly days = new Map<number, Stretch[]>();

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

  /** First instants of local dates; `weekStart` as Date.getUTCDay() has it. */
  starts(from: number, to: number, unit: 'day' | 'week' | 'month', weekStart: number): number[] {
    const { year, month, day } = this.local(from);
    const beginOfWeek = day - ((new Date(Date.UTC(year, month - 1, day)).getUTCDay() - weekStart + 7) % 7);
    const dateAfter = (step: number): number => {
      if (unit === 'month') return Date.UTC(year, month - 1 + step, 1);
      return unit === 'week' ? Date.UTC(year, month - 1, beginOfWeek + 7 * step) : Date.UTC(year, month - 1, day + step);
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

  /** As local clocks show it, in ISO 8601 with their offset; at offset 0 with a Z. */
  iso(instant: number): string {
    const offset = this.knownOffset(instant);
    const local = new Date(instant + offset).toISOString();
    if (offset === 0) return local;
    const minutes = Math.round(Math.abs(offset) / MINUTE);
    const two = (number: number): string => String(Math.floor(number)).padStart(2, '0');
    return `${local.slice(0, -1)}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
  }

  /** Asked for millions of instants of a few days. */
  private knownOffset(instant: number): number {
    const day = Math.floor(instant / DAY);
    let stretches = this.days.get(day);
    if (!stretches) {
      if (this.days.size === KEPT) this.days.clear();
      stretches = this.stretches(day * DAY, (day + 1) * DAY);
      this.days.set(day, stretches);
    }
    return stretches.find(({ until }) => instant < until)?.offset ?? 0;
  }

  /** The stretches of [from, to) in which the clocks go evenly. The first begins at `from`. */
  stretches(from: number, to: number): Stretch[] {
    const stretches: Stretch[] = [];
    let open = { since: from, offset: this.offset(from) };
    for (let at = from; at < to; ) {
      const next = Math.min(at + LOOK, to);
      const offset = this.offset(next);
      if (offset === open.offset) at = next;
      else {
        const change = this.changeBetween(at, next);
        stretches.push({ ...open, until: change });
        open = { since: change, offset: this.offset(change) };
        at = change;
      }
    }
    return [...stretches, { ...open, until: to }].filter(({ since, until }) => since < until);
  }

  /** The first instant after `low`, up to `high`, whose offset is another than at `low`. */
  private changeBetween(low: number, high: number): number {
    const before = this.offset(low);
    let [same, other] = [low, high];
    while (other - same > 1) {
      const middle = Math.floor((same + other) / 2);
      if (this.offset(middle) === before) same = middle;
      else other = middle;
    }
    return other;
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
  offset(instant: number): number {
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
