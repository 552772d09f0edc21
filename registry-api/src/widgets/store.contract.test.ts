import { randomUUID } from 'node:crypto';
import { wordsOf } from '@datamesh/contracts/search-words';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PendingEvent } from '../events/pending';
import { migrateMongo } from '../storage/mongo/schema';
import { openSqlite, type Storage } from '../storage/storage';
import { eventually } from '../testing/api';
import { stores } from '../testing/stores';
import { openWidgetStore } from './module';
import type { WidgetQuery, WidgetStore } from './store';
import type { VersionContent, WidgetRecord } from './widget';

/** A store as a second process would have it: on a connection of its own. */
async function anotherOn(storage: Storage): Promise<{ store: WidgetStore; close(): Promise<void> }> {
  const other =
    storage.kind === 'sqlite' ? openSqlite((storage.database.prepare('PRAGMA database_list').get() as { file: string }).file) : storage;
  return { store: await openWidgetStore(other), close: async () => (other === storage ? undefined : other.close()) };
}

function widget(name: string, listing: Partial<WidgetRecord['listing']> = {}, revision = 1): WidgetRecord {
  return {
    name,
    owner: 'markets-data',
    revision,
    versions: [
      {
        version: '1.0.0',
        digest: 'd',
        publishedAt: '2026-01-01T00:00:00.000Z',
        publishedBy: 'token:t',
        bytes: 1,
        deprecated: null,
        yanked: null,
      },
    ],
    channels: { stable: ['1.0.0'] },
    listing: {
      listed: true,
      version: '1.0.0',
      title: name,
      description: 'A widget.',
      publisher: 'markets-data',
      categories: [],
      icon: null,
      screenshots: [],
      size: null,
      deprecated: false,
      ...listing,
    },
  };
}

const event = (name: string): PendingEvent => ({
  id: randomUUID(),
  type: 'widgets.active-changed',
  at: '2026-01-01T00:00:00.000Z',
  data: { name, channels: { stable: '1.0.0' } },
  audience: { kind: 'all' },
});

const query = (given: Partial<WidgetQuery> = {}): WidgetQuery => ({
  words: [],
  category: null,
  publisher: null,
  after: null,
  limit: 50,
  ...given,
});

describe.each(stores())('widget store on $name', ({ open }) => {
  let storage: Storage;
  let store: WidgetStore;
  beforeEach(async () => {
    storage = await open();
    store = await openWidgetStore(storage);
  });
  afterEach(() => storage.close());

  const names = async (given: Partial<WidgetQuery>) => (await store.list(query(given))).items.map(({ name }) => name);

  it('gives back what was committed, and only to the writer that knew the revision', async () => {
    expect(await store.find('series-chart')).toBeNull();
    expect(await store.commit(widget('series-chart'), [])).toBe(true);
    expect(await store.commit(widget('series-chart', { title: 'Other' }), [])).toBe(false);
    expect(await store.commit(widget('series-chart', { title: 'Second' }, 2), [])).toBe(true);
    expect(await store.commit(widget('series-chart', { title: 'Late' }, 2), [])).toBe(false);
    expect(await store.commit(widget('series-chart', {}, 4), [])).toBe(false);
    expect(await store.find('series-chart')).toEqual(widget('series-chart', { title: 'Second' }, 2));
    expect(await store.revisions(['series-chart', 'nobody'])).toEqual(new Map([['series-chart', 2]]));
  });

  it('removes contents that no record names, and that nobody put since', async () => {
    const content = (digest: string): VersionContent => ({
      name: 'notes',
      version: '1.0.0',
      digest,
      manifest: { name: 'notes', title: 'Notes', description: 'Notes.', publisher: 'markets-data', expose: './widget' },
      files: [],
    });
    const all = async () => {
      const digests: string[] = [];
      for await (const { digest } of store.contents()) digests.push(digest);
      return digests.sort();
    };
    // `d` is what the record names; more than are read at once.
    const many = Array.from({ length: 120 }, (_, index) => `many-${index}`);
    for (const digest of ['d', 'left', 'again', ...many]) await store.putContent(content(digest));
    const then = await store.now();
    const before = await eventually(async () => ((await store.now()) > then ? store.now() : undefined), 'the store’s clock goes on');
    await store.putContent(content('again'));
    await store.putContent(content('young'));
    await store.commit(widget('notes'), []);
    expect(await store.collectContents(0)).toBe(0);
    expect(await all()).toEqual(['again', 'd', 'left', 'young', ...many].sort());
    expect(await store.collectContents(before)).toBe(1 + many.length);
    expect(await all()).toEqual(['again', 'd', 'young']);
    expect(await store.content('notes', '1.0.0', 'd')).toEqual(content('d'));
  });

  it('sees what another process writes at once', async () => {
    const other = await anotherOn(storage);
    expect(await store.revisions(['notes'])).toEqual(new Map());
    await other.store.commit(widget('notes'), []);
    expect(await store.revisions(['notes'])).toEqual(new Map([['notes', 1]]));
    await other.store.commit(widget('notes', {}, 2), []);
    expect(await store.revisions(['notes'])).toEqual(new Map([['notes', 2]]));
    await store.commit(widget('notes', {}, 3), []);
    expect(await store.revisions(['notes'])).toEqual(new Map([['notes', 3]]));
    expect(await other.store.revisions(['notes'])).toEqual(new Map([['notes', 3]]));
    await other.close();
  });

  it('lets one of many win who write at once', async () => {
    const first = await Promise.all(['a', 'b', 'c', 'd'].map((title) => store.commit(widget('notes', { title }), [event('notes')])));
    expect(first.filter(Boolean)).toHaveLength(1);
    const second = await Promise.all(['a', 'b', 'c', 'd'].map((title) => store.commit(widget('notes', { title }, 2), [event('notes')])));
    expect(second.filter(Boolean)).toHaveLength(1);
    // The events of those who lost were never there.
    expect((await store.pending(10)).flatMap(({ items }) => items)).toHaveLength(2);
  });

  it('keeps events until they are cleared, in the order of the writes', async () => {
    const [first, second, third] = [event('notes'), event('notes'), event('notes')];
    await store.commit(widget('notes'), [first]);
    await store.commit(widget('notes', {}, 2), [second]);
    expect(await store.pending(10)).toEqual([{ key: 'notes', items: [first, second] }]);
    await store.commit(widget('notes', {}, 3), [third]);
    await store.clear('notes', [first.id, second.id]);
    expect(await store.pending(10)).toEqual([{ key: 'notes', items: [third] }]);
    await store.clear('notes', [third.id]);
    expect(await store.pending(10)).toEqual([]);
    expect((await store.find('notes'))?.revision).toBe(3);
  });

  it('keeps content by digest and never changes it', async () => {
    const content: VersionContent = {
      name: 'notes',
      version: '1.0.0',
      digest: 'd1',
      // Keys that a document database would rather not have.
      manifest: {
        name: 'notes',
        title: 'Notes',
        description: 'x',
        publisher: 'platform',
        expose: './widget',
        settings: { $ref: '#/$defs/a.b', $defs: { 'a.b': {} } },
      },
      files: [{ path: 'dist/remoteEntry.mjs', integrity: 'sha384-x', bytes: 1, encodings: ['br'] }],
    };
    expect(await store.content('notes', '1.0.0', 'd1')).toBeNull();
    await store.putContent(content);
    await store.putContent({ ...content, files: [] });
    expect(await store.content('notes', '1.0.0', 'd1')).toEqual(content);
    expect(await store.content('notes', '1.0.0', 'd2')).toBeNull();
  });

  it('finds by words, category and publisher, without case and accents', async () => {
    await store.commit(widget('series-chart', { title: 'Préis chart', categories: ['Markets', 'Charts'] }), []);
    await store.commit(widget('data-table', { title: 'Data table', description: 'Rows of a chart.', categories: ['markets'] }), []);
    await store.commit(widget('usage', { title: 'Usage', publisher: 'platform' }), []);
    await store.commit(widget('gone', { title: 'Chart of old', listed: false, categories: ['Lost'] }), []);
    expect(await names({ words: wordsOf('PREIS') })).toEqual(['series-chart']);
    expect(await names({ words: wordsOf('char') })).toEqual(['data-table', 'series-chart']);
    expect(await names({ words: wordsOf('char pre') })).toEqual(['series-chart']);
    expect(await names({ words: wordsOf('.* $') })).toEqual(['data-table', 'series-chart', 'usage']);
    // By any part of what a widget is called, and by the beginnings of what is written about it.
    expect(await names({ words: wordsOf('hart réi') })).toEqual(['series-chart']);
    expect(await names({ words: wordsOf('latfo') })).toEqual(['usage']);
    expect(await names({ words: wordsOf('rkets') })).toEqual(['data-table', 'series-chart']);
    expect(await names({ words: wordsOf('ows') })).toEqual([]);
    expect(await names({ category: 'markets' })).toEqual(['data-table', 'series-chart']);
    expect(await names({ publisher: 'platform' })).toEqual(['usage']);
    expect(await names({ publisher: 'platform', words: ['chart'] })).toEqual([]);
    expect((await store.categories()).map((title) => title.toLowerCase())).toEqual(['charts', 'markets']);
  });

  it('finds widgets of a version that noted whole words alone', async () => {
    await store.commit(widget('barchart', { title: 'Bars' }), []);
    if (storage.kind === 'sqlite')
      storage.database.exec(`DELETE FROM widget_words; INSERT INTO widget_words VALUES ('barchart', 'barchart');
        DELETE FROM migrations WHERE room = 'widgets' AND step = 9`);
    else {
      const { connection } = storage;
      await connection.collection('widgets').updateMany({}, { $set: { words: ['barchart'] } });
      await connection.collection<{ _id: string }>('schema').updateOne({ _id: 'registry' }, { $set: { version: 8 } });
      await Promise.all([migrateMongo(connection), migrateMongo(connection)]);
    }
    store = await openWidgetStore(storage);
    for (const word of ['chart', 'ars', 'barch']) expect(await names({ words: [word] }), word).toEqual(['barchart']);
  });

  it('searches by what the widget says now', async () => {
    await store.commit(widget('notes', { title: 'Old words', categories: ['Old'] }), []);
    await store.commit(widget('notes', { title: 'New words', categories: ['New'] }, 2), []);
    expect(await names({ words: ['old'] })).toEqual([]);
    expect(await names({ words: ['new'] })).toEqual(['notes']);
    expect(await store.categories()).toEqual(['New']);
  });

  it('pages in the order of titles, and counts all', async () => {
    for (const title of ['Delta', 'alpha', 'Charlie', 'bravo', 'Echo'])
      await store.commit(widget(`w-${title.toLowerCase()}`, { title }), []);
    const first = await store.list(query({ limit: 2 }));
    expect(first.items.map(({ listing }) => listing.title)).toEqual(['alpha', 'bravo']);
    expect(first.total).toBe(5);
    const second = await store.list(query({ limit: 2, after: first.next }));
    expect(second.items.map(({ listing }) => listing.title)).toEqual(['Charlie', 'Delta']);
    const third = await store.list(query({ limit: 2, after: second.next }));
    expect(third.items.map(({ listing }) => listing.title)).toEqual(['Echo']);
    expect(third.next).toBeNull();
  });
});
