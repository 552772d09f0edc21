/** What the steps need of an HTTP request, and nothing else of it. */
import type { IncomingMessage } from 'node:http';
import type { TrustedProxies } from '@datamesh/service';
import type { RequestContext } from '../events/event';
import { keyDigest } from '../sites/keys';
import { isCountry } from './countries';

export interface Proxies {
  /** Peers whose word counts on where a request came from. */
  trustedProxies: TrustedProxies;
  /** In which of their headers the country stands. */
  countryHeader: string | null;
}

export function requestContext(request: IncomingMessage, receivedAt: number, proxies: Proxies): RequestContext {
  const { headers } = request;
  const trusted = proxies.trustedProxies.trustsPeer(request);
  const referer = headers.referer ?? null;
  return {
    receivedAt,
    ip: proxies.trustedProxies.clientOf(request),
    userAgent: headers['user-agent'] ?? '',
    origin: headers.origin ?? (referer !== null && URL.canParse(referer) ? new URL(referer).origin : null),
    referer,
    optedOut: headers['sec-gpc'] === '1' || headers['dnt'] === '1',
    country: trusted && proxies.countryHeader !== null ? countryIn(headers[proxies.countryHeader]) : null,
    key: keyDigest(headers.authorization),
  };
}

/** Not a country: XX and ZZ (unknown), T1 (Tor), as proxies write them. */
function countryIn(header: string | string[] | undefined): string | null {
  const country = typeof header === 'string' ? header.trim().toUpperCase() : null;
  return isCountry(country) && country !== 'XX' && country !== 'ZZ' ? country : null;
}
