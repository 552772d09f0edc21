/** By which names a service lets itself be called. A web page can make its own name lead to any address (DNS rebinding). */
import { isIP } from 'node:net';

const LOOPBACK = /^(.+\.)?localhost$/;

/** How many Host headers there are: Node itself keeps the first and says nothing. */
export function hostHeaders(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === 'host') count++;
  }
  return count;
}

/** The name or address in a Host header, without port and brackets. */
export const nameIn = (host: string): string =>
  host
    .toLowerCase()
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1');

/**
 * Whether a service may be called so: by an address, which no rebound name can be; as localhost; by the host of the public address, under
 * which the edge passes requests on; or by one of `names`.
 */
export function ownHosts(publicUrl: URL, names: readonly string[]): (host: string | undefined) => boolean {
  const known = new Set(names.map((name) => name.toLowerCase()));
  const isOwn = (host: string): boolean => {
    const name = nameIn(host);
    return isIP(name) !== 0 || LOOPBACK.test(name) || host.toLowerCase() === publicUrl.host || known.has(name);
  };
  // Nearly all requests come by one name.
  let latest = { host: '', own: isOwn('') };
  return (host = '') => {
    if (host !== latest.host) latest = { host, own: isOwn(host) };
    return latest.own;
  };
}
