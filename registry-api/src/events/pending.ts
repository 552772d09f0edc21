/**
 * A change and the event about it are one atomic write: the event waits inside the changed document (`pending`),
 * the relay copies it to the outbox and then clears it. A crash in between repeats the copy, never loses it.
 */
import type { RegistryEvent } from '@datamesh/contracts';

/** Who may see an event. `users` are ids as in ServiceClaims.sub (a leading `user:` is accepted). */
export type Audience = { kind: 'all' } | { kind: 'users'; users: string[]; departments: string[] };

export interface PendingEvent {
  /** Unique for ever: what makes a repeated copy harmless. */
  id: string;
  type: RegistryEvent['type'];
  /** ISO 8601. */
  at: string;
  data: Record<string, unknown>;
  audience: Audience;
}

/** A room whose documents carry events. */
export interface PendingSource {
  /** Documents with events, the events of one document in order. */
  pending(limit: number): Promise<{ key: string; events: PendingEvent[] }[]>;
  clear(key: string, eventIds: string[]): Promise<void>;
}
