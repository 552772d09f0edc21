import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import compression from 'compression';
import type { Request, RequestHandler, Response } from 'express';

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

export interface Encodings {
  br: Buffer;
  gzip: Buffer;
}

/** Effort for what is compressed once, when it is built. */
export const BEST = 11;
/** For what somebody waits for. */
export const QUICK = 5;

/** `effort`: Brotli's, of 11; gzip's is the same, of 9. */
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

/** What of these bytes goes to this client, with the headers that say so; without encodings as it is. */
export function encodedFor(
  accepted: string | undefined,
  { bytes, encodings }: { bytes: Buffer; encodings: Encodings | undefined },
): { body: Buffer; headers: Record<string, string> } {
  const encoding = encodings ? chooseEncoding(accepted) : 'identity';
  const body = encodings && encoding !== 'identity' ? encodings[encoding] : bytes;
  return {
    body,
    headers: { 'content-length': String(body.length), ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }) },
  };
}

/** Bytes below which compressing costs more than it saves. */
const THRESHOLD = 1024;
const TEXT = /^(application\/(problem\+)?json|text\/csv)(;|$)/;

/**
 * Where answers hold secrets, or what is asked comes back beside them: made tokens, and everything about signing in. Compressed, their length
 * would tell somebody on the wire how much of a guess is right (BREACH). All other JSON holds none: the session's cookie and its JWT travel
 * in headers, writes carry no token in their body, and the cookie (SameSite=Lax) goes along with nothing that another site's page asks for.
 */
const SECRETIVE = /^\/api\/v1\/(session|tokens)(\/|$)/;

/**
 * Brotli or gzip for what the services' APIs answer. Never for event streams, for what is compressed already or must not be transformed.
 * A strong ETag would name bytes that are no longer the same: it goes out as a weak one, in every coding alike, and comes back to the
 * service as the one that it gave.
 */
export function compressAnswers(): RequestHandler {
  const compress = compression({
    threshold: THRESHOLD,
    brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 18 } },
    filter: (request, response) => transforms(request as Request, response as Response),
  });
  return (request, response, next) => {
    for (const name of ['if-match', 'if-none-match'] as const) {
      const given = request.headers[name];
      if (given) request.headers[name] = given.replaceAll('W/"', '"');
    }
    compress(request, response, next);
  };
}

/** Looks at an answer whose head is about to go out. */
function transforms(request: Request, response: Response): boolean {
  if (SECRETIVE.test(request.path)) return false;
  const unchanged = response.statusCode === 304;
  if (!unchanged && !TEXT.test(String(response.getHeader('content-type') ?? ''))) return false;
  const etag = response.getHeader('etag');
  if (typeof etag === 'string' && etag.startsWith('"')) response.setHeader('etag', `W/${etag}`);
  if (unchanged) response.vary('accept-encoding');
  return !unchanged;
}
