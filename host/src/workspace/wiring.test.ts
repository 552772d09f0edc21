import type { PanelBinding, WidgetManifest } from '@datamesh/contracts';
import { describe, expect, it, vi } from 'vitest';
import { Interop } from '../interop/interop';
import { PlainElement } from '../interop/testing/plain-element';
import { effectiveSettings, type Settings } from './settings';
import { Wiring } from './wiring';

const manifest: WidgetManifest = {
  name: 'chart',
  title: 'Chart',
  description: 'A chart.',
  publisher: 'team',
  expose: './chart',
  settings: {
    type: 'object',
    additionalProperties: false,
    properties: {
      symbol: { type: 'string', maxLength: 5 },
      days: { type: 'integer', minimum: 1 },
      live: { type: 'boolean' },
      columns: { type: 'array', items: { type: 'string' } },
    },
  },
};

const to = (setting: string, take = setting): PanelBinding => ({ from: 'table', context: 'team.row', take, setting });
const toAttribute = (attribute: string, take = attribute): PanelBinding => ({ from: 'table', context: 'team.row', take, attribute });

/** A chart whose layout has set `layer`, and what the table says. */
function chart(layer: Settings = {}) {
  const interop = new Interop();
  const at = { channel: null, direction: 'both' as const };
  const table = interop.agent({ panel: 'table', widget: 'table', version: '1.0.0' }, at);
  const element = new PlainElement();
  const refused = vi.fn();
  const accepted = vi.fn();
  let shown: Settings = effectiveSettings(manifest, layer);
  const agent = interop.agent({ panel: 'chart', widget: 'chart', version: '1.0.0' }, at);
  const wiring: Wiring = new Wiring({
    element,
    agent,
    manifest,
    settings: () => shown,
    changed: () => {
      shown = effectiveSettings(manifest, layer, wiring.settings);
    },
    refused,
    accepted,
  });
  const say = (row: Record<string, unknown>): Promise<void> => table.fdc3.broadcast({ type: 'team.row', ...row });
  return { interop, element, wiring, say, refused, accepted, shown: () => shown };
}

describe('the wires of a widget', () => {
  it('set its settings over what the layout says, and give them back', async () => {
    const { wiring, say, shown } = chart({ symbol: 'IBM', days: 3 });
    wiring.set([to('symbol')]);
    await say({ symbol: 'AAPL' });
    await expect.poll(shown).toEqual({ symbol: 'AAPL', days: 3 });
    await say({ other: 1 });
    expect(shown()).toEqual({ symbol: 'IBM', days: 3 });
    await say({ symbol: 'MSFT' });
    expect(shown()).toEqual({ symbol: 'MSFT', days: 3 });
    wiring.set([]);
    expect(shown()).toEqual({ symbol: 'IBM', days: 3 });
    await say({ symbol: 'AAPL' });
    expect(shown()).toEqual({ symbol: 'IBM', days: 3 });
  });

  it('take a number for a text and a text for a number, and hand on lists', async () => {
    const { wiring, say, shown, refused } = chart();
    wiring.set([to('symbol', 'a'), to('days', 'b'), to('live', 'c'), to('columns', 'd')]);
    await say({ a: 7, b: '30', c: true, d: ['x', 'y'] });
    await expect.poll(shown).toEqual({ symbol: '7', days: 30, live: true, columns: ['x', 'y'] });
    expect(refused).not.toHaveBeenCalled();
  });

  it('set nothing that the schema of the widget refuses, and say when that is over', async () => {
    const { wiring, say, shown, refused, accepted } = chart({ symbol: 'IBM' });
    wiring.set([to('symbol'), to('strange')]);
    await say({ symbol: 'TOOLONG', strange: 1 });
    await expect
      .poll(() => refused.mock.calls.map(([one, error]) => [one.setting, error.code]))
      .toEqual([
        ['symbol', 'settings_invalid'],
        ['strange', 'settings_invalid'],
      ]);
    expect(shown()).toEqual({ symbol: 'IBM' });
    const before = accepted.mock.calls.length;
    await say({ symbol: 'AAPL' });
    expect(shown()).toEqual({ symbol: 'AAPL' });
    expect(accepted.mock.calls.length).toBeGreaterThan(before);
  });

  it('that go while the check is downloaded set nothing any more', async () => {
    const { wiring, say, shown } = chart();
    wiring.set([to('symbol')]);
    await say({ symbol: 'AAPL' });
    wiring.set([to('days')]);
    await say({ symbol: 'IBM', days: 5 });
    await expect.poll(shown).toEqual({ days: 5 });
    wiring.stop();
    await say({ symbol: 'IBM', days: 6 });
    expect(shown()).toEqual({ days: 5 });
  });

  it('set attributes, and take theirs along when they go; the others stay', async () => {
    const { wiring, say, element } = chart();
    wiring.set([toAttribute('label'), toAttribute('row')]);
    await say({ label: 'A', row: [1] });
    expect([...element.attributes]).toEqual([
      ['label', 'A'],
      ['row', '[1]'],
    ]);
    wiring.set([toAttribute('row')]);
    expect([...element.attributes.keys()]).toEqual(['row']);
  });

  it('carry what the element fires for as long as somebody wants that event', async () => {
    const { wiring, element, interop } = chart();
    wiring.listenTo(['change']);
    wiring.listenTo(['change']);
    element.dispatchEvent(Object.assign(new Event('change'), { detail: { row: 1 } }));
    element.dispatchEvent(Object.assign(new Event('input'), { detail: 2 }));
    expect(interop.said('chart')).toEqual([{ type: 'event:change', detail: { row: 1 } }]);
    wiring.stop();
    element.dispatchEvent(Object.assign(new Event('change'), { detail: { row: 2 } }));
    expect(interop.said('chart')).toEqual([{ type: 'event:change', detail: { row: 1 } }]);
  });
});
