import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeRecord, encodeRecord, findRecord, MAX_PAYLOAD, RECORD_HEADER, startOfZeros } from './record';

/** As encodeRecord would write it, also where it refuses to. */
function written(payload: Buffer): Buffer {
  const header = Buffer.alloc(RECORD_HEADER);
  header.writeUInt32LE(payload.length, 0);
  header.writeUInt32LE(crc32(payload, crc32(header.subarray(0, 4))), 4);
  return Buffer.concat([header, payload]);
}

describe('a record', () => {
  const event = encodeRecord(Buffer.from('event'));

  it('holds 1 byte to the most there can be, and neither writes nor reads less or more', () => {
    for (const length of [1, MAX_PAYLOAD]) {
      const payload = Buffer.alloc(length, 7);
      const record = encodeRecord(payload);
      const read = decodeRecord(record, 0);
      expect(read.kind === 'record' && payload.equals(read.payload) && read.next === record.length, `${length}`).toBe(true);
    }
    for (const length of [0, MAX_PAYLOAD + 1]) {
      expect(() => encodeRecord(Buffer.alloc(length)), `${length}`).toThrow(RangeError);
      expect(decodeRecord(written(Buffer.alloc(length)), 0), `${length}`).toEqual({ kind: 'damaged' });
    }
  });

  it('is short wherever its bytes end before it does, and damaged where its checksum is another one', () => {
    for (let end = 0; end < event.length; end++) expect(decodeRecord(event.subarray(0, end), 0), `${end}`).toEqual({ kind: 'short' });
    const damaged = Buffer.from(event);
    damaged[damaged.length - 1] = 0;
    expect(decodeRecord(damaged, 0)).toEqual({ kind: 'damaged' });
    expect(decodeRecord(Buffer.alloc(RECORD_HEADER), 0)).toEqual({ kind: 'damaged' });
  });

  it('is read where it begins, and found behind what is none', () => {
    const two = Buffer.concat([Buffer.from('torn'), event, Buffer.from([1]), event]);
    expect(decodeRecord(two, 4)).toMatchObject({ kind: 'record', next: 4 + event.length });
    expect(findRecord(two, 0)).toBe(4);
    expect(findRecord(two, 4)).toBe(4);
    expect(findRecord(two, 5)).toBe(5 + event.length);
    expect(findRecord(two, 6 + event.length)).toBe(-1);
    expect(findRecord(Buffer.alloc(0), 0)).toBe(-1);
  });
});

it('zeros begin behind the last byte that is none, however many they are', () => {
  const piece = 64 * 1024;
  for (const used of [0, 1, 5, piece - 1, piece, piece + 1])
    for (const zeros of [0, 1, 7, piece - 1, piece, piece + 1, 2 * piece]) {
      const bytes = Buffer.concat([Buffer.alloc(used, 1), Buffer.alloc(zeros)]);
      expect(startOfZeros(bytes), `${zeros} behind ${used}`).toBe(used);
    }
});
