/** SPOOL=off: acknowledges from memory, so that the bench can say what durability costs. Loses what the sinks have not read when it stops. */
import type { Appended, EventLog, LogBatch, LogReader } from './log';

export class MemoryLog implements EventLog {
  private entries: { position: number; payload: Buffer }[] = [];
  private readonly readers = new Set<MemoryReader>();
  private readonly listeners = new Set<() => void>();
  private end = 0;
  private start = 0;
  private closed = false;

  constructor(private readonly maxBytes: number) {}

  append(payloads: readonly Buffer[]): Promise<Appended> {
    if (this.closed) return Promise.resolve({ ok: false, reason: 'stopping', retryAfterSeconds: 1 });
    const bytes = payloads.reduce((sum, payload) => sum + payload.length, 0);
    if (this.end - this.start + bytes > this.maxBytes) return Promise.resolve({ ok: false, reason: 'spool_full', retryAfterSeconds: 5 });
    for (const payload of payloads) {
      this.entries.push({ position: this.end, payload });
      this.end += payload.length;
    }
    for (const listener of this.listeners) listener();
    return Promise.resolve({ ok: true, position: this.end });
  }

  reader(name: string, from: number | null): LogReader {
    const reader = new MemoryReader(name, Math.max(from ?? this.start, this.start), this);
    this.readers.add(reader);
    return reader;
  }

  onAppended(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tail(): number {
    return this.end;
  }

  held(): [] {
    return [];
  }

  usage(): { bytes: number; maxBytes: number; segments: number } {
    return { bytes: this.end - this.start, maxBytes: this.maxBytes, segments: 0 };
  }

  stopAccepting(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }

  close(): Promise<void> {
    return this.stopAccepting();
  }

  batchFrom(from: number, maxBytes: number): LogBatch {
    const payloads: Buffer[] = [];
    const positions: number[] = [];
    let next = from;
    for (let index = this.indexOf(from); index < this.entries.length && next - from < maxBytes; index++) {
      const entry = this.entries[index];
      if (!entry) break;
      payloads.push(entry.payload);
      positions.push(entry.position);
      next = entry.position + entry.payload.length;
    }
    return { payloads, positions, next };
  }

  drop(): void {
    const passed = Math.min(...[...this.readers].map((reader) => reader.position()));
    this.entries.splice(0, this.indexOf(passed));
    this.start = passed;
  }

  leave(reader: MemoryReader): void {
    this.readers.delete(reader);
  }

  /** First entry at or after a position; entries are sorted. */
  private indexOf(position: number): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.entries[middle]?.position ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

class MemoryReader implements LogReader {
  constructor(
    readonly name: string,
    private done: number,
    private readonly log: MemoryLog,
  ) {}

  read(from: number, maxBytes: number): Promise<LogBatch> {
    return Promise.resolve(this.log.batchFrom(from, maxBytes));
  }

  commit(position: number): void {
    this.done = Math.max(this.done, position);
    this.log.drop();
  }

  position(): number {
    return this.done;
  }

  close(): Promise<void> {
    this.log.leave(this);
    return Promise.resolve();
  }
}
