import { ConfigError } from '@datamesh/service';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config';

describe('configuration of the edge', () => {
  it('needs nothing', () => {
    const { publicUrl, sources, ...config } = readConfig({});
    expect(config).toMatchObject({ host: '127.0.0.1', port: 4000, metricsPort: null, logLevel: 'info' });
    expect(publicUrl.href).toBe('http://localhost:4000/');
    expect([...sources.keys()]).toEqual(['markets', 'operations']);
  });

  it('takes an empty variable for one that is not set', () => {
    const names = ['HOST', 'PORT', 'METRICS_PORT', 'PUBLIC_URL', 'TRUSTED_PROXIES', 'REGISTRY_URL', 'TRACKER_URL', 'DATA_SOURCES'];
    const empty = Object.fromEntries([...names, 'LOG_LEVEL'].map((name) => [name, '']));
    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  it.each([
    ['PORT', 'http'],
    ['METRICS_PORT', '70000'],
    ['PUBLIC_URL', 'http://localhost:4000/app'],
    ['PUBLIC_URL', 'localhost'],
    ['TRUSTED_PROXIES', 'everyone'],
    ['REGISTRY_URL', 'registry:4100'],
    ['DATA_SOURCES', 'nowhere.json'],
    ['DATA_SOURCES', '{"a"'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%s by name', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} must be `));
  });
});
