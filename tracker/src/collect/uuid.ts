/**
 * UUIDv7 (RFC 9562): 48 bits of milliseconds, a sequence, the rest random. Time-ordered, so that a sink's search for duplicates stays short; and of
 * one millisecond in the order of the calls, as of a batch whose events bring neither ids nor times of their own.
 */
import { createHash, randomFillSync } from 'node:crypto';

const pool = Buffer.alloc(4096);
let used = pool.length;
let latest = -1;
let sequence = 0;

/** Of the 4096 of a millisecond, at least 3072 follow one another; beyond that they are unique, but in any order. */
const FIRST = 0x3ff;
const LAST = 0xfff;

export function uuidv7(now: number): string {
  if (used + 10 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.toString('hex', used, used + 10);
  used += 10;
  sequence = now === latest ? Math.min(sequence + 1, LAST) : Number.parseInt(random.slice(0, 3), 16) & FIRST;
  latest = now;
  const time = now.toString(16).padStart(12, '0');
  const variant = ((Number.parseInt(random.slice(3, 4), 16) & 3) | 8).toString(16);
  const order = sequence.toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${order}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`;
}

export const isUuidv7 = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);

/** The same each time for the same text and time (milliseconds since the epoch). */
export function derivedUuidv7(text: string, time: number): string {
  const hash = createHash('sha256').update(text).digest('hex');
  const stamp = Math.min(Math.max(time, 0), 2 ** 48 - 1)
    .toString(16)
    .padStart(12, '0');
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`;
}
