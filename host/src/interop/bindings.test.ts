import { describe, expect, it, vi } from 'vitest';
import { type Bindings, bind } from './bindings';
import { Interop } from './interop';
import { PlainElement } from './testing/plain-element';

class Plain extends PlainElement {
  rows: unknown;
  value = '';
}

const bindings: Bindings = {
  inputs: [
    { context: 'fdc3.instrument', take: 'id.ticker', attribute: 'symbol' },
    { context: 'fdc3.timeRange', take: 'startTime', attribute: 'from' },
    { context: 'team.rows', take: 'pages.1.rows', property: 'rows' },
    { context: 'team.rows', take: 'title', attribute: 'heading' },
    { context: 'team.rows', value: true, attribute: 'filled' },
  ],
  outputs: [
    { event: 'row-selected', take: 'detail.symbol', context: 'fdc3.instrument', as: 'id.ticker' },
    { event: 'update:model', take: 'detail.0', context: 'team.model', as: 'value' },
    { event: 'change', property: 'value', context: 'team.choice', as: 'id.choice' },
    { event: 'opened', value: 'open', context: 'team.state', as: 'state' },
    { event: 'typed', take: 'detail', context: 'team.typed', as: 'type' },
  ],
};

function bound() {
  const interop = new Interop();
  const at = { channel: 'blue', direction: 'both' as const };
  const element = new Plain();
  const onError = vi.fn();
  const stop = bind(element, interop.agent({ panel: 'plain', widget: 'plain', version: '1.0.0' }, at).fdc3, bindings, onError);
  return { element, onError, stop, other: interop.agent({ panel: 'other', widget: 'other', version: '1.0.0' }, at).fdc3 };
}
const fire = (element: Plain, detail: unknown, event = 'row-selected') =>
  element.dispatchEvent(Object.assign(new Event(event), { detail }));

describe('a plain element', () => {
  it('gets an attribute from a context on its channel', async () => {
    const { element, other } = bound();
    await other.broadcast({ type: 'fdc3.instrument', id: { ticker: 'AAPL' } });
    expect(element.attributes.get('symbol')).toBe('AAPL');
  });

  it('gets an attribute from a dashboard filter, and loses it when the filter is cleared', async () => {
    const { element, other } = bound();
    const dashboard = await other.getOrCreateChannel('dashboard');
    await dashboard.broadcast({ type: 'fdc3.timeRange', startTime: '2009-01-01' });
    expect(element.attributes.get('from')).toBe('2009-01-01');
    await dashboard.broadcast({ type: 'fdc3.timeRange', clear: true });
    expect(element.attributes.has('from')).toBe(false);
  });

  it('gets lists and objects of its own: what it does to them reaches nobody', async () => {
    const { element, other } = bound();
    const said = { type: 'team.rows', pages: [{}, { rows: [{ id: 1 }] }] };
    await other.broadcast(said);
    // As charts and grids do, which number what they are given.
    const rows = element.rows as Record<string | symbol, unknown>[];
    rows.push({ id: 2 });
    Object.assign(rows[0] ?? {}, { [Symbol('number')]: 1 });
    expect(await (await other.getCurrentChannel())?.getCurrentContext('team.rows')).toEqual(said);
    await other.broadcast(said);
    expect(element.rows).toEqual([{ id: 1 }]);
  });

  it('gets several things from one context: properties, places in lists, constants; and loses them with it', async () => {
    const { element, other } = bound();
    const rows = [{ id: 1 }];
    const dashboard = await other.getOrCreateChannel('dashboard');
    await dashboard.broadcast({ type: 'team.rows', title: 'All', pages: [{}, { rows }] });
    expect(element.rows).toEqual(rows);
    expect([element.attributes.get('heading'), element.attributes.get('filled')]).toEqual(['All', '']);
    await dashboard.broadcast({ type: 'team.rows', clear: true });
    expect(element.rows).toBeUndefined();
    expect(element.attributes.has('filled')).toBe(false);
  });

  it('sends a place in a list of its event, a property of its own, or a constant', async () => {
    const { element, other } = bound();
    const hear = vi.fn();
    await other.addContextListener(null, hear);
    fire(element, ['x'], 'update:model');
    element.value = 'b';
    fire(element, undefined, 'change');
    fire(element, undefined, 'opened');
    await expect
      .poll(() => hear.mock.calls.map(([context]) => context))
      .toEqual([
        { type: 'team.model', value: 'x' },
        { type: 'team.choice', id: { choice: 'b' } },
        { type: 'team.state', state: 'open' },
      ]);
  });

  it('says the context that its binding names, and no other that its event would', async () => {
    const { element, other, onError } = bound();
    const said: unknown[] = [];
    await other.addContextListener(null, (context) => said.push(context));
    fire(element, 'fdc3.instrument', 'typed');
    fire(element, { of: 'odd' }, 'typed');
    await vi.waitFor(() => expect(said).toHaveLength(2));
    expect(said).toEqual([{ type: 'team.typed' }, { type: 'team.typed' }]);
    expect(onError).not.toHaveBeenCalled();
  });

  it('has no attribute for a list or an object, which only a property can hold', async () => {
    const { element, other } = bound();
    await other.broadcast({ type: 'team.rows', title: 'All' });
    await other.broadcast({ type: 'team.rows', title: ['All'] });
    expect(element.attributes.has('heading')).toBe(false);
  });

  it('is told when its own setter throws, and the others are served', async () => {
    const { element, onError, other } = bound();
    Object.defineProperty(element, 'rows', {
      set: () => {
        throw new Error('no rows');
      },
    });
    await other.broadcast({ type: 'team.rows', title: 'All', pages: [{}, { rows: [] }] });
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ message: 'no rows' });
    expect(element.attributes.get('heading')).toBe('All');
  });

  it('sends a context when it fires its event, and no longer once it is gone', async () => {
    const { element, other, stop } = bound();
    const hear = vi.fn();
    await other.addContextListener('fdc3.instrument', hear);
    fire(element, { symbol: 'IBM' });
    await expect.poll(() => hear).toHaveBeenCalledTimes(1);
    expect(hear.mock.calls[0]?.[0]).toEqual({ type: 'fdc3.instrument', id: { ticker: 'IBM' } });
    stop();
    fire(element, { symbol: 'MSFT' });
    expect(hear).toHaveBeenCalledTimes(1);
  });

  it('is told when what it sends is invalid, and sends nothing where the event has no value', async () => {
    const { element, onError } = bound();
    fire(element, {});
    fire(element, { symbol: () => 7 });
    await expect.poll(() => onError).toHaveBeenCalledTimes(1);
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ message: 'MalformedContext', path: '' });
  });
});
