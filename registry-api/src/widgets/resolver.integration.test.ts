import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../storage/storage';
import { stores } from '../testing/stores';
import { createWidgetLifecycle } from './lifecycle';
import { openWidgetStore } from './module';
import { createResolver, type Resolver } from './resolver';
import type { WidgetStore } from './store';
import { createVersionContents } from './version-content';
import type { VersionContent, WidgetRecord } from './widget';

const content: VersionContent = {
  name: 'notes',
  version: '1.0.0',
  digest: 'd',
  manifest: { name: 'notes', title: 'Notes', description: 'x', publisher: 'platform', expose: './widget' },
  files: [
    { path: 'dist/remoteEntry.mjs', integrity: 'sha384-a', bytes: 1, encodings: [] },
    { path: 'dist/chunk.js', integrity: 'sha384-b', bytes: 1, encodings: [] },
    { path: 'dist/mf-manifest.json', integrity: 'sha384-c', bytes: 1, encodings: [] },
  ],
};

const notes: WidgetRecord = {
  name: 'notes',
  owner: 'platform',
  revision: 1,
  versions: [{ version: '1.0.0', digest: 'd', publishedAt: '', publishedBy: '', bytes: 3, deprecated: null, yanked: null }],
  channels: {},
  listing: {
    listed: true,
    version: '1.0.0',
    title: 'Notes',
    description: 'x',
    publisher: 'platform',
    categories: [],
    icon: null,
    screenshots: [],
    size: null,
    deprecated: false,
  },
};

const by = { team: 'platform', asking: { actor: 'token:t', from: null, requestId: 'r' } };

describe.each(stores())('resolver on $name', ({ open }) => {
  let storage: Storage;
  let store: WidgetStore;
  let counts: Record<string, number>;
  beforeEach(async () => {
    storage = await open();
    store = await openWidgetStore(storage);
    counts = {};
    await store.putContent(content);
    await store.commit(notes, []);
  });
  afterEach(() => storage.close());

  const replica = (): Resolver =>
    createResolver({
      store,
      contents: createVersionContents(store),
      count: (code) => {
        counts[code] = (counts[code] ?? 0) + 1;
      },
    });
  const outcome = async (resolver: Resolver, ...specs: string[]) =>
    (await resolver.resolve(specs)).map((item) => ('error' in item ? item.error.code : item.version));

  it('gives the hash of every script, and of nothing else', async () => {
    expect(await replica().resolve(['notes@latest'])).toMatchObject([
      { version: '1.0.0', integrity: { 'dist/remoteEntry.mjs': 'sha384-a', 'dist/chunk.js': 'sha384-b' } },
    ]);
  });

  it('never answers with what another replica has changed', async () => {
    const [here, there] = [
      replica(),
      createWidgetLifecycle({
        store,
        contents: createVersionContents(store),
        clock: () => 0,
        openDashboards: async () => [],
        wakeRelay: () => {},
      }),
    ];
    expect(await outcome(here, 'notes@stable', 'notes@latest')).toEqual(['version_unknown', '1.0.0']);
    await there.promote('notes', 'stable', '1.0.0', by);
    expect(await outcome(here, 'notes@stable')).toEqual(['1.0.0']);
    await there.yank('notes', '1.0.0', 'broken', by);
    expect(await outcome(here, 'notes@stable', 'notes@latest', 'notes@1.0.0')).toEqual([
      'version_yanked',
      'version_yanked',
      'version_yanked',
    ]);
  });

  it('knows a widget that came after it was asked for', async () => {
    const resolver = replica();
    expect(await outcome(resolver, 'usage@latest')).toEqual(['widget_unknown']);
    await store.putContent({ ...content, name: 'usage' });
    await store.commit({ ...notes, name: 'usage' }, []);
    expect(await outcome(resolver, 'usage@latest', 'notes@latest', 'nonsense')).toEqual(['1.0.0', '1.0.0', 'spec_invalid']);
    expect(counts).toEqual({ widget_unknown: 1, ok: 2, spec_invalid: 1 });
  });

  it('loses no change of two who write at once', async () => {
    const writers = ['a', 'b', 'c', 'd'].map(() =>
      createWidgetLifecycle({
        store,
        contents: createVersionContents(store),
        clock: () => 0,
        openDashboards: async () => [],
        wakeRelay: () => {},
      }),
    );
    await Promise.all(writers.map((changes, index) => changes.promote('notes', `channel-${'abcd'[index]}`, '1.0.0', by)));
    const specs = [...'abcd'].map((letter) => `notes@channel-${letter}`);
    expect(await outcome(replica(), ...specs)).toEqual(['1.0.0', '1.0.0', '1.0.0', '1.0.0']);
  });
});
