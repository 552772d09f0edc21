/** One sink's way through the segments: reads what is acknowledged, never more, and steps over what is damaged. */
import type { SpoolFile, SpoolFiles } from './files';
import type { LogBatch, LogReader } from './log';
import { decodeRecord, findRecord, MAX_PAYLOAD, RECORD_HEADER } from './record';
import type { Segment } from './recover';
import { SEGMENT_HEADER, segmentName } from './segment';

export interface ReaderHost {
  files: SpoolFiles;
  segments: readonly Segment[];
  tail(): number;
  committed(): void;
  closed(reader: SpoolReader): void;
  damaged(position: number, bytes: number): void;
}

export class SpoolReader implements LogReader {
  private open: { base: number; file: SpoolFile } | null = null;

  constructor(
    readonly name: string,
    private done: number,
    private readonly host: ReaderHost,
  ) {}

  position(): number {
    return this.done;
  }

  commit(position: number): void {
    this.done = Math.max(this.done, position);
    this.host.committed();
  }

  async read(from: number, maxBytes: number): Promise<LogBatch> {
    let at = from;
    while (at < this.host.tail()) {
      const segment = this.host.segments.find((candidate) => candidate.end > at);
      if (!segment) return { payloads: [], positions: [], next: this.host.tail() };
      if (segment.base > at) at = this.stepOver(at, segment.base);
      const batch = await this.readSegment(segment, at, maxBytes);
      if (batch.payloads.length > 0) return batch;
      at = batch.next;
    }
    return { payloads: [], positions: [], next: at };
  }

  async close(): Promise<void> {
    this.host.closed(this);
    await this.open?.file.close();
    this.open = null;
  }

  private async readSegment(segment: Segment, from: number, maxBytes: number): Promise<LogBatch> {
    const { end } = segment;
    const file = await this.fileOf(segment.base);
    const length = Math.min(end - from, Math.max(maxBytes, MAX_PAYLOAD + RECORD_HEADER));
    const bytes = await file.read(SEGMENT_HEADER + from - segment.base, length);
    const payloads: Buffer[] = [];
    const positions: number[] = [];
    let at = 0;
    while (at < bytes.length) {
      const decoded = decodeRecord(bytes, at);
      if (decoded.kind !== 'record') break;
      payloads.push(decoded.payload);
      positions.push(from + at);
      at = decoded.next;
    }
    if (payloads.length > 0 || from >= end) return { payloads, positions, next: from + at };
    // Not one whole record although a whole one would have fitted: damage. On to the next record, or to the end of the segment.
    const rest = await file.read(SEGMENT_HEADER + from - segment.base, end - from);
    const next = findRecord(rest, 1);
    return { payloads, positions, next: this.stepOver(from, next < 0 ? end : from + next) };
  }

  private stepOver(from: number, to: number): number {
    this.host.damaged(from, to - from);
    return to;
  }

  private async fileOf(base: number): Promise<SpoolFile> {
    if (this.open?.base === base) return this.open.file;
    await this.open?.file.close();
    this.open = null;
    this.open = { base, file: await this.host.files.open(segmentName(base)) };
    return this.open.file;
  }
}
