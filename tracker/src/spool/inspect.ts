/** Reads a spool as a person would: segments, records, damage. Opens everything read-only. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeRecord, findRecord, startOfZeros } from './record';
import { baseOfName, isSegmentHeader, SEGMENT_HEADER } from './segment';

/** Returns whether anything is damaged. A torn tail of the last segment is not: the next start cuts it off. */
export async function inspectSpool(folder: string, showRecords: boolean, print: (line: string) => void): Promise<boolean> {
  const names = (await readdir(folder)).filter((name) => baseOfName(name) !== null).sort();
  let records = 0;
  let damaged = false;
  for (const [index, name] of names.entries()) {
    const base = baseOfName(name) ?? 0;
    const following = names[index + 1];
    const end = following === undefined ? Number.POSITIVE_INFINITY : (baseOfName(following) ?? 0);
    const file = await readFile(join(folder, name));
    const bytes = file.subarray(0, Math.min(file.length, SEGMENT_HEADER + end - base));
    const header = isSegmentHeader(bytes.subarray(0, SEGMENT_HEADER), base) ? '' : '  header damaged';
    let count = 0;
    let at = SEGMENT_HEADER;
    const notes: string[] = [];
    const used = following === undefined ? Math.max(at, startOfZeros(bytes)) : bytes.length;
    while (at < used) {
      const decoded = decodeRecord(bytes, at);
      if (decoded.kind === 'record') {
        count++;
        if (showRecords) print(`${base + at - SEGMENT_HEADER}\t${decoded.payload.toString('utf8')}`);
        at = decoded.next;
        continue;
      }
      const next = findRecord(bytes, at + 1);
      const tornTail = next < 0 && following === undefined;
      notes.push(`${tornTail ? 'torn tail' : 'damage'} at ${base + at - SEGMENT_HEADER}: ${(next < 0 ? used : next) - at} bytes`);
      damaged ||= !tornTail;
      if (next < 0) break;
      at = next;
    }
    records += count;
    damaged ||= header !== '';
    print(`${name}  ${file.length} bytes  ${count} records  from ${base}${header}`);
    for (const note of notes) print(`  ${note}`);
  }
  print(`${names.length} segments, ${records} records${damaged ? ', DAMAGED' : ''}`);
  return damaged;
}
