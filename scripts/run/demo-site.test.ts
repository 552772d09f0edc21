import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyFileOf, readDemoKey, sitesWithDemo } from './demo-site.ts';
import { servicesOf } from './settings.ts';

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'demo-site-'));
});
afterEach(() => rm(data, { recursive: true }));

describe('the demo site', () => {
  it('has a key that is made once, for this user only, and that the tracker knows by its digest', async () => {
    const sites = await sitesWithDemo({ data, publicUrl: 'http://localhost:4000' });
    const known = await readDemoKey(data);
    const digest = createHash('sha256').update(String(known?.key)).digest('hex');
    expect(sites.map(({ id, keys }) => [id, keys])).toEqual([
      ['dashboard', undefined],
      ['demo', [digest]],
    ]);
    expect(JSON.stringify(sites)).not.toContain(known?.key);
    expect((await stat(keyFileOf(data))).mode & 0o777).toBe(0o600);
    expect(await sitesWithDemo({ data, publicUrl: 'http://localhost:4000' })).toEqual(sites);
  });

  it('keeps the key when the system moves, and tells the new address', async () => {
    await sitesWithDemo({ data, publicUrl: 'http://localhost:4000' });
    const before = await readDemoKey(data);
    await sitesWithDemo({ data, publicUrl: 'http://localhost:5000' });
    expect(await readDemoKey(data)).toEqual({ ...before, url: 'http://localhost:5000' });
  });

  it('says what to do about a file that holds no key', async () => {
    expect(await readDemoKey(data)).toBeUndefined();
    for (const text of ['', '{}', '{"key":"dmk_short"}']) {
      await writeFile(keyFileOf(data), text);
      await expect(readDemoKey(data)).rejects.toThrow(/Delete it and start again/);
      expect(await readFile(keyFileOf(data), 'utf8')).toBe(text);
    }
  });

  it('gives way to SITES of whoever starts the system', async () => {
    const settings = {
      ports: { host: 1, registry: 2, tracker: 3 },
      data,
      publicUrl: 'http://localhost:1',
      registryUrl: '',
      issuer: undefined,
      bootstrapFile: '',
    };
    const sites = await sitesWithDemo(settings);
    const environment = (env: Record<string, string>) =>
      servicesOf({ ...settings, sites }, env).find(({ name }) => name === 'tracker')?.env;
    expect(JSON.parse(String(environment({})?.['SITES']))).toEqual(sites);
    expect(environment({ SITES: '[]' })).not.toHaveProperty('SITES');
  });
});
