/** IP addresses as the net writes them, and as they are compared. */
import { isIP, isIPv4, SocketAddress } from 'node:net';

const MAPPED = '::ffff:';
/** A port behind an address, as load balancers write it into X-Forwarded-For: `198.51.100.7:50001`, `[::1]:8080`, `[::1]`. */
const BRACKETED = /^\[([^\]]+)\](?::\d{1,5})?$/;
const WITH_PORT = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/;

/**
 * One spelling for one address: without port, brackets, quotes and zone, IPv6 as RFC 5952 writes it, IPv4 within IPv6 as IPv4.
 * null for what is no address.
 */
export function canonicalAddress(text: string): string | null {
  if (isIPv4(text)) return text; // what nearly all of them are
  const bare = text.trim().replace(/^"(.*)"$/, '$1');
  const address = BRACKETED.exec(bare)?.[1] ?? WITH_PORT.exec(bare)?.[1] ?? bare;
  if (isIPv4(address)) return address;
  if (isIP(address) !== 6) return null;
  const { address: canonical } = new SocketAddress({ address: address.replace(/%.*$/, ''), family: 'ipv6' });
  const inner = canonical.startsWith(MAPPED) ? canonical.slice(MAPPED.length) : '';
  return isIPv4(inner) ? inner : canonical;
}

/**
 * What stands for whoever is behind an address: the address itself, of IPv6 its /64, within which a device changes its address as it likes.
 * Of what is only valid on one link (fe80::/10) there is one /64 for everybody: there the address itself. What is no address stays as it is.
 */
export function networkOf(address: string): string {
  const canonical = canonicalAddress(address);
  if (canonical === null) return address;
  if (isIPv4(canonical) || /^fe[89ab]/.test(canonical)) return canonical;
  const [head = '', tail] = canonical.split('::', 2);
  const groups = head.split(':').filter(Boolean);
  const after = tail?.split(':').filter(Boolean) ?? [];
  const zeros: string[] = tail === undefined ? [] : new Array(8 - groups.length - after.length).fill('0');
  const prefix = [...groups, ...zeros, ...after].slice(0, 4);
  return prefix.every((group) => group === '0') ? canonical : `${prefix.join(':')}::/64`;
}
