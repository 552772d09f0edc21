import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

export interface Encodings {
  br: Buffer;
  gzip: Buffer;
}

/** `effort`: 11 for what is compressed once at start, about 5 for what somebody waits for. */
export async function compress(bytes: Buffer, effort: number): Promise<Encodings> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: effort, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const [br, gzipped] = await Promise.all([brotli(bytes, { params }), deflate(bytes, { level: Math.min(effort, 9) })]);
  return { br, gzip: gzipped };
}

/** The smaller of what the client takes; `identity` when it takes neither. */
export function chooseEncoding(accepted: string | undefined): keyof Encodings | 'identity' {
  const offers = new Map<string, number>();
  for (const part of (accepted ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    if (name) offers.set(name, weight === undefined ? 1 : Number(weight));
  }
  const takes = (name: string): boolean => (offers.get(name) ?? offers.get('*') ?? 0) > 0;
  if (takes('br')) return 'br';
  return takes('gzip') ? 'gzip' : 'identity';
}
