import type { Context, PanelBinding, WidgetManifest } from '@datamesh/contracts';
import { describe, expect, it } from 'vitest';
import { describeWire } from './describe-wire';
import { eventsOf, type PayloadNode, payloadTree, sayingOf, sayingsOf } from './payload';
import { mayBeWired, targetsOf } from './targets';

const manifest = (more: Partial<WidgetManifest>): WidgetManifest => ({
  name: 'table',
  title: 'Table',
  description: 'A table.',
  publisher: 'team',
  expose: './table',
  ...more,
});
const flat = (nodes: readonly PayloadNode[]): PayloadNode[] => nodes.flatMap((node) => [node, ...flat(node.within)]);

describe('what a panel said, as a tree', () => {
  it('has each value at its path, without the type', () => {
    const tree = payloadTree({ type: 'fdc3.instrument', name: 'Apple', id: { ticker: 'AAPL', 'a-b': null }, rows: [{ x: 1 }, true] });
    expect(flat(tree).map(({ path, shown }) => `${path} ${shown}`.trim())).toEqual([
      'name “Apple”',
      'id',
      'id.ticker “AAPL”',
      'id.a-b null',
      'rows',
      'rows.0',
      'rows.0.x 1',
      'rows.1 true',
    ]);
    expect(flat(tree).every(({ takeable }) => takeable)).toBe(true);
  });

  it('shows what no path can hold, and lets nobody take it', () => {
    const tree = payloadTree({ type: 't.x', 'a b': { c: 1 }, 'x.y': 1, '0': 1, ä: 1, list: Array.from({ length: 3 }, () => 0) });
    const takeable = Object.fromEntries(flat(tree).map((node) => [node.path, node.takeable]));
    expect(takeable).toEqual({
      '0': false,
      'a b': false,
      'a b.c': false,
      'x.y': false,
      ä: false,
      list: true,
      'list.0': true,
      'list.1': true,
      'list.2': true,
    });
    const deepName = 'n'.repeat(121);
    expect(payloadTree({ type: 't.x', [deepName]: 1 })[0]?.takeable).toBe(false);
  });

  it('is short and shallow, whatever is said', () => {
    const long = payloadTree({ type: 't.x', text: 'x'.repeat(10_000), list: Array.from({ length: 10_000 }, (_, i) => i) });
    expect(flat(long).length).toBeLessThanOrEqual(200);
    expect(long[0]?.shown).toHaveLength(60);
    let deep: unknown = 1;
    for (let i = 0; i < 40; i++) deep = { deep };
    const all = flat(payloadTree({ type: 't.x', deep }));
    expect(all.length).toBeLessThan(12);
    expect(all.at(-1)?.shown).not.toBe('');
    expect(payloadTree({ type: 't.x', none: {}, empty: [] }).map(({ shown }) => shown)).toEqual(['{}', '[]']);
  });
});

describe('what a wire may begin with', () => {
  const declared = manifest({
    broadcasts: ['fdc3.instrument', 'team.late'],
    bindings: { outputs: [{ event: 'update:model', take: 'detail.0', context: 'team.model', as: 'value' }] },
  });

  it('is what the panel said, the latest first, and then what its widget.json declares', () => {
    const said: Context[] = [{ type: 'fdc3.instrument' }, { type: 'event:change', value: 'x' }];
    expect(sayingsOf(said, declared).map(({ type, last }) => [type, last !== undefined])).toEqual([
      ['event:change', true],
      ['fdc3.instrument', true],
      ['team.late', false],
      ['team.model', false],
      ['event:update:model', false],
    ]);
    expect(sayingsOf(said, null).map(({ type }) => type)).toEqual(['event:change', 'fdc3.instrument']);
  });

  it('is nothing that the layout could not keep', () => {
    expect(sayingsOf([{ type: 'plain' }, { type: 'event:a b' }, { type: `a.${'x'.repeat(90)}` }], null)).toEqual([]);
    expect([sayingOf('fdc3.instrument'), sayingOf('event:sl-change')]).toEqual([
      { type: 'fdc3.instrument', context: 'fdc3.instrument' },
      { type: 'event:sl-change', event: 'sl-change' },
    ]);
  });

  it('is looked for among the events that widget.json names and those of fields', () => {
    expect(eventsOf(declared)).toEqual(['update:model', 'change', 'input', 'select', 'toggle']);
    expect(eventsOf(null)).toEqual(['change', 'input', 'select', 'toggle']);
  });
});

describe('what a wire may set', () => {
  it('is each setting by its title, then the attributes of widget.json and of the element, each once', () => {
    const chart = manifest({
      settings: { type: 'object', properties: { symbol: { type: 'string', title: 'Instrument' }, days: { type: 'integer' } } },
      bindings: { inputs: [{ context: 'fdc3.instrument', take: 'name', attribute: 'subject' }] },
    });
    expect(targetsOf(chart, ['subject', 'days', 'label', 'style', 'onclick', 'aB'])).toEqual([
      { kind: 'setting', name: 'symbol', label: 'Instrument' },
      { kind: 'setting', name: 'days', label: 'days' },
      { kind: 'attribute', name: 'subject', label: 'subject' },
      { kind: 'attribute', name: 'label', label: 'label' },
    ]);
    expect(targetsOf(null, ['label'])).toEqual([{ kind: 'attribute', name: 'label', label: 'label' }]);
  });

  it('has a name that the contract allows', () => {
    expect(['a', 'data-x', 'a'.repeat(50)].every(mayBeWired)).toBe(true);
    expect(['', 'a'.repeat(51), 'onclick', 'style', 'slot', 'data-theme', 'A', 'a b'].some(mayBeWired)).toBe(false);
  });
});

it('a wire reads as a sentence', () => {
  const wire: PanelBinding = { from: 'p1', context: 'fdc3.instrument', take: 'id.ticker', setting: 'symbol' };
  const titleOf = (panel: string): string => (panel === 'p1' ? 'Instruments' : panel);
  expect(describeWire(wire, titleOf, 'Instrument')).toBe('When Instruments says fdc3.instrument, its id.ticker sets Instrument here.');
  expect(describeWire({ from: 'p2', event: 'change', take: 'value', attribute: 'label' }, titleOf)).toBe(
    'When p2 fires change, its value sets label here.',
  );
});
