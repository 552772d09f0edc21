/**
 * One record of the log: `u32 length | u32 crc32(length + payload) | payload`, little endian.
 * No payload is empty, so that a run of zeros (the free rest of a segment, or what power loss leaves behind) is no record.
 */
import { crc32 } from 'node:zlib';

export const RECORD_HEADER = 8;
/** Larger than any event can be; anything above is damage, not a length. */
export const MAX_PAYLOAD = 1024 * 1024;

export function encodeRecord(payload: Buffer): Buffer {
  if (payload.length === 0 || payload.length > MAX_PAYLOAD) throw new RangeError(`a record holds 1 to ${MAX_PAYLOAD} bytes`);
  const record = Buffer.allocUnsafe(RECORD_HEADER + payload.length);
  record.writeUInt32LE(payload.length, 0);
  payload.copy(record, RECORD_HEADER);
  record.writeUInt32LE(checksum(record, 0, payload.length), 4);
  return record;
}

export type Decoded =
  | { kind: 'record'; payload: Buffer; next: number }
  /** The bytes end before the record does. */
  | { kind: 'short' }
  | { kind: 'damaged' };

export function decodeRecord(bytes: Buffer, at: number): Decoded {
  if (at + RECORD_HEADER > bytes.length) return { kind: 'short' };
  const length = bytes.readUInt32LE(at);
  if (length === 0 || length > MAX_PAYLOAD) return { kind: 'damaged' };
  const next = at + RECORD_HEADER + length;
  if (next > bytes.length) return { kind: 'short' };
  if (checksum(bytes, at, length) !== bytes.readUInt32LE(at + 4)) return { kind: 'damaged' };
  return { kind: 'record', payload: bytes.subarray(at + RECORD_HEADER, next), next };
}

/** Where the next whole record begins at or after `from`, or -1. A chance match needs a checksum collision: 1 in 4 billion. */
export function findRecord(bytes: Buffer, from: number): number {
  for (let at = from; at + RECORD_HEADER <= bytes.length; at++) if (decodeRecord(bytes, at).kind === 'record') return at;
  return -1;
}

const ZEROS = Buffer.alloc(64 * 1024);

/** Where the zeros begin that the bytes end with. */
export function startOfZeros(bytes: Buffer): number {
  let end = bytes.length;
  while (end >= ZEROS.length && ZEROS.equals(bytes.subarray(end - ZEROS.length, end))) end -= ZEROS.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return end;
}

function checksum(bytes: Buffer, at: number, length: number): number {
  return crc32(bytes.subarray(at + RECORD_HEADER, at + RECORD_HEADER + length), crc32(bytes.subarray(at, at + 4)));
}
