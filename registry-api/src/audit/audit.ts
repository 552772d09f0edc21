/** The audit log: append-only, gapless, each entry chained to the one before by its hash. */
import { createHash } from 'node:crypto';
import type { AuditEntry } from '@datamesh/contracts';

/** What a room reports about a write; time, sequence and hashes are added here. */
export interface AuditRecord {
  actor: string;
  /** Verb of a noun, such as `widget.publish`. */
  action: string;
  /** What it was done to, such as `series-chart@1.0.0`. */
  subject: string;
  /** The client's address, when there is one. */
  from: string | null;
  requestId: string;
  details?: Record<string, unknown>;
}

export interface Audit {
  append(record: AuditRecord): Promise<void>;
}

/** `previous` of the first entry. */
export const genesis = '0'.repeat(64);

/** The entry that follows `last`; its hash covers every other member. */
export function nextEntry(last: { seq: number; hash: string } | null, record: AuditRecord, at: string): AuditEntry {
  const entry = {
    seq: (last?.seq ?? 0) + 1,
    at,
    actor: record.actor,
    action: record.action,
    subject: record.subject,
    from: record.from,
    requestId: record.requestId,
    // As it will be stored: undefined members are gone, dates are text.
    details: JSON.parse(JSON.stringify(record.details ?? {})) as Record<string, unknown>,
    previous: last?.hash ?? genesis,
  };
  return { ...entry, hash: hashOf(entry) };
}

export function hashOf({ seq, at, actor, action, subject, from, requestId, details, previous }: Omit<AuditEntry, 'hash'>): string {
  const covered = [seq, at, actor, action, subject, from ?? null, requestId ?? '', sorted(details ?? {}), previous];
  return createHash('sha256').update(JSON.stringify(covered)).digest('hex');
}

/** Entries oldest first: the sequence number of the first one that does not follow from the one before, or null. */
export function firstBroken(entries: readonly AuditEntry[], before: { seq: number; hash: string } | null = null): number | null {
  let last = before;
  for (const entry of entries) {
    if (entry.seq !== (last?.seq ?? 0) + 1 || entry.previous !== (last?.hash ?? genesis) || entry.hash !== hashOf(entry)) return entry.seq;
    last = entry;
  }
  return null;
}

/** Stores do not promise an order of keys. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}
