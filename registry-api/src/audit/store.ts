import type { AuditEntry } from '@datamesh/contracts';

export interface AuditStore {
  last(): Promise<AuditEntry | null>;
  /** false when another process wrote this sequence number first. */
  insert(entry: AuditEntry): Promise<boolean>;
  /** Newest first, below the sequence number `before` when it is given. */
  newest(limit: number, before: number | null): Promise<AuditEntry[]>;
}
