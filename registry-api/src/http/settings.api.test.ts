import type { ServiceSettings } from '@datamesh/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config';
import { person, startTestApi, type TestApi } from '../testing/api';
import { stores } from '../testing/stores';

describe.each(stores().slice(0, 1))('the settings over HTTP', ({ open }) => {
  let api: TestApi;
  beforeAll(async () => {
    const { settings } = readConfig({
      DATAMESH_DEV_ISSUER: '1',
      MONGO_URL: 'mongodb://me:hush@db/registry',
      CLAIM_GROUPS: '{"claim":"groups","groups":{"hush":{"roles":["admin"]}}}',
      LIMIT_WRITES: '90',
    });
    api = await startTestApi(open, { settings });
  });
  afterAll(() => api.stop());

  it('are told to admins as they are, of secrets and JSON only whether they are set', async () => {
    const text = await (await api.call('/api/v1/settings', { as: person('dana', ['admin']) })).text();
    const { service, items } = JSON.parse(text) as ServiceSettings;
    expect(service).toBe('registry-api');
    const of = (name: string) => items.find((one) => one.name === name);
    expect(of('LIMIT_WRITES')).toMatchObject({ isSet: true, value: '90', default: '600', unit: 'a minute' });
    expect(of('BLOBS')).toMatchObject({ isSet: false, value: 'gridfs', default: 'gridfs' });
    expect(of('UPLOAD_SECONDS')).toMatchObject({ isSet: false, value: '120', unit: 'seconds' });
    for (const name of ['MONGO_URL', 'CLAIM_GROUPS']) expect(of(name)).toMatchObject({ isSet: true, hidden: true, value: null });
    expect(of('WORKLOAD_ISSUERS')).toMatchObject({ isSet: false, hidden: true, value: null });
    expect(text).not.toContain('hush');
  });
});
