/** Layouts of a version that kept them as texts and noted no terms: brought over when the service starts, wherever that was interrupted. */
import type { Connection } from 'mongoose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { migrateMongo } from '../../storage/mongo/schema';
import type { Storage } from '../../storage/storage';
import { stores } from '../../testing/stores';
import { createLayout, type LayoutRecord, revised } from '../layout';
import type { LayoutStore } from '../store';
import { layoutsSchema } from '../store.sqlite.schema';
import { layoutStores } from '../stores';
import { noteTerms } from './holding.sqlite';
import { termsAsked } from './terms';

const alex = { user: 'user:alex', name: 'Alex' };
const minute = (n: number): string => new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString();
const content = (title: string, symbol: string) => ({
  ...{ title, department: null, visibility: 'private' as const, grants: [], defaultChannel: null, filters: [] },
  tree: { type: 'stack' as const, active: 0, panels: ['p1'] },
  panels: { p1: { widget: 'series-chart@stable', settings: { symbol, 'a.b': { $set: 1 } } } },
});
const count = 7;

async function made(layouts: LayoutStore): Promise<LayoutRecord[]> {
  const all = Array.from({ length: count }, (_, i) => createLayout(content(`No ${i}`, 'AAPL'), alex, minute(i)));
  for (const layout of all) await layouts.create(layout, []);
  return all;
}
const holding = async (layouts: LayoutStore, symbol: string): Promise<string[]> => {
  const terms = termsAsked({ widget: 'series-chart', setting: 'symbol', value: symbol });
  return (await layouts.holders({ terms, readers: null, after: null, limit: 100 })).map(({ head }) => head.title);
};
const titles = (all: LayoutRecord[]): string[] => all.map(({ head }) => head.title).reverse();

describe('layouts of an older version in SQLite', () => {
  let storage: Storage;
  beforeEach(async () => {
    const [sqlite] = stores();
    if (!sqlite) throw new Error('no SQLite to test on');
    storage = await sqlite.open();
  });
  afterEach(() => storage.close());

  it('have terms, all of them or none', async () => {
    if (storage.kind !== 'sqlite') throw new Error('this is about SQLite');
    const all = await made((await layoutStores(storage)).layouts);
    const [first] = all;
    if (!first) throw new Error('there is no layout');
    const { database } = storage;
    database.exec(`DELETE FROM layout_terms; DELETE FROM migrations WHERE room = 'layouts' AND step = ${layoutsSchema.indexOf(noteTerms)}`);
    const write = database.prepare('UPDATE layouts SET body = ? WHERE id = ?');
    // A start that ends in the middle.
    write.run('{', first.head.id);
    await expect(layoutStores(storage)).rejects.toThrow();
    expect(database.prepare('SELECT term FROM layout_terms').all()).toEqual([]);
    write.run(JSON.stringify(first.body), first.head.id);
    expect(await holding((await layoutStores(storage)).layouts, 'AAPL')).toEqual(titles(all));
  });
});

const mongo = stores().find(({ name }) => name === 'mongo');
describe.skipIf(!mongo)('layouts of an older version in MongoDB', () => {
  let storage: Storage;
  let connection: Connection;
  let layouts: LayoutStore;
  let all: LayoutRecord[];
  let newest: number | undefined;
  beforeEach(async () => {
    if (!mongo) throw new Error('no MongoDB to test on');
    storage = await mongo.open();
    if (storage.kind !== 'mongo') throw new Error('this is about MongoDB');
    ({ connection } = storage);
    ({ layouts } = await layoutStores(storage));
    all = await made(layouts);
    for (const { head, body } of all) await asText(head.id, body);
    newest = await version();
    await connection.collection<{ _id: string }>('schema').updateOne({ _id: 'registry' }, { $set: { version: 4 } });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await storage.close();
  });

  const documents = () => connection.collection<{ _id: string; body: unknown; revision: number; head: object }>('layouts');
  /** As the older version writes. */
  const asText = (id: string, body: unknown, more = {}) =>
    documents().updateOne({ _id: id }, { $set: { body: JSON.stringify(body), ...more } });
  const texts = async (): Promise<number> => (await documents().find().toArray()).filter(({ body }) => typeof body === 'string').length;
  const version = async () =>
    (await connection.collection<{ _id: string; version: number }>('schema').findOne({ _id: 'registry' }))?.version;

  it('are read as they are, and are documents once a start that was killed in the middle has been made again, by two at once', async () => {
    const real = documents().updateOne.bind(documents());
    let calls = 0;
    const failing = vi.spyOn(documents(), 'updateOne').mockImplementation((...args) => {
      calls += 1;
      return calls > 3 ? (Promise.reject(new Error('killed')) as never) : real(...args);
    });
    await expect(migrateMongo(connection)).rejects.toThrow('killed');
    failing.mockRestore();
    expect([await texts(), await version()]).toEqual([count - 3, 4]);
    for (const { head, body } of all) expect((await layouts.find(head.id))?.body).toEqual(body);

    await Promise.all([migrateMongo(connection), migrateMongo(connection)]);
    expect([await texts(), await version()]).toEqual([0, newest]);
    for (const { head, body } of all) expect((await layouts.find(head.id))?.body).toEqual(body);
    expect(await holding(layouts, 'AAPL')).toEqual(titles(all));
  });

  it('are never put back to what an older process, still running, has changed since', async () => {
    const [first] = all;
    if (!first) throw new Error('there is no layout');
    const next = revised(content('Changed', 'IBM'), first.head, alex, minute(60), undefined);
    const changed = { head: next.head, revision: 2, updatedAt: next.head.updatedAt };
    const real = documents().updateOne.bind(documents());
    const between = vi.spyOn(documents(), 'updateOne').mockImplementation(async (...args) => {
      between.mockRestore();
      await asText(first.head.id, next.body, changed);
      return real(...args);
    });
    await migrateMongo(connection);
    expect(await texts()).toBe(0);
    expect(await layouts.find(first.head.id)).toMatchObject({ head: { title: 'Changed', revision: 2 }, body: next.body });
    expect([await holding(layouts, 'IBM'), (await holding(layouts, 'AAPL')).length]).toEqual([['Changed'], count - 1]);
  });

  it('are right if an older process writes one after that, and documents again with the next save', async () => {
    await migrateMongo(connection);
    const [first] = all;
    if (!first) throw new Error('there is no layout');
    const theirs = revised(content('Theirs', 'IBM'), first.head, alex, minute(60), undefined);
    await asText(first.head.id, theirs.body, { head: theirs.head, revision: 2, updatedAt: theirs.head.updatedAt });
    const found = await layouts.find(first.head.id);
    expect(found?.body).toEqual(theirs.body);
    if (!found) return;
    const mine = revised(content('Mine', 'MSFT'), found.head, alex, minute(61), undefined);
    expect(await layouts.save(found, mine, [])).toBe('saved');
    expect([await texts(), await holding(layouts, 'MSFT')]).toEqual([0, ['Mine']]);
  });
});
