/**
 * What stands in the folder at start. The torn tail of the last segment (written, never acknowledged) is cut off. Damage with whole records
 * behind it is not a torn tail: it is stepped over and reported, and what follows is kept.
 */
import type { SpoolFiles } from './files';
import { decodeRecord, findRecord, startOfZeros } from './record';
import { baseOfName, isSegmentHeader, refuseNewer, SEGMENT_HEADER, segmentName } from './segment';

export interface Segment {
  base: number;
  /** Position after the last acknowledged record. */
  end: number;
}

export interface Recovery {
  segments: Segment[];
  /** Bytes of torn tail that were cut; the free rest of a segment does not count. */
  cut: number;
}

export async function recover(files: SpoolFiles): Promise<Recovery> {
  const bases = (await files.list())
    .map(baseOfName)
    .filter((base) => base !== null)
    .sort((a, b) => a - b);
  for (const base of bases) await refuseNewerSegment(files, base);
  let cut = 0;
  let last: Segment | null = null;
  // A segment whose header never became whole holds nothing that was acknowledged: headers are on disk before the first record.
  while (last === null && bases.length > 0) {
    const base = bases.at(-1) ?? 0;
    const found = await scanLast(files, base);
    cut += found.cut;
    if (found.segment) last = found.segment;
    else bases.pop();
  }
  const segments = bases.map((base, index): Segment => ({ base, end: bases[index + 1] ?? base }));
  if (last) segments[segments.length - 1] = last;
  return { segments, cut };
}

/** Before anything is cut or removed: what a newer version wrote looks damaged to this one. */
async function refuseNewerSegment(files: SpoolFiles, base: number): Promise<void> {
  const file = await files.open(segmentName(base));
  try {
    refuseNewer(await file.read(0, SEGMENT_HEADER), segmentName(base));
  } finally {
    await file.close();
  }
}

async function scanLast(files: SpoolFiles, base: number): Promise<{ segment: Segment | null; cut: number }> {
  const file = await files.open(segmentName(base));
  try {
    const bytes = await file.read(0, await file.size());
    const headerWhole = bytes.length >= SEGMENT_HEADER && isSegmentHeader(bytes.subarray(0, SEGMENT_HEADER), base);
    if (!headerWhole && findRecord(bytes, Math.min(SEGMENT_HEADER, bytes.length)) < 0) {
      await file.close();
      await files.remove(segmentName(base));
      await files.syncFolder();
      return { segment: null, cut: 0 };
    }
    const end = endOfRecords(bytes);
    if (end < bytes.length) await file.truncate(end);
    // What was found may stand in memory only, name and content: on disk before anything is shown or appended.
    await file.datasync();
    await files.syncFolder();
    return { segment: { base, end: base + end - SEGMENT_HEADER }, cut: Math.max(0, startOfZeros(bytes) - end) };
  } finally {
    await file.close().catch(() => undefined); // closed above when the file was removed
  }
}

/** File offset behind the last whole record. */
export function endOfRecords(bytes: Buffer): number {
  let at = SEGMENT_HEADER;
  while (at < bytes.length) {
    const decoded = decodeRecord(bytes, at);
    if (decoded.kind === 'record') {
      at = decoded.next;
      continue;
    }
    const next = findRecord(bytes, at + 1);
    if (next < 0) break;
    at = next;
  }
  return Math.min(at, bytes.length);
}
