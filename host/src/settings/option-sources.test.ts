import type { WidgetManifest } from '@datamesh/contracts';
import { describe, expect, it } from 'vitest';
import { fitting, named, type OptionContext, type OptionsFrom, optionsKey, optionsOf } from './option-sources';

const table = {
  columns: [
    { id: 'symbol', title: 'Symbol', type: 'text' },
    { id: 'lastPrice', type: 'number' },
    { id: 'spark', title: '24 months', type: 'spark' },
    { title: 'without an id' },
  ],
  rows: [],
};
const asked: string[] = [];
const ports = {
  async data(path: string): Promise<unknown> {
    asked.push(path);
    if (path === '')
      return {
        items: [
          { source: 'markets', tables: ['instruments.json'] },
          { source: 'crm-eu', tables: [] },
        ],
      };
    return path === 'markets/instruments.json' ? table : { rows: [] };
  },
  sites: async () => [
    { id: 'dashboard', title: 'Dashboard' },
    { id: 'shop', title: '' },
  ],
};
const manifest = (own: Partial<WidgetManifest>): WidgetManifest => ({
  name: 'one',
  title: 'One',
  description: 'One.',
  publisher: 'team',
  expose: './widget',
  ...own,
});
const context = (settings: Record<string, unknown> = {}, manifests: WidgetManifest[] = []): OptionContext => ({ settings, manifests });
const values = async (from: OptionsFrom, own: OptionContext): Promise<string[]> =>
  (await optionsOf(from, own, ports)).map(({ value }) => value);

describe('choices of a setting', () => {
  it('are sources and tables, as people call them', async () => {
    expect(await optionsOf({ from: 'sources' }, context(), ports)).toEqual([
      { value: 'markets', label: 'Markets' },
      { value: 'crm-eu', label: 'Crm eu' },
    ]);
    expect(await optionsOf({ from: 'tables' }, context(), ports)).toEqual([
      { value: 'markets/instruments.json', label: 'Instruments', detail: 'Markets' },
    ]);
  });

  it('are the columns of the table that another setting names, and change with it', async () => {
    const from: OptionsFrom = { from: 'columns', of: 'source' };
    const chosen = context({ source: 'markets/instruments.json' });
    expect(await optionsOf(from, chosen, ports)).toEqual([
      { value: 'symbol', label: 'Symbol' },
      { value: 'lastPrice', label: 'Last price' },
      { value: 'spark', label: '24 months' },
    ]);
    expect((await optionsOf({ from: 'orders', of: 'source' }, chosen, ports)).at(2)).toEqual({
      value: '-symbol',
      label: 'Symbol, downwards',
    });
    expect(await values({ from: 'orders', of: 'source' }, chosen)).toEqual(['', 'symbol', '-symbol', 'lastPrice', '-lastPrice']);
    expect(optionsKey(from, chosen)).not.toBe(optionsKey(from, context({ source: 'operations/airports.json' })));
    expect(optionsKey(from, chosen)).toBe(optionsKey(from, context({ source: 'markets/instruments.json', density: 'compact' })));
  });

  it('are none for what holds no table, and nothing is asked for a path that leads elsewhere', async () => {
    await expect(values({ from: 'columns', of: 'source' }, context({ source: 'markets/series.json' }))).rejects.toMatchObject({
      code: 'no_table',
    });
    asked.length = 0;
    for (const source of ['../session', 'markets/../x', '//evil.example/x', 'markets/a?b', 'markets', '', 7, undefined])
      await expect(values({ from: 'columns', of: 'source' }, context({ source })), String(source)).rejects.toMatchObject({
        code: 'no_table',
      });
    expect(asked).toEqual([]);
  });

  it('are what the widgets of the layout say and hear, and the sites of the tracker', async () => {
    const manifests = [
      manifest({ listensFor: ['fdc3.instrument'], broadcasts: ['datamesh.airport'] }),
      manifest({ listensFor: ['acme.orderBook'] }),
    ];
    expect((await optionsOf({ from: 'context-types' }, context({}, manifests), ports)).map(({ label }) => label)).toEqual([
      'Airport',
      'Instrument',
      'Order book',
    ]);
    expect((await optionsOf({ from: 'sites' }, context(), ports)).map(({ label }) => label)).toEqual(['Dashboard', 'Shop']);
  });
});

it('of ten thousand choices those are offered that fit what was typed, and never more than can be shown', () => {
  const options = Array.from({ length: 10_000 }, (_, index) => ({ value: `c${index}`, label: `Column ${index}` }));
  expect(fitting(options, '', 100)).toHaveLength(100);
  expect(fitting(options, ' COLUMN 999', 100).map(({ value }) => value)).toEqual([
    'c999',
    ...Array.from({ length: 10 }, (_, index) => `c999${index}`),
  ]);
  expect(fitting(options, 'c42', 1)).toEqual([{ value: 'c42', label: 'Column 42' }]);
  expect(fitting(options, '.*', 100)).toEqual([]);
});

it('a label that is written out names its choice, unless two are called so', () => {
  const options = [
    { value: 'm1', label: 'Measure 1' },
    { value: 'm10', label: 'Measure 10' },
    { value: 'a', label: 'Same' },
    { value: 'b', label: 'same' },
  ];
  expect(named(options, ' measure 1')).toBe('m1');
  expect(named(options, 'Same')).toBeUndefined();
  expect(named(options, 'Measure')).toBeUndefined();
});
