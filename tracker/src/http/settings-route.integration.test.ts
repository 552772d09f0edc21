import type { ServiceSettings } from '@datamesh/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startRegistry, startTestTracker, type TestRegistry, type TestTracker } from '../testing/tracker';

let registry: TestRegistry;
let tracker: TestTracker;
beforeAll(async () => {
  registry = await startRegistry();
  tracker = await startTestTracker(registry.url, { env: { DUCKDB_MEMORY: '512MB' } });
});
afterAll(async () => {
  await tracker.remove();
  registry.close();
});

it('tells admins what the tracker was started with, of JSON only whether it is set', async () => {
  const token = await registry.token({ roles: ['admin'], departments: [] });
  const response = await fetch(`${tracker.url}/api/tracker/v1/settings`, { headers: { authorization: `Bearer ${token}` } });
  const text = await response.text();
  const { service, items } = JSON.parse(text) as ServiceSettings;
  expect(service).toBe('tracker');
  const of = (name: string) => items.find((one) => one.name === name);
  expect(of('DUCKDB_MEMORY')).toMatchObject({ isSet: true, value: '512MB', default: '1GB' });
  expect(of('SPOOL_MAX_BYTES')).toMatchObject({ isSet: false, value: '1073741824', unit: 'bytes' });
  expect(of('SITES')).toEqual({ name: 'SITES', isSet: true, value: null, default: null, unit: null, hidden: true });
  expect(text).not.toContain('dmk_');
});
