/** What the steps need of an HTTP request, and nothing else of it. */
import type { IncomingMessage } from 'node:http';
import { type BlockList, isIPv6, type Socket } from 'node:net';
import { keyDigest } from '../sites/keys';
import { isCountry } from './countries';
import type { Origin } from './event';

export interface Proxies {
  /** Peers whose word counts on where a request came from. */
  trustedProxies: BlockList;
  /** In which of their headers the country stands. */
  countryHeader: string | null;
}

export function originOf(request: IncomingMessage, receivedAt: number, proxies: Proxies): Origin {
  const { headers } = request;
  const trusted = isTrusted(request.socket, proxies.trustedProxies);
  const referer = headers.referer ?? null;
  return {
    receivedAt,
    ip: addressOf(request, trusted),
    userAgent: headers['user-agent'] ?? '',
    origin: headers.origin ?? (referer !== null && URL.canParse(referer) ? new URL(referer).origin : null),
    referer: referer !== null && referer.length <= 2000 ? referer : null,
    optedOut: headers['sec-gpc'] === '1' || headers['dnt'] === '1',
    country: trusted && proxies.countryHeader !== null ? countryIn(headers[proxies.countryHeader]) : null,
    key: keyDigest(headers.authorization),
  };
}

/** X-Forwarded-For is believed from our own proxies only, and of it only what the nearest of them wrote. */
function addressOf(request: IncomingMessage, trusted: boolean): string {
  const peer = request.socket.remoteAddress ?? '';
  if (!trusted) return peer;
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  return forwarded || peer;
}

/** Not a country: XX and ZZ (unknown), T1 (Tor), as proxies write them. */
function countryIn(header: string | string[] | undefined): string | null {
  const country = typeof header === 'string' ? header.trim().toUpperCase() : null;
  return isCountry(country) && country !== 'XX' && country !== 'ZZ' ? country : null;
}

const checked = new WeakMap<Socket, boolean>();

/** Asked once per connection: a peer does not change its address. */
function isTrusted(socket: Socket, proxies: BlockList): boolean {
  let trusted = checked.get(socket);
  if (trusted === undefined) {
    const address = socket.remoteAddress?.replace(/^::ffff:(?=\d)/, '') ?? '';
    trusted = address !== '' && proxies.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
    checked.set(socket, trusted);
  }
  return trusted;
}

/** The body, or null as soon as it is longer than allowed. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return null;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
