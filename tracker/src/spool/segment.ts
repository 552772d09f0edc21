/**
 * Names and header of segment files. A position is a byte offset in the endless log; a segment holds the log from its base on, behind a
 * header of 16 bytes: `DMSPOOL1 | u64 base`, little endian, where the digit is the format's version. The name carries the base, so that names
 * sort in log order.
 */
import { NewerData } from '@datamesh/service';

export const SEGMENT_HEADER = 16;
const VERSION = 1;
const MAGIC = Buffer.from(`DMSPOOL${VERSION}`, 'latin1');
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

/** Throws NewerData where the header is of a format that this version does not know. `file`: its name, for people. */
export function refuseNewer(header: Buffer, file: string): void {
  const version = Number(/^DMSPOOL([2-9])/.exec(header.toString('latin1'))?.[1] ?? VERSION);
  if (version <= VERSION) return;
  const where = `The spool (${file})`;
  throw new NewerData({ program: 'the tracker', where, found: `format ${version}`, known: `format ${VERSION}` });
}

export const isSegmentHeader = (bytes: Buffer, base: number): boolean => bytes.equals(segmentHeader(base));
