/** Stretches of time, as instants. */

/** Milliseconds since the epoch; `from` inclusive, `to` exclusive. */
export interface Span {
  from: number;
  to: number;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The end of the minute that has begun: a visit of this second counts, and a clock that is a little off loses none. */
export const endOfMinute = (now: number): number => (Math.floor(now / MINUTE) + 1) * MINUTE;
