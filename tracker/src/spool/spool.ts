/**
 * The durable log. Acknowledged means: written, and on disk (O_DSYNC or fdatasync). All requests that wait while a sync runs share the next one (group
 * commit), so that the price of a sync is paid once per group and not once per event.
 */
import type { SpoolFile, SpoolFiles } from './files';
import type { Appended, EventLog, LogReader, RefusalReason } from './log';
import { SpoolReader } from './reader';
import { encodeRecord } from './record';
import { recover, type Segment } from './recover';
import { SEGMENT_HEADER, segmentHeader, segmentName } from './segment';

export interface SpoolOptions {
  files: SpoolFiles;
  /** Bytes of records at which appends are refused; on disk the segment being written is at its full size from the start. */
  maxBytes: number;
  /** Bytes at which a new segment begins; by default an eighth of maxBytes, at most 16 MB. */
  segmentBytes?: number;
  /** The log goes on at this position at least: a sink may be further than a folder that was restored or emptied. */
  startAt?: number;
  /** Milliseconds, for the pause after a failed write. */
  now(): number;
  report?: SpoolReport;
}

export interface SpoolReport {
  committed?(records: number, bytes: number, milliseconds: number): void;
  /** A write or sync failed: nothing of the group was acknowledged. */
  failed?(reason: RefusalReason, error: unknown): void;
  recovered?(cutBytes: number): void;
  /** A stretch that cannot be read was stepped over. */
  damaged?(position: number, bytes: number): void;
  /** A finished segment could not be removed; tried again later. */
  notRemoved?(error: unknown): void;
}

interface Waiting {
  bytes: Buffer;
  records: number;
  resolve(result: Appended): void;
}

const GROUP_BYTES = 4 * 1024 * 1024;
const PAUSE_AFTER_FAILURE = 250;
const FULL_CODES = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

export class Spool implements EventLog {
  private readonly readers = new Set<SpoolReader>();
  private readonly listeners = new Set<() => void>();
  private readonly segmentBytes: number;
  private active: { segment: Segment; file: SpoolFile } | null = null;
  private queue: Waiting[] = [];
  private queuedBytes = 0;
  private committing: Promise<void> | null = null;
  private removing: Promise<void> | null = null;
  private closed = false;
  private failure: { reason: RefusalReason; until: number } | null = null;

  static async open(options: SpoolOptions): Promise<Spool> {
    const { segments, cut } = await recover(options.files);
    if (cut > 0) options.report?.recovered?.(cut);
    const spool = new Spool(options, segments);
    const last = segments.at(-1);
    if (last && last.end >= (options.startAt ?? 0))
      spool.active = { segment: last, file: await options.files.open(segmentName(last.base)) };
    return spool;
  }

  private end: number;

  private constructor(
    private readonly options: SpoolOptions,
    readonly segments: Segment[],
  ) {
    this.segmentBytes = options.segmentBytes ?? Math.min(16 * 1024 * 1024, Math.max(4096, Math.floor(options.maxBytes / 8)));
    this.end = Math.max(segments.at(-1)?.end ?? 0, options.startAt ?? 0);
  }

  tail(): number {
    return this.end;
  }

  held(): Segment[] {
    return this.segments.map(({ base, end }) => ({ base, end }));
  }

  usage(): { bytes: number; maxBytes: number; segments: number } {
    let bytes = 0;
    for (const { base, end } of this.segments) bytes += end - base + SEGMENT_HEADER;
    return { bytes, maxBytes: this.options.maxBytes, segments: this.segments.length };
  }

  append(payloads: readonly Buffer[]): Promise<Appended> {
    if (this.closed) return Promise.resolve(refusal('stopping'));
    if (this.failure && this.options.now() < this.failure.until) return Promise.resolve(refusal(this.failure.reason));
    const bytes = payloads.length === 1 && payloads[0] ? encodeRecord(payloads[0]) : Buffer.concat(payloads.map(encodeRecord));
    if (this.usage().bytes + this.queuedBytes + bytes.length > this.options.maxBytes) return Promise.resolve(refusal('spool_full'));
    this.queuedBytes += bytes.length;
    return new Promise((resolve) => {
      this.queue.push({ bytes, records: payloads.length, resolve });
      this.committing ??= this.commitAll();
    });
  }

  reader(name: string, from: number | null): LogReader {
    const oldest = this.segments[0]?.base ?? this.end;
    const reader = new SpoolReader(name, Math.max(from ?? oldest, oldest), {
      files: this.options.files,
      segments: this.segments,
      tail: () => this.end,
      committed: () => this.removeFinished(),
      closed: (closing) => this.readers.delete(closing),
      damaged: (position, bytes) => this.options.report?.damaged?.(position, bytes),
    });
    this.readers.add(reader);
    return reader;
  }

  onAppended(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async stopAccepting(): Promise<void> {
    this.closed = true;
    await this.committing;
  }

  async close(): Promise<void> {
    await this.stopAccepting();
    await this.removing;
    if (this.active) {
      const { segment, file } = this.active;
      await file.truncate(SEGMENT_HEADER + segment.end - segment.base);
      await file.close();
      this.active = null;
    }
    for (const reader of this.readers) await reader.close();
  }

  private async commitAll(): Promise<void> {
    // A turn of the event loop first: requests that have already arrived share this sync instead of waiting for the next.
    await new Promise(setImmediate);
    let acknowledge = (): void => undefined;
    while (this.queue.length > 0) {
      const group = this.nextGroup();
      const bytes = Buffer.concat(group.map((waiting) => waiting.bytes));
      const started = this.options.now();
      const committed = this.commit(bytes).then(
        (position): Appended => ({ ok: true, position }),
        (error: unknown) => this.abandonSegment(error),
      );
      // The group before is answered while the disk is at work on this one.
      acknowledge();
      const result = await committed;
      this.queuedBytes -= bytes.length;
      if (result.ok) {
        const records = group.reduce((sum, waiting) => sum + waiting.records, 0);
        this.options.report?.committed?.(records, bytes.length, this.options.now() - started);
      }
      acknowledge = () => {
        for (const waiting of group) waiting.resolve(result);
        if (result.ok) for (const listener of this.listeners) listener();
      };
    }
    this.committing = null;
    acknowledge();
  }

  private nextGroup(): Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const waiting of this.queue) {
      if (count > 0 && bytes + waiting.bytes.length > GROUP_BYTES) break;
      bytes += waiting.bytes.length;
      count++;
    }
    return this.queue.splice(0, count);
  }

  private async commit(bytes: Buffer): Promise<number> {
    const { segment, file } = await this.segmentFor(bytes.length);
    await file.writeDurably(bytes, SEGMENT_HEADER + segment.end - segment.base);
    segment.end += bytes.length;
    this.end = segment.end;
    this.failure = null;
    return this.end;
  }

  private async segmentFor(bytes: number): Promise<{ segment: Segment; file: SpoolFile }> {
    const { active } = this;
    if (active && (active.segment.end === active.segment.base || active.segment.end - active.segment.base + bytes <= this.segmentBytes))
      return active;
    const file = await this.options.files.open(segmentName(this.end));
    try {
      // The whole segment is written once, as zeros: appends then change no length and no blocks, which makes a sync two to three times
      // cheaper on a busy file system, and a full disk shows here instead of in the middle of a group.
      await file.truncate(0);
      await file.writeDurably(Buffer.concat([segmentHeader(this.end), Buffer.alloc(Math.max(this.segmentBytes, bytes))]), 0);
      await file.datasync();
      await this.options.files.syncFolder();
    } catch (error) {
      await file.close();
      throw error;
    }
    const segment = { base: this.end, end: this.end };
    this.active = { segment, file };
    this.segments.push(segment);
    if (active) await active.file.close().catch((error: unknown) => this.options.report?.failed?.('spool_failed', error));
    this.removeFinished();
    return this.active;
  }

  /**
   * After a failed write or sync nobody knows what of it is on disk, and a second sync may lie. So the file is cut back to what is known,
   * left alone, and the next attempt begins a new segment, whose base tells where this one ends whatever stands behind.
   */
  private async abandonSegment(error: unknown): Promise<Appended> {
    const reason: RefusalReason = FULL_CODES.has(codeOf(error)) ? 'spool_full' : 'spool_failed';
    this.options.report?.failed?.(reason, error);
    this.failure = { reason, until: this.options.now() + PAUSE_AFTER_FAILURE };
    const { active } = this;
    this.active = null;
    if (active) {
      const { segment, file } = active;
      await file.truncate(SEGMENT_HEADER + segment.end - segment.base).catch((e: unknown) => this.options.report?.failed?.(reason, e));
      await file.close().catch((e: unknown) => this.options.report?.failed?.(reason, e));
      if (segment.end === segment.base) this.segments.splice(this.segments.indexOf(segment), 1);
    }
    return refusal(reason);
  }

  /** Removes segments that every reader has passed, oldest first. */
  private removeFinished(): void {
    this.removing ??= this.removePassed()
      .catch((error: unknown) => this.options.report?.notRemoved?.(error))
      .finally(() => {
        this.removing = null;
      });
  }

  private async removePassed(): Promise<void> {
    for (;;) {
      const oldest = this.segments[0];
      if (!oldest || this.readers.size === 0 || oldest === this.active?.segment) return;
      const passed = Math.min(...[...this.readers].map((reader) => reader.position()));
      if (oldest.end > passed) return;
      await this.options.files.remove(segmentName(oldest.base));
      this.segments.splice(this.segments.indexOf(oldest), 1);
    }
  }
}

function refusal(reason: RefusalReason): Appended {
  return { ok: false, reason, retryAfterSeconds: reason === 'spool_full' ? 5 : 1 };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
