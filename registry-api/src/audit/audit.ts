/** The audit log: append-only, gapless, each entry chained to the one before by its hash. */
import { createHash, randomUUID } from 'node:crypto';
import type { AuditEntry } from '@datamesh/contracts';
import type { AuditRow } from './store';

/** What a room reports about a write; sequence and hashes are added when it is appended. */
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

/** An entry on its way: it waits inside the change that it is about, until the relay appends it. */
export interface PendingEntry {
  /** Unique for ever: what makes a repeated copy harmless. */
  id: string;
  /** When the change was made, ISO 8601. */
  at: string;
  record: AuditRecord;
}

/** Who asks, from where, under which request. */
export type Asking = Pick<AuditRecord, 'actor' | 'from' | 'requestId'>;

/** The entry about a change that `asking` makes at `at` (ISO 8601). It belongs into the change's own write. */
export const entryAbout = (
  asking: Asking,
  at: string,
  action: string,
  subject: string,
  details: Record<string, unknown> = {},
): PendingEntry => ({ id: randomUUID(), at, record: { ...asking, action, subject, details } });

/** The end of the log, as far as it is known. */
export type Head = Pick<AuditEntry, 'seq' | 'hash'>;

/** `previous` of the first entry. */
export const genesis = '0'.repeat(64);

/** The entry that follows `last`; its hash covers every other member. */
export function nextEntry(last: Head | null, record: AuditRecord, at: string): AuditEntry {
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

/** Whether an entry follows from the one before (null: it is the first) and says what was written. */
export const follows = (entry: AuditEntry, last: Head | null): boolean =>
  entry.seq === (last?.seq ?? 0) + 1 && entry.previous === (last?.hash ?? genesis) && entry.hash === hashOf(entry);

/** What a row says; null where its text is no entry of that number (any more). */
export function readEntry({ seq, entry: text }: Pick<AuditRow, 'seq' | 'entry'>): AuditEntry | null {
  const entry = parsed(text) as Partial<Record<keyof AuditEntry, unknown>> | null;
  if (typeof entry !== 'object' || entry === null || entry.seq !== seq) return null;
  const { from = null, requestId = '', details = {} } = entry;
  const texts = [entry.at, entry.actor, entry.action, entry.subject, entry.previous, entry.hash, from ?? '', requestId];
  if (texts.some((one) => typeof one !== 'string') || typeof details !== 'object' || details === null || Array.isArray(details))
    return null;
  return entry as AuditEntry;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What the next entry is chained to. The log goes on after an entry that cannot be read: its verification says that it is broken there. */
export const headOf = (row: AuditRow): Head => ({
  seq: row.seq,
  hash: readEntry(row)?.hash ?? createHash('sha256').update(row.entry).digest('hex'),
});

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
