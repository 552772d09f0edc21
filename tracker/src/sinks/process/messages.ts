/**
 * What the tracker and the process of a sink say to each other, over Node's channel between parent and child: in order, and none lost while both live.
 * Values are cloned as by `structuredClone`, so that buffers, `undefined` and big numbers arrive as they were.
 */
import type { Missing } from '@datamesh/contracts';
import type { KafkaConfig } from '../../config';
import type { QueryEngine } from '../../query/port';
import type { LogBatch } from '../../spool/log';
import type { Segment } from '../../spool/recover';
import type { Written } from '../sink';

/** All that the process gets to know of the tracker's settings: it reads no environment. */
export type SinkSettings = {
  dataDir: string;
  /** false with SPOOL=off: there is no position to keep, and batches come over the channel. */
  spool: boolean;
} & ({ sink: 'duckdb'; memoryLimit: string } | { sink: 'kafka'; kafka: KafkaConfig });

/** What is acknowledged, and in which segments it stands. */
export interface SpoolEnd {
  tail: number;
  segments: Segment[];
}

export type Question = Exclude<keyof QueryEngine, 'name'>;

export type ToSink =
  /** First of all; answered by `opened` or `refused`. */
  | { kind: 'open'; settings: SinkSettings }
  /** Take what stands from this position on. */
  | { kind: 'follow'; from: number; end: SpoolEnd }
  | { kind: 'appended'; end: SpoolEnd }
  /** With SPOOL=off: what was asked for by `read`. */
  | { kind: 'batch'; batch: LogBatch }
  | { kind: 'ask'; id: number; question: Question; values: unknown[] }
  /** Nobody waits for this answer any more. */
  | { kind: 'leave'; id: number }
  /** Take what there is, but for no longer than so many milliseconds; answered by `stopped`. */
  | { kind: 'stop'; within: number };

export type FromSink =
  | { kind: 'opened'; position: number | null }
  | { kind: 'refused'; failure: Failure }
  | { kind: 'read'; from: number; maxBytes: number }
  | { kind: 'written'; written: Written; milliseconds: number }
  | { kind: 'committed'; position: number }
  | { kind: 'failed'; failure: Failure; attempt: number }
  | { kind: 'damaged'; position: number; bytes: number }
  | { kind: 'told'; text: string; about: Record<string, unknown> }
  | { kind: 'answered'; id: number; value: unknown; partial: Missing[]; behind: number | null }
  | { kind: 'unanswered'; id: number; failure: Failure }
  /** Every second: that it lives, and what it takes. */
  | ({ kind: 'state' } & SinkState)
  | { kind: 'stopped' };

export interface SinkState {
  /** Events that are in no sums yet; null where the sink makes none. */
  behind: number | null;
  residentBytes: number;
  /** Of processor time, since the process began. */
  cpuSeconds: number;
}

/** An error on its way to the other side. */
export interface Failure {
  message: string;
  stack: string;
  code: string | null;
}

export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { message: String(error), stack: '', code: null };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return { message: error.message, stack: error.stack ?? '', code };
}

export function errorOf({ message, stack, code }: Failure): Error {
  return Object.assign(new Error(message), { stack: stack || message }, code === null ? {} : { code });
}
