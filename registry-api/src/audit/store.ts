import type { AuditEntry } from '@datamesh/contracts';

/** Where an entry stands in the order of when things were done; numbers follow it, but for what had to wait to be appended. */
export type AuditPosition = Pick<AuditEntry, 'at' | 'seq'>;

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
  last(): Promise<AuditEntry | null>;
  /** `id`: of the pending entry. `known`: it was appended before; `taken`: another process wrote this sequence number first. */
  insert(entry: AuditEntry, id: string): Promise<'inserted' | 'known' | 'taken'>;
  /** Newest first, by when it was done. */
  page(page: AuditPage): Promise<AuditEntry[]>;
  /** Oldest first, above the sequence number `seq`; as kept, for whoever checks what is kept. */
  after(seq: number, limit: number): Promise<{ seq: number; entry: string }[]>;
  /** Newest first, of what `aboutOf` says of an entry, below the sequence number `before` when it is given. */
  about(subjects: readonly string[], limit: number, before: number | null): Promise<AuditEntry[]>;
  /** Whether there is an entry of this action about this subject. */
  has(action: string, subject: string): Promise<boolean>;
}

/** What stores look an entry up by. */
export const aboutOf = ({ action, subject }: Pick<AuditEntry, 'action' | 'subject'>): string => `${action} ${subject}`;
