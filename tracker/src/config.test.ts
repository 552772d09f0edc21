import { describe, expect, it } from 'vitest';
import { readConfig } from './config';

describe('config', () => {
  it('needs nothing', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ host: '127.0.0.1', port: 4200, publicUrl: 'http://localhost:4000', spool: true });
    expect([...config.sites.values()]).toEqual([
      { id: 'dashboard', title: 'Dashboard', identity: 'account', origins: ['http://localhost:4000'], departments: ['*'] },
    ]);
    expect(config.trustedProxies.check('127.0.0.1')).toBe(true);
    expect(config.trustedProxies.check('10.0.0.1')).toBe(false);
  });

  it.each([
    ['PORT', '99999'],
    ['PUBLIC_URL', 'localhost:4000'],
    ['SPOOL', 'maybe'],
    ['SPOOL_MAX_BYTES', '1'],
    ['TRUSTED_PROXIES', 'everyone'],
    ['SITES', 'nowhere.json'],
    ['SITES', '[{"id":'],
    ['SITES', '[{"id":"shop"}]'],
    ['SITES', '[{"id":"shop","origins":["https://shop.test/path"]}]'],
    ['SITES', '[{"id":"shop","origins":[],"identity":"cookie"}]'],
    ['SITES', '[{"id":"shop","origins":[],"departement":["sales"]}]'],
    ['SITES', '[{"id":"shop","origins":[]},{"id":"shop","origins":[]}]'],
  ])('a wrong %s (%s) is refused by name', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(name);
  });
});
