/**
 * Since when somebody has been there to hear heartbeats. Every process of the registry ticks one shared record; where the ticks paused,
 * because all processes or their store were away, the time before does not count against any lease.
 */
export interface Watch {
  /** Milliseconds since the epoch. */
  availableSince: number;
  tickedAt: number;
}

export const tickEvery = 2_000;
/** A pause between two ticks that is longer than this many milliseconds was an outage. */
export const outageAfter = 10_000;

/** The record after a tick. A clock that ran ahead and came back starts anew as well: nobody knows what was heard in between. */
export function ticked(before: Watch | null, now: number): Watch {
  const pause = before ? now - before.tickedAt : Number.POSITIVE_INFINITY;
  if (!before || pause > outageAfter || pause < -outageAfter) return { availableSince: now, tickedAt: now };
  return { availableSince: before.availableSince, tickedAt: Math.max(before.tickedAt, now) };
}
