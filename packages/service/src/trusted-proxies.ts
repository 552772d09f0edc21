/** Which peers are proxies of ours, and where a request that came through them comes from. */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6, type Socket } from 'node:net';
import { canonicalAddress } from './address';

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4');

interface Peer {
  /** As `canonicalAddress` spells it, or as it is. */
  address: string;
  trusted: boolean;
}

export class TrustedProxies {
  readonly #list = new BlockList();
  /** A peer does not change its address: looked at once per connection. */
  readonly #peers = new WeakMap<Socket, Peer>();

  /** Addresses and subnets such as `10.0.0.0/8`. Throws with the entry that is neither. */
  constructor(entries: readonly string[]) {
    for (const entry of entries) {
      const [address = '', prefix, ...rest] = entry.split('/');
      const family = familyOf(address);
      const bits = prefix === undefined ? (family === 'ipv6' ? 128 : 32) : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
      try {
        if (rest.length > 0) throw new RangeError(entry);
        this.#list.addSubnet(address, bits, family);
      } catch {
        throw new Error(`"${entry}" is no address or subnet such as 10.0.0.0/8`);
      }
    }
  }

  trusts(address: string): boolean {
    const canonical = canonicalAddress(address);
    return canonical !== null && this.#list.check(canonical, familyOf(canonical));
  }

  /** Whether what the peer says of others counts. */
  trustsPeer(request: Pick<IncomingMessage, 'socket'>): boolean {
    return this.#peerOf(request).trusted;
  }

  #peerOf({ socket }: Pick<IncomingMessage, 'socket'>): Peer {
    let peer = this.#peers.get(socket);
    if (peer === undefined) {
      const { remoteAddress = '' } = socket;
      peer = { address: canonicalAddress(remoteAddress) ?? remoteAddress, trusted: this.trusts(remoteAddress) };
      this.#peers.set(socket, peer);
    }
    return peer;
  }

  /**
   * Where a request comes from, as `canonicalAddress` spells it: the peer; where that is a proxy of ours, whom X-Forwarded-For says that it
   * came from. That is read from its end, each trusted proxy vouching for the entry before its own: what stands before the first entry that
   * is no proxy of ours was written by anybody. An entry that is no address ends the reading as well.
   */
  clientOf(request: Pick<IncomingMessage, 'headers' | 'socket'>): string {
    const peer = this.#peerOf(request);
    let client = peer.address;
    if (!peer.trusted) return client;
    const entries = String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .filter((entry) => entry.trim() !== '');
    for (const entry of entries.reverse()) {
      const before = canonicalAddress(entry);
      if (before === null) return client;
      client = before;
      if (!this.trusts(client)) return client;
    }
    return client;
  }
}
