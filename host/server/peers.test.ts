import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, it } from 'vitest';
import { addressOf, parsePeers } from './peers';

const from = (remoteAddress: string, headers: IncomingHttpHeaders, trusted = '10.0.0.0/8,::1/128'): string =>
  addressOf({ headers, socket: { remoteAddress } } as Parameters<typeof addressOf>[0], parsePeers(trusted));

describe('where a request comes from', () => {
  it('is the peer, whatever it says of others', () => {
    expect(from('203.0.113.9', { 'x-forwarded-for': '6.6.6.6' })).toBe('203.0.113.9');
    expect(from('10.0.0.1', { 'x-forwarded-for': '6.6.6.6' }, '')).toBe('10.0.0.1');
  });

  it('is what a trusted peer saw itself, never what that was told', () => {
    expect(from('10.0.0.1', { 'x-forwarded-for': '6.6.6.6, 203.0.113.9' })).toBe('203.0.113.9');
    expect(from('::ffff:10.0.0.1', { 'x-forwarded-for': '2001:db8::1' })).toBe('2001:db8::1');
    expect(from('::1', { 'x-forwarded-for': 'unknown' })).toBe('::1');
    expect(from('10.0.0.1', {})).toBe('10.0.0.1');
  });

  it('is told by addresses and subnets only', () => {
    expect(() => parsePeers('10.0.0.0/8, proxy.internal')).toThrow('"proxy.internal" is no address');
    expect(() => parsePeers('10.0.0.0/64')).toThrow('"10.0.0.0/64"');
  });
});
