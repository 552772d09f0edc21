import type { Context, PanelBinding } from '@datamesh/contracts';
import { describe, expect, it, vi } from 'vitest';
import type { Agent } from './agent';
import { isAttribute, wire } from './bindings';
import { eventContext, listenToEvents } from './element-events';
import { Interop } from './interop';
import { MAX_HOPS, REACTION } from './traces';
import type { InteropOptions } from './types';

/** As much of an element as wires touch; `drawn` counts what an element would draw anew for. */
class Plain extends EventTarget {
  value: unknown;
  drawn = 0;
  readonly attributes = new Map<string, string>();
  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }
  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
    this.drawn += 1;
    this.dispatchEvent(new Event(`drawn-${name}`));
  }
  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }
}

const ticker = (of: string): Context => ({ type: 'fdc3.instrument', id: { ticker: of } });
const toSymbol: PanelBinding = { from: 'table', context: 'fdc3.instrument', take: 'id.ticker', attribute: 'symbol' };
/** Microtasks: what is replayed comes in one. */
const settled = async (): Promise<void> => {
  for (let i = 0; i < 5; i++) await Promise.resolve();
};

function room(options: InteropOptions = {}) {
  let time = 0;
  const interop = new Interop({ now: () => time, ...options });
  const agent = (panel: string, held = false, channel: string | null = null): Agent =>
    interop.agent({ panel, widget: panel, version: '1.0.0' }, { channel, direction: 'both' }, held);
  const wired = (panel: string, ...wires: PanelBinding[]) => {
    const element = new Plain();
    const set = vi.fn();
    const own = agent(panel);
    return { element, set, agent: own, stop: wire({ element, set }, own, wires) };
  };
  return { interop, agent, wired, pass: (milliseconds: number) => (time += milliseconds) };
}

describe('a wire', () => {
  it('sets an attribute by what the other panel says, whichever channel either of them is on', async () => {
    const { agent, wired } = room();
    const [blue, none, red] = [agent('table', false, 'blue'), agent('other', false, 'blue'), agent('red', false, 'red')];
    const { element } = wired('chart', toSymbol);
    await blue.fdc3.broadcast(ticker('AAPL'));
    expect(element.attributes.get('symbol')).toBe('AAPL');
    await none.fdc3.broadcast(ticker('IBM'));
    await red.fdc3.broadcast(ticker('MSFT'));
    expect(element.attributes.get('symbol')).toBe('AAPL');
    blue.setMembership({ channel: null, direction: 'receive' });
    await blue.fdc3.broadcast(ticker('IBM'));
    expect(element.attributes.get('symbol')).toBe('IBM');
  });

  it('hears app channels and filters, and nothing of a private channel', async () => {
    const { agent, wired, interop } = room();
    const table = agent('table');
    const { element } = wired('chart', toSymbol);
    await (await table.fdc3.getOrCreateChannel('prices')).broadcast(ticker('AAPL'));
    expect(element.attributes.get('symbol')).toBe('AAPL');
    await (await table.fdc3.createPrivateChannel()).broadcast(ticker('SECRET'));
    expect(element.attributes.get('symbol')).toBe('AAPL');
    expect(JSON.stringify(interop.said('table'))).not.toContain('SECRET');
    await (await table.fdc3.getOrCreateChannel('dashboard')).broadcast({ type: 'fdc3.instrument', clear: true });
    expect(element.attributes.has('symbol')).toBe(false);
  });

  it('gives texts, numbers and flags as they are, lists and objects as JSON, and takes away what is not there', async () => {
    const { agent, wired } = room();
    const table = agent('table');
    const { element } = wired('chart', { from: 'table', context: 'team.any', take: 'it', attribute: 'it' });
    const shown: (string | null)[] = [];
    for (const it of ['x', 7, true, false, [1, { a: 2 }], { a: [] }, null, undefined, '']) {
      await table.fdc3.broadcast({ type: 'team.any', ...(it === undefined ? {} : { it }) });
      shown.push(element.getAttribute('it'));
    }
    expect(shown).toEqual(['x', '7', '', null, '[1,{"a":2}]', '{"a":[]}', null, null, '']);
  });

  it('takes nothing that is not in the data', async () => {
    const { agent, wired } = room();
    const table = agent('table');
    const paths = [
      '__proto__',
      'constructor',
      'constructor.name',
      'toString',
      'toString.name',
      'id.hasOwnProperty',
      'id.__proto__.x',
      'name.length',
    ];
    const { element } = wired('chart', ...paths.map((take, i): PanelBinding => ({ ...toSymbol, take, attribute: `a${i}` })));
    await table.fdc3.broadcast({ ...ticker('AAPL'), name: 'Apple' });
    expect([...element.attributes]).toEqual([]);
  });

  it('hands a value of a setting to whoever checks it', async () => {
    const { agent, wired } = room();
    const table = agent('table');
    const one: PanelBinding = { from: 'table', context: 'fdc3.instrument', take: 'id', setting: 'symbol' };
    const { set, element } = wired('chart', one);
    await table.fdc3.broadcast(ticker('AAPL'));
    await table.fdc3.broadcast({ type: 'fdc3.instrument' });
    expect(set.mock.calls).toEqual([
      ['symbol', { ticker: 'AAPL' }, one],
      ['symbol', undefined, one],
    ]);
    expect(element.drawn).toBe(0);
  });

  it('leaves an attribute alone that is so already: elements draw anew for it', async () => {
    const { agent, wired } = room();
    const table = agent('table');
    const { element } = wired('chart', toSymbol);
    await table.fdc3.broadcast(ticker('AAPL'));
    await table.fdc3.broadcast({ ...ticker('AAPL'), name: 'Apple' });
    expect(element.drawn).toBe(1);
  });

  it('brings at once what was said before, also to the element that takes the place of another', async () => {
    const { agent, wired } = room();
    await agent('table').fdc3.broadcast(ticker('AAPL'));
    const first = wired('chart', toSymbol);
    await settled();
    expect(first.element.attributes.get('symbol')).toBe('AAPL');
    const swapped = new Plain();
    const tried = agent('chart', true);
    wire({ element: swapped, set: vi.fn() }, tried, [toSymbol]);
    await settled();
    // One that is only tried is told nothing.
    expect(swapped.attributes.size).toBe(0);
    first.agent.dispose();
    tried.release();
    await settled();
    expect(swapped.attributes.get('symbol')).toBe('AAPL');
    await agent('table').fdc3.broadcast(ticker('IBM'));
    expect([first.element.getAttribute('symbol'), swapped.getAttribute('symbol')]).toEqual(['AAPL', 'IBM']);
  });

  it('brings to the page that takes the place of this one what its panels said', async () => {
    const { agent, interop } = room();
    await agent('table').fdc3.broadcast(ticker('AAPL'));
    await agent('other').fdc3.broadcast(ticker('IBM'));
    const said = JSON.parse(JSON.stringify(interop.saidBy(['table'])));
    expect(Object.keys(said)).toEqual(['table']);
    const later = new Interop({}, {}, said);
    const element = new Plain();
    wire({ element, set: vi.fn() }, later.agent({ panel: 'chart', widget: 'c', version: '1.0.0' }, { channel: null, direction: 'both' }), [
      toSymbol,
    ]);
    await settled();
    expect(element.getAttribute('symbol')).toBe('AAPL');
  });

  it('ends when it is taken away', async () => {
    const { agent, wired } = room();
    const table = agent('table');
    const { element, stop } = wired('chart', toSymbol);
    stop();
    await table.fdc3.broadcast(ticker('AAPL'));
    expect(element.drawn).toBe(0);
  });

  it('sets no attribute that could change what an element is', () => {
    expect(['symbol', 'data-x', 'aria-label', 'hidden'].filter(isAttribute)).toHaveLength(4);
    expect(
      ['onclick', 'on', 'style', 'class', 'id', 'slot', 'is', 'title', 'part', 'data-theme', 'Symbol', '1a', 'a b', ''].filter(isAttribute),
    ).toEqual([]);
  });
});

describe('a circle of wires', () => {
  const back: PanelBinding = { from: 'chart', event: 'drawn-label', take: 'value', attribute: 'symbol' };
  const forth: PanelBinding = { from: 'table', event: 'drawn-symbol', take: 'value', attribute: 'label' };

  /** Two elements, each of which shows one more than what it is set to, and says so at once or in a task of its own. */
  function circle(later?: (run: () => void) => void) {
    const onLoop = vi.fn();
    const own = room({ onLoop });
    const ends = { table: own.wired('table', back), chart: own.wired('chart', forth) };
    for (const { element, agent } of Object.values(ends))
      listenToEvents(element, ['drawn-symbol', 'drawn-label'], (event) => {
        const tell = (): void => {
          element.value = Number(element.getAttribute(event.type.slice('drawn-'.length))) + 1;
          const context = eventContext(element, event);
          if (context) agent.publishElementEvent(context);
        };
        if (later) later(tell);
        else tell();
      });
    return { ...own, ...ends, onLoop };
  }

  it('ends, where each answers at once, and says so once', () => {
    const { table, chart, onLoop } = circle();
    table.element.setAttribute('symbol', '0');
    expect(table.element.drawn + chart.element.drawn).toBeLessThanOrEqual(MAX_HOPS + 2);
    expect(chart.element.drawn).toBeGreaterThan(0);
    expect(onLoop).toHaveBeenCalledTimes(1);
  });

  it('ends, where each answers in a task of its own, and says so once', () => {
    const tasks: (() => void)[] = [];
    const { table, chart, onLoop } = circle((run) => tasks.push(run));
    table.element.setAttribute('symbol', '0');
    let ran = 0;
    for (let task = tasks.shift(); task && ran < 100; task = tasks.shift(), ran++) task();
    expect(tasks).toEqual([]);
    expect(ran).toBeLessThanOrEqual(MAX_HOPS + 2);
    expect(chart.element.drawn).toBeGreaterThan(0);
    expect(onLoop).toHaveBeenCalledTimes(1);
  });

  it('goes on for a person, however quickly they go through rows, and for what comes by itself later', () => {
    const { interop, agent, pass } = room();
    const heard = vi.fn();
    const [a, b] = [agent('a'), agent('b')];
    b.follow('a', 'team.step', heard);
    a.follow('b', 'team.step', () => undefined);
    a.follow('b', 'team.done', () => undefined);
    for (let row = 0; row < 3 * MAX_HOPS; row++) {
      a.used();
      a.publishElementEvent({ type: 'team.step', row });
      b.publishElementEvent({ type: 'team.done', row });
    }
    expect(heard).toHaveBeenCalledTimes(3 * MAX_HOPS);
    for (let tick = 0; tick < 3 * MAX_HOPS; tick++) {
      pass(REACTION + 1);
      a.publishElementEvent({ type: 'team.step', tick });
      b.publishElementEvent({ type: 'team.done', tick });
    }
    expect(heard).toHaveBeenCalledTimes(6 * MAX_HOPS);
    expect(interop.said('a').at(-1)).toEqual({ type: 'team.step', tick: 3 * MAX_HOPS - 1 });
  });

  it('keeps nobody from saying a lot after something was set', () => {
    const { agent } = room();
    const heard = vi.fn();
    const [a, ticker1] = [agent('a'), agent('ticker')];
    ticker1.follow('a', 'team.pick', () => undefined);
    agent('chart').follow('ticker', 'team.tick', heard);
    a.publishElementEvent({ type: 'team.pick' });
    for (let tick = 0; tick < 500; tick++) ticker1.publishElementEvent({ type: 'team.tick', tick });
    expect(heard).toHaveBeenCalledTimes(500);
  });
});

describe('what goes of an event along a wire', () => {
  const fired = (detail: unknown, element: object = {}) =>
    eventContext(Object.assign(new EventTarget(), element), Object.assign(new Event('change'), { detail }));

  it('is its detail, and what the element then holds, as fields do', () => {
    expect(fired({ row: [1] }, { value: 'x', checked: false })).toEqual({
      type: 'event:change',
      detail: { row: [1] },
      value: 'x',
      checked: false,
    });
    expect(fired(null, { value: 3, checked: 'yes' })).toEqual({ type: 'event:change', detail: null, value: 3 });
    expect(fired(undefined)).toEqual({ type: 'event:change' });
  });

  it('is no more than JSON: no functions, nothing that holds itself, nothing large or deep', () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    expect(fired(circular, { value: 'x' })).toEqual({ type: 'event:change', value: 'x' });
    expect(fired({ run: () => 1, keep: 1 })).toEqual({ type: 'event:change', detail: { keep: 1 } });
    expect(fired('x'.repeat(70_000), { value: 'x' })).toEqual({ type: 'event:change', value: 'x' });
    const deep = JSON.parse(`${'['.repeat(60)}${']'.repeat(60)}`);
    expect(fired(deep)).toBeUndefined();
  });

  it('never throws into the element that fires', () => {
    const broken = Object.defineProperty({}, 'value', {
      enumerable: true,
      get: () => {
        throw new Error('not yet');
      },
    });
    const element = new EventTarget();
    Object.defineProperties(element, Object.getOwnPropertyDescriptors(broken));
    expect(eventContext(element, new Event('change'))).toBeUndefined();
  });

  it('is heard for as long as somebody wants it, and by whoever looks', () => {
    const { interop, agent } = room();
    const element = new EventTarget();
    const own = agent('field');
    const looks = vi.fn();
    const stopLooking = interop.onSaid('field', looks);
    const stop = listenToEvents(element, ['change', 'input'], (event) => own.publishElementEvent(eventContext(element, event) as Context));
    element.dispatchEvent(new Event('change'));
    element.dispatchEvent(new Event('other'));
    stop();
    element.dispatchEvent(new Event('input'));
    expect(interop.said('field')).toEqual([{ type: 'event:change' }]);
    expect(looks).toHaveBeenCalledTimes(1);
    stopLooking();
    own.publishElementEvent({ type: 'event:change' });
    expect(looks).toHaveBeenCalledTimes(1);
  });

  it('waits while its element is only tried, and is nothing once it is gone', () => {
    const { interop, agent } = room();
    const tried = agent('field', true);
    tried.publishElementEvent({ type: 'event:change' });
    expect(interop.said('field')).toEqual([]);
    tried.release();
    expect(interop.said('field')).toHaveLength(1);
    tried.dispose();
    tried.publishElementEvent({ type: 'event:input' });
    expect(interop.said('field')).toHaveLength(1);
  });
});
