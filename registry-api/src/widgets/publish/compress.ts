/** Compressed variants of a file. In a thread of its own: libuv's few threads also read the files that everybody is served. */
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

export interface Compression {
  content: Uint8Array;
  /** Brotli's, 0 to 11. */
  quality: number;
}

export interface Variants {
  br: Uint8Array;
  gzip: Uint8Array;
}

export function compress({ content, quality }: Compression): Variants {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  return { br: brotliCompressSync(content, { params }), gzip: gzipSync(content, { level: quality < 9 ? 6 : 9 }) };
}
