import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, it } from 'vitest';
import { TrustedProxies } from './trusted-proxies';

type Request = Parameters<TrustedProxies['clientOf']>[0];
const from = (remoteAddress: string | undefined, forwarded?: string, trusted = '10.0.0.0/8,::1/128'): string => {
  const headers: IncomingHttpHeaders = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return new TrustedProxies(trusted.split(',').filter(Boolean)).clientOf({ headers, socket: { remoteAddress } } as Request);
};

describe('where a request comes from', () => {
  it('is the peer, whatever it says of others', () => {
    expect(from('203.0.113.9', '6.6.6.6')).toBe('203.0.113.9');
    expect(from('10.0.0.1', '6.6.6.6', '')).toBe('10.0.0.1');
    expect(from('::ffff:203.0.113.9')).toBe('203.0.113.9');
    expect(from('fe80::1%eth0')).toBe('fe80::1');
    expect(from(undefined)).toBe('');
  });

  it('is what a trusted peer saw itself, never what that was told', () => {
    expect(from('10.0.0.1', '6.6.6.6, 203.0.113.9')).toBe('203.0.113.9');
    expect(from('::ffff:10.0.0.1', '2001:db8::1')).toBe('2001:db8::1');
    expect(from('10.0.0.1')).toBe('10.0.0.1');
  });

  it('is read through a row of proxies of ours, and no further', () => {
    expect(from('10.0.0.1', '6.6.6.6, 203.0.113.9, 10.0.0.3, 10.0.0.2')).toBe('203.0.113.9');
    expect(from('::1', '10.0.0.3, 10.0.0.2')).toBe('10.0.0.3');
    expect(from('10.0.0.1', '6.6.6.6, unknown, 10.0.0.2')).toBe('10.0.0.2');
  });

  it.each([
    ['198.51.100.7:50001', '198.51.100.7'],
    ['[2001:DB8:0::5]:443', '2001:db8::5'],
    ['garbage, ::ffff:203.0.113.9', '203.0.113.9'],
    ['fe80::1%eth0', 'fe80::1'],
    ['203.0.113.9, ', '203.0.113.9'],
    ['unknown', '::1'],
    ['', '::1'],
  ])('X-Forwarded-For: %s', (forwarded, client) => {
    expect(from('::1', forwarded)).toBe(client);
  });

  it('is told by addresses and subnets only', () => {
    for (const wrong of ['proxy.internal', '10.0.0.0/64', '10.0.0.0/x', '10.0.0.0/', '10.0.0.0/8/8', '10.0.0.1:80', '*'])
      expect(() => new TrustedProxies(['10.0.0.0/8', wrong]), wrong).toThrow(`"${wrong}" is no address or subnet`);
  });

  it('knows a proxy by whatever spelling', () => {
    const proxies = new TrustedProxies(['2001:db8::/32', '10.0.0.7']);
    for (const address of ['2001:DB8::1', '::ffff:10.0.0.7', '10.0.0.7']) expect(proxies.trusts(address), address).toBe(true);
    for (const address of ['2001:db9::1', '10.0.0.8', '', 'unknown']) expect(proxies.trusts(address), address).toBe(false);
  });
});
