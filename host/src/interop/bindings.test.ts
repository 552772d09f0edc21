import { describe, expect, it, vi } from 'vitest';
import { type Bindings, bind } from './bindings';
import { Interop } from './interop';

class Plain extends EventTarget {
  readonly attributes = new Map<string, string>();
  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }
  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }
}

const bindings: Bindings = {
  inputs: [
    { context: 'fdc3.instrument', take: 'id.ticker', attribute: 'symbol' },
    { context: 'fdc3.timeRange', take: 'startTime', attribute: 'from' },
  ],
  outputs: [{ event: 'row-selected', take: 'detail.symbol', context: 'fdc3.instrument', as: 'id.ticker' }],
};

function bound() {
  const interop = new Interop();
  const at = { channel: 'blue', direction: 'both' as const };
  const element = new Plain();
  const onError = vi.fn();
  const stop = bind(element, interop.agent({ panel: 'plain', widget: 'plain', version: '1.0.0' }, at).fdc3, bindings, onError);
  return { element, onError, stop, other: interop.agent({ panel: 'other', widget: 'other', version: '1.0.0' }, at).fdc3 };
}
const fire = (element: Plain, detail: unknown) => element.dispatchEvent(Object.assign(new Event('row-selected'), { detail }));

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
