/**
 * A change, the event about it and its entry in the audit log are one atomic write: event and entry wait inside the changed document
 * (`pending`), the relay copies them to where they belong and then clears them. A crash in between repeats the copy, never loses it.
 */
import type { RegistryEvent } from '@datamesh/contracts';
import type { PendingEntry } from '../audit/audit';

/**
 * Who may see an event. `users` are ids as in ServiceClaims.sub (a leading `user:` is accepted); `admins`: all of them, whatever their
 * departments; `teams`: their members, and admins. A replica of a version that knows no teams shows such an event to nobody.
 */
export type Audience = { kind: 'all' } | { kind: 'users'; users: string[]; departments: string[]; admins?: true; teams?: string[] };

export const teamOnly = (team: string): Audience => ({ kind: 'users', users: [], departments: [], teams: [team] });

export interface PendingEvent {
  /** Unique for ever: what makes a repeated copy harmless. */
  id: string;
  type: RegistryEvent['type'];
  /** ISO 8601. */
  at: string;
  data: Record<string, unknown>;
  audience: Audience;
}

/** What waits in a document, told apart by what it has. */
export type Pending = PendingEvent | PendingEntry;

export const isEntry = (item: Pending): item is PendingEntry => 'record' in item;

/** A room whose documents carry events and entries. */
export interface PendingSource {
  /** Documents with something that waits, what waits in one document in order. */
  pending(limit: number): Promise<{ key: string; items: Pending[] }[]>;
  clear(key: string, ids: string[]): Promise<void>;
}
