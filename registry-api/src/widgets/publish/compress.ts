/** Compressed variants of a file. In a thread of its own: libuv's few threads also read the files that everybody is served. */
import { BrotliCompress, constants, Gzip } from 'node:zlib';
import { type Construct, processAtOnce } from '@datamesh/publishing';

export interface Compression {
  content: Uint8Array;
  /** Brotli's, 0 to 11. */
  quality: number;
}

export interface Variants {
  br: Uint8Array;
  gzip: Uint8Array;
}

export function compress({ content, quality }: Compression, construct: Construct): Variants {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  const level = quality < 9 ? 6 : 9;
  return {
    br: processAtOnce(construct, () => new BrotliCompress({ params }), content, constants.BROTLI_OPERATION_FINISH).bytes,
    gzip: processAtOnce(construct, () => new Gzip({ level }), content, constants.Z_FINISH).bytes,
  };
}
