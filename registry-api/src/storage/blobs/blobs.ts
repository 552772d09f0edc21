/** Bytes by content hash. What is there never changes, so writing again is harmless and nothing is ever overwritten by other bytes. */
import type { Readable } from 'node:stream';

export interface BlobStore {
  /** On disk (or acknowledged by the majority) when it returns. A key that is there keeps its bytes, and counts as put now. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  has(key: string): Promise<boolean>;
  /** null: not there. */
  open(key: string): Promise<{ bytes: number; stream: Readable } | null>;
  /** The store's own time, which dates what is put: milliseconds since the epoch. */
  now(): Promise<number>;
  /**
   * Removes the blobs that nobody needs, and what crashes left. What has no date yet gets one and waits for the next time. It may
   * run beside puts, readers and other collections: a blob that is put again in between stays.
   */
  collect(collection: Collection): Promise<Collected>;
}

export interface Collection {
  /** Store time, milliseconds; what was put since is left alone, for who put it may not have named it yet. */
  before: number;
  /** Keys that are needed. Asked after the old blobs are listed: whoever names one of these later has put it again, and that is seen. */
  named(): Promise<ReadonlySet<string>>;
  /** Ends it between two removals, with the signal's reason. */
  signal?: AbortSignal;
}

export interface Collected {
  blobs: number;
  /** Temporary files, or chunks without a file. */
  leftovers: number;
  /** Of the blobs. */
  bytes: number;
}

/** sha384 in hex, with `.br` or `.gz` for a compressed variant. */
const keyForm = /^[0-9a-f]{96}(\.br|\.gz)?$/;

export const isKey = (name: string): boolean => keyForm.test(name);

export function checkKey(key: string): string {
  if (!isKey(key)) throw new RangeError(`not a blob key: ${key}`);
  return key;
}
