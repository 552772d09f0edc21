/** GET /t/tracker.js: the script for web pages, as the build left it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

export interface Script {
  plain: Buffer;
  gzip: Buffer;
  brotli: Buffer;
  etag: string;
}

export function loadScript(file: string | URL): Script {
  const plain = readFileSync(file);
  return {
    plain,
    gzip: gzipSync(plain, { level: 9 }),
    brotli: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
  };
}

export function sendScript(script: Script, request: IncomingMessage, response: ServerResponse): void {
  // The address has no version in it, so a page may keep it for an hour and then asks whether it changed.
  response.setHeader('cache-control', 'public, max-age=3600, stale-while-revalidate=86400');
  response.setHeader('etag', script.etag);
  response.setHeader('vary', 'accept-encoding, origin');
  response.setHeader('content-type', 'text/javascript; charset=utf-8');
  if (request.headers['if-none-match'] === script.etag) {
    response.writeHead(304).end();
    return;
  }
  const accepted = String(request.headers['accept-encoding'] ?? '');
  const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null;
  const body = encoding === 'br' ? script.brotli : encoding === 'gzip' ? script.gzip : script.plain;
  if (encoding) response.setHeader('content-encoding', encoding);
  response.writeHead(200, { 'content-length': body.length }).end(request.method === 'HEAD' ? undefined : body);
}
