import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { from, told } from '../testing/identity';
import { mmdb } from '../testing/mmdb';
import { Countries } from './countries';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countries-'));
});
afterAll(() => rm(folder, { recursive: true }));

const raise = (error: unknown): never => {
  throw error;
};

async function open(file: Buffer): Promise<Countries> {
  const path = join(folder, 'test.mmdb');
  await writeFile(path, file);
  return Countries.open(path, raise);
}

const country = (iso: string) => ({ country: { iso_code: iso, names: { en: 'somewhere' } } });
const of = (countries: Countries, ip: string) => countries.of(from(0, ip), null);

describe('countries', () => {
  it('are what the database says of an address', async () => {
    const countries = await open(
      mmdb({ '203.0.113.0/24': country('DE'), '198.51.100.128/25': country('FR'), '2001:db8:0:0:0:0:0:0/32': country('JP') }),
    );
    for (let again = 0; again < 2; again++) {
      expect(of(countries, '203.0.113.7')).toBe('DE');
      expect(of(countries, '::ffff:203.0.113.7')).toBe('DE');
      expect(of(countries, '198.51.100.127')).toBeNull();
      expect(of(countries, '198.51.100.128')).toBe('FR');
      expect(of(countries, '2001:db8::1')).toBe('JP');
      expect(of(countries, '2001:db9::1')).toBeNull();
      expect(of(countries, '127.0.0.1')).toBeNull();
    }
    for (const none of ['', 'unknown', '300.1.1.1', '203.0.113']) expect(of(countries, none)).toBeNull();
  });

  it('are read as other makers write them, and only when they are countries', async () => {
    const countries = await open(
      mmdb({
        '10.0.0.0/16': { country: 'DE' },
        '10.1.0.0/16': { country_code: 'FR', country: 'France' },
        '10.2.0.0/16': { country: 'Europe' },
      }),
    );
    expect(['10.0.0.1', '10.1.0.1', '10.2.0.1'].map((ip) => of(countries, ip))).toEqual(['DE', 'FR', null]);
  });

  it('of IPv6 addresses are not looked up in a file that knows IPv4 only', async () => {
    const countries = await open(mmdb({ '32.1.0.0/16': country('US') }, 4));
    expect(of(countries, '32.1.13.184')).toBe('US');
    expect(of(countries, '2001:db8::1')).toBeNull(); // begins with the bytes 32.1
  });

  it('are the proxy’s before the database’s, and a trusted sender’s before both', async () => {
    const countries = await open(mmdb({ '203.0.113.0/24': country('DE') }));
    const request = { ...from(0), country: 'FR' };
    expect(countries.of(request, null)).toBe('FR');
    expect(countries.of(request, told({ country: 'JP', ip: '203.0.113.7' }))).toBe('JP');
    expect(countries.of(request, told({ ip: '203.0.113.7' }))).toBe('DE');
    // Where the sender itself stands says nothing about the visitor.
    expect(countries.of(request, told({ visitor: 'alex' }))).toBeNull();
  });

  it('are nobody’s without a database', () => {
    expect(of(Countries.open(null, raise), '203.0.113.7')).toBeNull();
  });

  it('of a file that cannot be read end the start with one line', async () => {
    await expect(open(Buffer.from('not a database'))).rejects.toThrow(
      /^COUNTRY_DATABASE must be an \.mmdb file; .*test\.mmdb cannot be read as one: [^\n]*$/,
    );
    await expect(open(Buffer.alloc(0))).rejects.toThrow(/^COUNTRY_DATABASE must be /);
    expect(() => Countries.open(folder, raise)).toThrow(/^COUNTRY_DATABASE must be .*EISDIR[^\n]*$/);
  });

  it('of a damaged record are none, and reported', async () => {
    const file = mmdb({ '203.0.113.0/24': country('DE') });
    const tree = file.indexOf('country') - 1;
    file[tree] = 0; // an extended type that does not exist
    file[tree + 1] = 0;
    await writeFile(join(folder, 'damaged.mmdb'), file);
    const reported: unknown[] = [];
    const countries = Countries.open(join(folder, 'damaged.mmdb'), (error) => reported.push(error));
    expect(of(countries, '203.0.113.7')).toBeNull();
    expect(reported).toHaveLength(1);
  });
});
