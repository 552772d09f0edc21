import type { AuditEntry } from '@datamesh/contracts';

/** Where an entry stands in the order of when things were done; numbers follow it, but for what had to wait to be appended. */
export type AuditPosition = Pick<AuditEntry, 'at' | 'seq'>;

/** An entry as it is kept: its text, and what it is found by. Somebody may have changed either by hand; `readEntry` says what it says. */
export interface AuditRow extends Pick<AuditEntry, 'seq' | 'at' | 'actor' | 'action' | 'subject'> {
  entry: string;
}

export interface AuditPage {
  /** Only entries with this value; null: all. */
  of: readonly ['actor' | 'action' | 'subject', string] | null;
  /** ISO 8601, as entries have it: not before, and before it. */
  from: string | null;
  to: string | null;
  /** Those behind it. */
  after: AuditPosition | null;
  limit: number;
}

export interface AuditStore {
  last(): Promise<AuditRow | null>;
  /** `id`: of the pending entry. `known`: it was appended before; `taken`: another process wrote this sequence number first. */
  insert(entry: AuditEntry, id: string): Promise<'inserted' | 'known' | 'taken'>;
  /** Newest first, by when it was done. */
  page(page: AuditPage): Promise<AuditRow[]>;
  /** Oldest first, above the sequence number `seq`. */
  after(seq: number, limit: number): Promise<AuditRow[]>;
  /** Newest first, of what `aboutOf` says of an entry, below the sequence number `before` when it is given. */
  about(subjects: readonly string[], limit: number, before: number | null): Promise<AuditRow[]>;
  /** Whether there is an entry of this action about this subject. */
  has(action: string, subject: string): Promise<boolean>;
}

/** What stores look an entry up by. */
export const aboutOf = ({ action, subject }: Pick<AuditEntry, 'action' | 'subject'>): string => `${action} ${subject}`;
