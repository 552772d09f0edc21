/** For tests: writes a small .mmdb file, as its specification says (binary tree, data section, metadata), with 24-bit records. */
import { isIPv4 } from 'node:net';

type Value = string | number | { [key: string]: Value };

/** `networks` are IPv4, or IPv6 in full with all eight groups; the file knows IPv6 unless it is told otherwise. */
export function mmdb(networks: Record<string, Value>, ipVersion: 4 | 6 = 6): Buffer {
  const data: Buffer[] = [];
  let dataLength = 0;
  const nodes: [Branch, Branch][] = [[null, null]];
  for (const [network, value] of Object.entries(networks)) {
    const at = dataLength;
    const bytes = encode(value);
    data.push(bytes);
    dataLength += bytes.length;
    insert(nodes, bitsOf(network, ipVersion), at);
  }
  const tree = Buffer.alloc(nodes.length * 6);
  for (const [index, node] of nodes.entries())
    for (const side of [0, 1] as const) {
      const branch = node[side];
      const record = branch === null ? nodes.length : 'node' in branch ? branch.node : nodes.length + 16 + branch.data;
      tree.writeUIntBE(record, index * 6 + side * 3, 3);
    }
  const metadata = encode({
    node_count: nodes.length,
    record_size: 24,
    ip_version: ipVersion,
    database_type: 'Test-Country',
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_700_000_000,
    description: { en: 'for tests' },
  });
  return Buffer.concat([tree, Buffer.alloc(16), ...data, Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1'), metadata]);
}

type Branch = { node: number } | { data: number } | null;

function insert(nodes: [Branch, Branch][], bits: number[], data: number): void {
  let node = 0;
  for (const [index, bit] of bits.entries()) {
    const here = nodes[node];
    if (!here) throw new Error('a branch leads to no node');
    const side = bit === 0 ? 0 : 1;
    if (index === bits.length - 1) {
      here[side] = { data };
      return;
    }
    let next = here[side];
    if (next === null) {
      next = { node: nodes.length };
      nodes.push([null, null]);
      here[side] = next;
    }
    if (!('node' in next)) throw new Error('a network inside another one');
    node = next.node;
  }
}

/** An IPv4 network stands at ::/96 of a file for IPv6. */
function bitsOf(network: string, ipVersion: 4 | 6): number[] {
  const [address = '', prefix] = network.split('/');
  const v4 = isIPv4(address);
  const bits = v4
    ? address.split('.').flatMap((part) => binary(Number(part), 8))
    : address.split(':').flatMap((part) => binary(Number.parseInt(part, 16), 16));
  const lead = v4 && ipVersion === 6 ? Array.from({ length: 96 }, () => 0) : [];
  return [...lead, ...bits.slice(0, Number(prefix))];
}

const binary = (value: number, width: number): number[] => [...value.toString(2).padStart(width, '0')].map(Number);

function encode(value: Value): Buffer {
  if (typeof value === 'string') {
    const text = Buffer.from(value);
    if (text.length > 28) throw new Error('a text of this test is at most 28 bytes long');
    return Buffer.concat([Buffer.from([(2 << 5) | text.length]), text]);
  }
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([Buffer.from([(6 << 5) | 4]), bytes]);
  }
  const entries = Object.entries(value);
  return Buffer.concat([Buffer.from([(7 << 5) | entries.length]), ...entries.flatMap(([key, inner]) => [encode(key), encode(inner)])]);
}
