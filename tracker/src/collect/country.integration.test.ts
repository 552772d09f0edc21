import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { mmdb } from '../testing/mmdb';
import { BROWSER, eventsIn, KEY, startTestTracker } from '../testing/tracker';
import { uuidv7 } from './uuid';

const NO_REGISTRY = 'http://127.0.0.1:1';

describe('the country of a visit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'country-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is the proxy’s word or the database’s, and nobody else’s', async () => {
    const file = join(folder, 'countries.mmdb');
    await writeFile(file, mmdb({ '203.0.113.0/24': { country: { iso_code: 'DE' } } }));
    let tracker = await startTestTracker(NO_REGISTRY, { env: { COUNTRY_DATABASE: file, COUNTRY_HEADER: 'CF-IPCountry' } });
    const countryOf = async (headers: Record<string, string>, query: Record<string, string> = {}): Promise<string | null> => {
      const id = uuidv7(Date.now());
      const pixel = `${tracker.url}/t/pixel.gif?${new URLSearchParams({ site: 'shop', id, ...query })}`;
      const response = await fetch(pixel, { headers: { 'user-agent': BROWSER, ...headers } });
      expect(response.headers.get('datamesh-event')).toBe('stored');
      return (await eventsIn(tracker.folder)).find(({ event_id }) => event_id === id)?.country ?? null;
    };
    expect(await countryOf({ 'cf-ipcountry': 'FR', 'x-forwarded-for': '203.0.113.7' })).toBe('FR');
    expect(await countryOf({ 'x-forwarded-for': '203.0.113.7' })).toBe('DE');
    for (const none of ['XX', 'T1', 'Germany']) expect(await countryOf({ 'cf-ipcountry': none })).toBeNull();
    expect(await countryOf({ 'x-forwarded-for': '198.51.100.1' })).toBeNull();
    const authorization = `Bearer ${KEY}`;
    expect(await countryOf({ authorization, 'cf-ipcountry': 'FR' }, { visitor: 'a', ip: '203.0.113.9' })).toBe('DE');
    expect(await countryOf({ authorization, 'cf-ipcountry': 'FR' }, { visitor: 'a' })).toBeNull();
    await tracker.remove();

    tracker = await startTestTracker(NO_REGISTRY, {
      env: { COUNTRY_DATABASE: file, COUNTRY_HEADER: 'cf-ipcountry', TRUSTED_PROXIES: '10.0.0.0/8' },
    });
    expect(await countryOf({ 'cf-ipcountry': 'FR', 'x-forwarded-for': '203.0.113.7' })).toBeNull();
    await tracker.remove();
  });

  it('of a file that is none ends the start with what is wrong', async () => {
    const file = join(folder, 'none.mmdb');
    await writeFile(file, 'nothing');
    await expect(startTestTracker(NO_REGISTRY, { env: { COUNTRY_DATABASE: file } })).rejects.toThrow(
      `COUNTRY_DATABASE must be an .mmdb file; ${file} cannot be read as one`,
    );
    await expect(startTestTracker(NO_REGISTRY, { env: { COUNTRY_DATABASE: join(folder, 'absent') } })).rejects.toThrow('COUNTRY_DATABASE');
  });
});
