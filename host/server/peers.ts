/** Who a request really comes from, where the edge stands behind a proxy of ours. */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** `10.0.0.0/8,::1/128`, or nothing for none. Throws with the entry that is no address. */
export function parsePeers(text: string): BlockList {
  const peers = new BlockList();
  for (const entry of text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)) {
    const [address = '', prefix] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    try {
      peers.addSubnet(address, prefix === undefined ? (family === 'ipv6' ? 128 : 32) : Number(prefix), family);
    } catch {
      throw new Error(`"${entry}" is no address or subnet such as 10.0.0.0/8`);
    }
  }
  return peers;
}

/** The peer; behind a trusted one, what it says of its own peer: the last entry, as everything before came from outside. */
export function addressOf(request: Pick<IncomingMessage, 'headers' | 'socket'>, trusted: BlockList): string {
  const peer = request.socket.remoteAddress ?? '';
  const bare = peer.replace(/^::ffff:(?=\d)/, '');
  if (isIP(bare) === 0 || !trusted.check(bare, isIP(bare) === 6 ? 'ipv6' : 'ipv4')) return peer;
  const last = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  return last && isIP(last) !== 0 ? last : peer;
}
