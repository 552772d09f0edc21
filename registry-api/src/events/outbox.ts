/** The outbox: every event that left its document, under a gapless sequence number that all replicas agree on. */
import type { PendingEvent } from './pending';

export interface OutboxEvent extends PendingEvent {
  seq: number;
}

export interface OutboxStore {
  /** Writes the event under the next number. Writing an event id again gives the number that it has. */
  append(event: PendingEvent): Promise<number>;
  /** Events with a number above `seq`, in order. */
  after(seq: number, limit: number): Promise<OutboxEvent[]>;
  /** Oldest and newest number that is kept; both 0 when nothing was ever written. */
  bounds(): Promise<{ first: number; last: number }>;
  /** Forgets events up to `seq`, but never the newest one: the numbering goes on from it. */
  trim(seq: number): Promise<void>;
  /** The highest number among events older than `before` (ISO 8601), 0 for none. */
  lastBefore(before: string): Promise<number>;
}
