/** Calendar days as numbers, days since 1970-01-01. A filter of days belongs to no time zone, so nothing here knows one. */
const DAY = 86_400_000;

/** `null` for what is not a day of the calendar: 2010-02-30, half a year, a time. */
export function parseDay(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) || isoOf(time / DAY) !== text ? null : time / DAY;
}

export const isoOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** Months since the year 0. */
export function monthOf(day: number): number {
  const date = new Date(day * DAY);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** Not by `Date.UTC`, for which the year 20 is 1920. */
export const firstOfMonth = (month: number): number => new Date(0).setUTCFullYear(0, month, 1) / DAY;
export const lastOfMonth = (month: number): number => firstOfMonth(month + 1) - 1;

/** The same day of the month so many months away, or that month's last day. */
export function addMonths(day: number, months: number): number {
  const month = monthOf(day) + months;
  return Math.min(firstOfMonth(month) + (day - firstOfMonth(monthOf(day))), lastOfMonth(month));
}

/** The day on which an instant falls, in UTC. */
export function dayOfInstant(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : Math.floor(time / DAY);
}
