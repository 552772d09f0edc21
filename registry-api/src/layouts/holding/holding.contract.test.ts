import type { LayoutContent, Panel } from '@datamesh/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../../storage/storage';
import { stores } from '../../testing/stores';
import { createLayout, type LayoutRecord, revised } from '../layout';
import type { ListPosition } from '../store';
import { type LayoutStores, layoutStores } from '../stores';
import { type HoldingQuestion, maxTerms, termsAsked, termsOf } from './terms';

const alex = { user: 'user:alex', name: 'Alex' };
const minute = (n: number): string => new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString();
const content = (title: string, panels: Record<string, Panel>, more: Partial<LayoutContent> = {}): LayoutContent => ({
  title,
  department: null,
  visibility: 'private',
  grants: [],
  tree: { type: 'stack', active: 0, panels: Object.keys(panels) },
  panels,
  defaultChannel: null,
  filters: [],
  ...more,
});
const chart = (settings: Record<string, unknown>): Panel => ({ widget: 'series-chart@stable', settings });
const table = (settings: Record<string, unknown>): Panel => ({ widget: 'data-table@^1', settings });

describe.each(stores())('what layouts hold, on $name', ({ open }) => {
  let storage: Storage;
  let layouts: LayoutStores['layouts'];
  let clock: number;
  beforeEach(async () => {
    storage = await open();
    ({ layouts } = await layoutStores(storage));
    clock = 0;
  });
  afterEach(() => storage.close());

  async function created(title: string, panels: Record<string, Panel>, more: Partial<LayoutContent> = {}): Promise<LayoutRecord> {
    const layout = createLayout(content(title, panels, more), alex, minute(clock++));
    await layouts.create(layout, []);
    return layout;
  }
  async function found(question: HoldingQuestion, readers: string[] | null = null): Promise<string[]> {
    const holders = await layouts.holders({ terms: termsAsked(question), readers, after: null, limit: 100 });
    return holders.map(({ head, panels }) => `${head.title}: ${panels.join(' ')}`);
  }

  it('is found by a setting that a wire sets, whatever comes along it', async () => {
    const wire = { from: 'a', context: 'fdc3.instrument', take: 'id.ticker' };
    await created('Wired', {
      a: table({}),
      b: {
        ...chart({ days: 30 }),
        bindings: [
          { ...wire, setting: 'symbol' },
          { ...wire, attribute: 'label' },
        ],
      },
    });
    expect(await found({ widget: 'series-chart', setting: 'symbol' })).toEqual(['Wired: b']);
    expect(await found({ setting: 'label' })).toEqual([]);
    expect(await found({ setting: 'symbol', value: 'id.ticker' })).toEqual([]);
  });

  it('is found by widget, source, setting and value, all of one panel, the last changed first', async () => {
    await created('One', { a: chart({ symbol: 'AAPL', days: 30 }), b: table({ source: 'markets/instruments.json', live: true }) });
    await created('Two', {
      a: chart({ symbol: 'IBM', source: 'markets' }),
      c: chart({ symbol: 'AAPL', 'a.b$': { deep: [{ at: 'risk' }] } }),
    });
    await created('Three', { a: table({ symbol: 'AAPL', source: 'marketsandmore' }) });
    expect(await found({ widget: 'series-chart' })).toEqual(['Two: a c', 'One: a']);
    expect(await found({ setting: 'symbol' })).toEqual(['Three: a', 'Two: a c', 'One: a']);
    expect(await found({ setting: 'symbol', value: 'AAPL' })).toEqual(['Three: a', 'Two: c', 'One: a']);
    expect(await found({ widget: 'series-chart', setting: 'symbol', value: 'AAPL' })).toEqual(['Two: c', 'One: a']);
    expect(await found({ source: 'markets' })).toEqual(['Two: a', 'One: b']);
    // Each is in the layout, but in different panels.
    expect(await found({ widget: 'series-chart', source: 'markets', setting: 'symbol', value: 'AAPL' })).toEqual([]);
    expect(await found({ setting: 'days', value: '30' })).toEqual(['One: a']);
    expect(await found({ setting: 'live', value: 'true' })).toEqual(['One: b']);
    expect(await found({ setting: 'a.b$', value: 'risk' })).toEqual(['Two: c']);
    expect(await found({ source: 'risk' })).toEqual(['Two: c']);
    expect(await found({ setting: 'symb' })).toEqual([]);
    expect(await layouts.countHolders(termsAsked({ widget: 'series-chart' }))).toBe(2);
    expect(await layouts.countHolders(termsAsked({ widget: 'data-table', source: 'markets' }))).toBe(1);
    expect(await layouts.countHolders(termsAsked({ widget: 'notes' }))).toBe(0);
  });

  it('is as it is now: after a save, in the bin, and out of it', async () => {
    const layout = await created('One', { a: chart({ symbol: 'AAPL' }) });
    const next = revised(content('One', { a: table({ symbol: 'IBM' }) }), layout.head, alex, minute(9), undefined);
    expect(await layouts.save(layout, next, [])).toBe('saved');
    expect(await found({ widget: 'series-chart' })).toEqual([]);
    expect(await found({ widget: 'data-table', setting: 'symbol', value: 'IBM' })).toEqual(['One: a']);
    const bin = { at: minute(10), by: alex.user, byName: alex.name };
    expect(await layouts.bin({ ...next, pins: [] }, bin, [])).toBe('binned');
    expect([await found({ widget: 'data-table' }), await layouts.countHolders(termsAsked({ widget: 'data-table' }))]).toEqual([[], 0]);
    expect(await layouts.restore({ ...next, pins: [], bin }, [])).toBe('restored');
    expect(await found({ widget: 'data-table' })).toEqual(['One: a']);
    await layouts.bin({ ...next, pins: [] }, bin, []);
    expect(await layouts.remove({ ...next, pins: [], bin }, [])).toBe('removed');
    expect(await found({ widget: 'data-table' })).toEqual([]);
  });

  it('is named to its readers only, page by page, and counted for all', async () => {
    for (let i = 0; i < 7; i++)
      await created(
        `No ${i}`,
        { a: chart({}), b: chart({}) },
        i % 2 === 0 ? { visibility: 'company' } : { grants: [{ to: 'user:casey', may: 'view' }] },
      );
    const terms = termsAsked({ widget: 'series-chart' });
    expect(await layouts.countHolders(terms)).toBe(7);
    const paged: string[] = [];
    for (let after: ListPosition | null = null; ; ) {
      const page = await layouts.holders({ terms, readers: ['company', 'user:robin'], after, limit: 3 });
      paged.push(...page.map(({ head }) => head.title));
      const last = page.at(-1)?.head;
      if (page.length < 3 || !last) break;
      after = { updatedAt: last.updatedAt, id: last.id };
    }
    expect(paged).toEqual(['No 6', 'No 4', 'No 2', 'No 0']);
    expect(await found({ widget: 'series-chart' }, ['user:casey'])).toEqual(['No 5: a b', 'No 3: a b', 'No 1: a b']);
  });
});

describe('terms', () => {
  it('are bounded, and names of settings come before their values', () => {
    const panels = { a: chart({ many: Array.from({ length: 200_000 }, (_, i) => i), last: 'x' }), b: table({ long: 'x'.repeat(201) }) };
    const [a, b] = termsOf(panels);
    expect(a?.terms.slice(0, 3)).toEqual(['widget series-chart', 'setting ["many"]', 'setting ["last"]']);
    expect((a?.terms.length ?? 0) + (b?.terms.length ?? 0)).toBe(maxTerms);
    expect(b?.terms).toEqual(['widget data-table', 'setting ["long"]']);
  });

  it('tell a value from a name, whatever they have in them', () => {
    const asked = (setting: string, value?: string) => termsAsked({ setting, value })[0];
    expect(new Set([asked('a","b'), asked('a', 'b'), asked('["a","b"]'), asked('a', '","b'), asked('\ud800'), asked('\udfff')]).size).toBe(
      6,
    );
  });
});
