/**
 * Names and header of segment files. A position is a byte offset in the endless log; a segment holds the log from its base on, behind a
 * header of 16 bytes: `DMSPOOL1 | u64 base`, little endian. The name carries the base, so that names sort in log order.
 */
export const SEGMENT_HEADER = 16;
const MAGIC = Buffer.from('DMSPOOL1', 'latin1');
const NAME = /^(\d{16})\.seg$/;

export const segmentName = (base: number): string => `${String(base).padStart(16, '0')}.seg`;

export function baseOfName(name: string): number | null {
  const match = NAME.exec(name);
  return match ? Number(match[1]) : null;
}

export function segmentHeader(base: number): Buffer {
  const header = Buffer.alloc(SEGMENT_HEADER);
  MAGIC.copy(header);
  header.writeBigUInt64LE(BigInt(base), 8);
  return header;
}

export const isSegmentHeader = (bytes: Buffer, base: number): boolean => bytes.equals(segmentHeader(base));
