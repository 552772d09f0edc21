/** Settings, and schemas of settings, that were made to take for ever: nobody else waits for them. */
import type { Problem } from '@datamesh/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Storage } from '../storage/storage';
import { person, startTestApi, type TestApi } from '../testing/api';
import { allowedWait, probed } from '../testing/probe';
import { stores } from '../testing/stores';
import { widgetTarball } from '../testing/tarball';
import { openWidgetStore } from '../widgets/module';
import { listingOf, type VersionContent } from '../widgets/widget';

const casey = person('casey');
const evil = `${'a'.repeat(50)}!`;
const panels = Array.from({ length: 200 }, (_, i) => `p${i}`);

describe.each(stores().slice(0, 1))('hostile settings on $name', ({ open }) => {
  let api: TestApi;
  let storage: Storage;
  beforeAll(async () => {
    api = await startTestApi(async () => {
      storage = await open();
      return storage;
    });
  });
  afterAll(() => api.stop());

  /** As a version that was published when anything was accepted. */
  async function publishedBefore(name: string, settings: Record<string, unknown>): Promise<void> {
    const store = await openWidgetStore(storage);
    const manifest: VersionContent['manifest'] = { name, title: name, description: 'x', publisher: 'old', expose: './widget', settings };
    await store.putContent({ name, version: '1.0.0', digest: 'd', manifest, files: [] });
    const version = { version: '1.0.0', digest: 'd', bytes: 1, publishedAt: '', publishedBy: 'token:x', deprecated: null, yanked: null };
    const made = { versions: [version], channels: {} };
    await store.commit({ ...made, name, owner: 'old', revision: 1, listing: listingOf(made, manifest, '1.0.0') }, []);
  }

  const publish = (name: string, settings: unknown) => api.publish(name, '1.0.0', widgetTarball({ name, manifest: { settings } }));

  async function layoutOf(widget: string): Promise<string> {
    const content = {
      title: 'Hostile',
      tree: {
        type: 'row',
        children: [panels.slice(0, 100), panels.slice(100)].map((some) => ({
          size: 0.5,
          node: { type: 'stack', active: 0, panels: some },
        })),
      },
      panels: Object.fromEntries(panels.map((id) => [id, { widget: `${widget}@latest` }])),
    };
    const answer = await api.call('/api/v1/layouts', { as: casey, method: 'POST', body: content });
    expect(answer.status).toBe(201);
    return ((await answer.json()) as { id: string }).id;
  }

  const setAll = async (layout: string, settings: Record<string, unknown>) => {
    const body = { panels: Object.fromEntries(panels.map((id) => [id, { settings }])) };
    return probed(
      () => api.call(`/api/v1/layouts/${layout}/mine`, { as: casey, method: 'PUT', body }),
      () => api.call('/healthz'),
    );
  };

  const code = (pattern: string) => ({ type: 'object', properties: { code: { type: 'string', pattern } } });

  it('answers two hundred panels with a pattern that other engines never finish', async () => {
    expect((await publish('linear-widget', code('^(a+)+$'))).status).toBe(201);
    const layout = await layoutOf('linear-widget');
    const { result, longest, machine } = await setAll(layout, { code: evil });
    const problem = (await result.json()) as Problem;
    expect([result.status, problem.code, problem.errors?.length]).toEqual([422, 'settings_invalid', 200]);
    expect(longest).toBeLessThan(allowedWait(machine));
    expect((await setAll(layout, { code: 'aaa' })).result.status).toBe(200);
  });

  it('has one budget for all panels of a request', async () => {
    expect((await publish('costly-widget', code('^(a?){300}$'))).status).toBe(201);
    const layout = await layoutOf('costly-widget');
    const { result, longest, machine } = await setAll(layout, { code: 'a'.repeat(2000) });
    expect([result.status, ((await result.json()) as Problem).detail]).toEqual([422, expect.stringContaining('takes too long')]);
    expect(longest).toBeLessThan(allowedWait(machine));
  });

  const doubling = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`d${i}`, { allOf: [{ $ref: `#/$defs/d${i + 1}` }, { $ref: `#/$defs/d${i + 1}` }] }]),
  );
  const hostile: [string, Record<string, unknown>][] = [
    ['a look-ahead that goes back for ever', code('^(?=(a+)+$).*$')],
    ['a reference to a group', code('^(a+)+\\1$')],
    ['a circle', { type: 'object', properties: { code: { $ref: '#/properties/code' } } }],
    ['a doubling', { type: 'object', properties: { code: { $ref: '#/$defs/d0' } }, $defs: { ...doubling, d40: {} } }],
  ];

  it.each(hostile)('refuses to publish %s, at once', async (_what, settings) => {
    const { result, longest, machine } = await probed(
      () => publish('refused-widget', settings),
      () => api.call('/healthz'),
    );
    expect([result.status, ((await result.json()) as Problem).code]).toEqual([422, 'settings_invalid']);
    expect(longest).toBeLessThan(allowedWait(machine));
  });

  it.each(hostile)('does not wait for %s that was published before', async (what, settings) => {
    const name = `old-widget-${hostile.findIndex(([one]) => one === what)}`;
    await publishedBefore(name, settings);
    const layout = await layoutOf(name);
    const { result, longest, machine } = await setAll(layout, { code: evil });
    expect(result.status).toBe(200);
    expect(longest).toBeLessThan(allowedWait(machine));
  });
});
