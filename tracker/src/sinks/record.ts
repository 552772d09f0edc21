/** What stands in the log: events, and erasures between them. Sinks share this look at a record; they trust it no further than they have to. */
import type { Erasure, StoredEvent } from '../events/event';

export type LogRecord = { kind: 'event'; event: StoredEvent } | { kind: 'erasure'; erasure: Erasure } | { kind: 'unreadable'; why: string };

const ERASURE = Buffer.from('{"kind":"erasure"');
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** By its first bytes: the collector writes `kind` first, and an event has no such field. */
export const isErasure = (payload: Buffer): boolean => payload.subarray(0, ERASURE.length).equals(ERASURE);

export function readRecord(payload: Buffer): LogRecord {
  let value: Partial<StoredEvent & Erasure> | null;
  try {
    value = JSON.parse(payload.toString('utf8')) as typeof value;
  } catch (error) {
    return { kind: 'unreadable', why: error instanceof Error ? error.message : String(error) };
  }
  if (typeof value?.site_id !== 'string') return { kind: 'unreadable', why: 'no site_id' };
  if (isErasure(payload)) {
    const sound = Array.isArray(value.visitor_ids) && value.visitor_ids.every((id) => typeof id === 'string');
    return sound ? { kind: 'erasure', erasure: value as Erasure } : { kind: 'unreadable', why: 'an erasure without a list of visitor_ids' };
  }
  if (!UUID.test(value.event_id ?? '')) return { kind: 'unreadable', why: 'no event_id' };
  if (!Number.isInteger(value.ts) || !Number.isInteger(value.received_ts)) return { kind: 'unreadable', why: 'no ts or received_ts' };
  return { kind: 'event', event: value as StoredEvent };
}
