/** Bytes by content hash. What is there never changes, so writing again is harmless and nothing is ever overwritten. */
import type { Readable } from 'node:stream';

export interface BlobStore {
  /** On disk (or acknowledged by the majority) when it returns. A key that is there stays as it is. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  has(key: string): Promise<boolean>;
  /** null: not there. */
  open(key: string): Promise<{ bytes: number; stream: Readable } | null>;
}

/** sha384 in hex, with `.br` or `.gz` for a compressed variant. */
const keyForm = /^[0-9a-f]{96}(\.br|\.gz)?$/;

export function checkKey(key: string): string {
  if (!keyForm.test(key)) throw new RangeError(`not a blob key: ${key}`);
  return key;
}
