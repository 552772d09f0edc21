/**
 * As zlib's `…Sync` functions, in two steps: the making of the object, and the work. Whoever runs in a thread that may be ended
 * has to guard the first (registry-api/src/workers/gate.ts says why), and nobody could wait for the second.
 */
import type { Zlib } from 'node:zlib';

/** Calls what makes a zlib object, now or when it is safe to. */
export type Construct = <T>(make: () => T) => T;

/** For whoever is not ended: a process of its own, as the CLI. */
export const constructAtOnce: Construct = (make) => make();

/** Node keeps `_processChunk` for callers outside, and has no types for it. */
interface AtOnce {
  _processChunk(chunk: Uint8Array, flush: number): Buffer;
}

export interface AtOnceResult {
  bytes: Buffer;
  /** How many bytes of the input were taken. */
  taken: number;
}

/** All of an input in one call. `finish`: Z_FINISH, or brotli's BROTLI_OPERATION_FINISH. Throws what zlib throws. */
export function processAtOnce(construct: Construct, make: () => Zlib, input: Uint8Array, finish: number): AtOnceResult {
  const engine = construct(make);
  const bytes = (engine as unknown as AtOnce)._processChunk(input, finish);
  return { bytes, taken: engine.bytesWritten };
}
