/** What is in a layout comes back as it was, whatever its settings are made of: MongoDB keeps it as a document, SQLite as a text. */
import type { LayoutContent, Panel } from '@datamesh/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Storage } from '../storage/storage';
import { stores } from '../testing/stores';
import { createLayout, revised } from './layout';
import { type LayoutStores, layoutStores } from './stores';

const alex = { user: 'user:alex', name: 'Alex' };
const at = '2026-01-01T00:00:00.000Z';

const keys = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('a', 'b', 'a.b', '.', '$set', '$ref', '$id', '$numberLong', '_id', '_bsontype', '__proto__', 'constructor', 'toString'),
  fc.constantFrom(
    'toBSON',
    'toJSON',
    'toObject',
    'length',
    'json',
    '',
    '0',
    '10',
    '2',
    'a\u0000b',
    '\ud800',
    'ä',
    'x'.repeat(300),
    'id',
    'terms',
  ),
);
const scalars = fc.oneof(
  fc.constantFrom(
    null,
    true,
    -0,
    0,
    1e21,
    2 ** 31,
    -(2 ** 31),
    2 ** 53 - 1,
    2 ** 53 + 2,
    5e-324,
    Number.MAX_VALUE,
    '\ud800',
    'a\u0000b',
    '$a.b',
  ),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ unit: 'binary' }),
);
/** As JSON is read: `__proto__` is a key like any other. */
const record = (value: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> =>
  fc.array(fc.tuple(keys, value), { maxLength: 6 }).map((entries) => Object.fromEntries(entries));
const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ maxDepth: 5 }, scalars, fc.array(tie('value'), { maxLength: 4 }), record(tie('value'))),
})).value;
const nested = (depth: number): unknown => (depth === 0 ? 'x' : depth % 2 === 0 ? [nested(depth - 1)] : { a: nested(depth - 1) });

const settings = fc.oneof(record(values), fc.constant({ deep: nested(95), json: { json: '"x"' }, 'not given': undefined }));
const panel: fc.Arbitrary<Panel> = fc.record(
  { widget: fc.constantFrom('notes@stable', 'notes@\ud800'), title: fc.option(fc.constantFrom('A', '$b.c', '\ud800')), settings },
  { requiredKeys: ['widget'] },
);
const contents: fc.Arbitrary<LayoutContent> = fc
  .tuple(fc.dictionary(fc.stringMatching(/^[A-Za-z0-9-]{1,5}$/), panel, { maxKeys: 4 }), record(values))
  .map(([panels, context]) => ({
    title: 'Hostile',
    department: null,
    visibility: 'private',
    grants: [],
    tree: { type: 'row', children: [{ size: 1 / 3, node: { type: 'stack', active: 0, panels: Object.keys(panels) } }] },
    panels,
    defaultChannel: 'blue',
    filters: [{ context: { ...context, type: 'fdc3.instrument' } }],
  }));

describe.each(stores())('the body of a layout on $name', ({ open }) => {
  let storage: Storage;
  let layouts: LayoutStores['layouts'];
  beforeAll(async () => {
    storage = await open();
    ({ layouts } = await layoutStores(storage));
  });
  afterAll(() => storage.close());

  it('comes back as JSON would, in the same order, made and saved', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(contents, contents, async (first, second) => {
        const layout = createLayout(first, alex, at);
        const { id } = layout.head;
        await layouts.create(layout, []);
        const made = await layouts.find(id);
        expect(JSON.stringify(made?.body)).toBe(JSON.stringify(layout.body));
        if (!made) return;
        const next = revised(second, layout.head, alex, at, undefined);
        expect(await layouts.save(made, next, [])).toBe('saved');
        expect(JSON.stringify((await layouts.find(id))?.body)).toBe(JSON.stringify(next.body));
        expect(JSON.stringify((await layouts.revision(id, 1))?.body)).toBe(JSON.stringify(layout.body));
      }),
      { numRuns: 150 },
    );
  });

  it('may be as large as a request may be', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 200 }, (_, i) => [`p${i}`, { widget: 'notes@stable', settings: { n: Array(1200).fill(i) } }]),
    );
    const content = { title: 'Large', department: null, visibility: 'private', grants: [], defaultChannel: null, filters: [] } as const;
    const layout = createLayout(
      { ...content, filters: [], grants: [], tree: { type: 'stack', active: 0, panels: Object.keys(many) }, panels: many },
      alex,
      at,
    );
    await layouts.create(layout, []);
    expect((await layouts.find(layout.head.id))?.body).toEqual(layout.body);
  });
});

const mongo = stores().find(({ name }) => name === 'mongo');
describe.skipIf(!mongo)('a layout in MongoDB', () => {
  it('is a document, whose panels and settings any client can ask for', async () => {
    const storage = await mongo?.open();
    if (storage?.kind !== 'mongo') throw new Error('no MongoDB to test on');
    try {
      const { layouts } = await layoutStores(storage);
      const panels = {
        p1: { widget: 'series-chart@^1', title: 'Prices', settings: { symbol: 'AAPL', 'a.b': { $in: [1] }, days: [30, 90] } },
      };
      const content: LayoutContent = {
        ...{ title: 'Morning', department: null, visibility: 'private', grants: [], defaultChannel: null, filters: [] },
        tree: { type: 'stack', active: 0, panels: ['p1'] },
        panels,
      };
      await layouts.create(createLayout(content, alex, at), []);
      const documents = storage.connection.collection('layouts');
      for (const question of [
        { 'body.panels.widget': 'series-chart@^1' },
        { 'body.panels.id': 'p1' },
        { 'body.panels.settings': { $elemMatch: { name: 'symbol', value: 'AAPL' } } },
        { 'body.panels.settings': { $elemMatch: { name: 'days', value: 90 } } },
        { 'body.panels.settings.name': 'a.b' },
        { 'body.tree.panels': 'p1' },
      ])
        expect(await documents.countDocuments(question), JSON.stringify(question)).toBe(1);
    } finally {
      await storage.close();
    }
  });
});
