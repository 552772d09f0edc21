/** The log between the collector, who appends, and the sinks, who read: each at its own position (a byte offset that only grows). */
import type { Segment } from './recover';

export type RefusalReason = 'spool_full' | 'spool_failed' | 'stopping';

export type Appended = { ok: true; position: number } | { ok: false; reason: RefusalReason; retryAfterSeconds: number };

export interface LogBatch {
  payloads: Buffer[];
  /** Where each of them stands. */
  positions: number[];
  /** Where to read on, and what to commit once these payloads are safe elsewhere. */
  next: number;
}

export interface LogReader {
  readonly name: string;
  /** Payloads from `from` on, about `maxBytes` of them; none when the reader has reached the end. */
  read(from: number, maxBytes: number): Promise<LogBatch>;
  /** Everything before `position` is no longer needed by this reader. */
  commit(position: number): void;
  /** What this reader committed last. */
  position(): number;
  close(): Promise<void>;
}

export interface EventLog {
  /** All payloads or none. Resolves when they are acknowledged, or refused with a reason; never throws. */
  append(payloads: readonly Buffer[]): Promise<Appended>;
  /**
   * A reader from `from` on (null: from the oldest record; so is a position that is no longer held). What a reader has not committed is kept, so all readers
   * have to be there before the first commit.
   */
  reader(name: string, from: number | null): LogReader;
  /** Calls back whenever there is more to read; returns the disposer. */
  onAppended(listener: () => void): () => void;
  /** End of what is acknowledged. */
  tail(): number;
  /** Where it stands, for a reader in another process; none where it is not in files. */
  held(): Segment[];
  /** Bytes held, bytes allowed, files. */
  usage(): { bytes: number; maxBytes: number; segments: number };
  /** Refuses from now on, and waits for what was already accepted; reading goes on. */
  stopAccepting(): Promise<void>;
  close(): Promise<void>;
}
