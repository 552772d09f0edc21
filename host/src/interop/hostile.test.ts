/** What a widget may hand to others by mistake or on purpose: it is refused with a reason, and nobody else hears of it. */
import { describe, expect, it } from 'vitest';
import { DASHBOARD } from './channels';
import { contextTitle } from './context-titles';
import { admitContext } from './contexts';
import { MalformedContext } from './errors';
import { Interop } from './interop';
import type { Context } from './types';

function nested(depth: number): unknown {
  let value: unknown = 'end';
  for (let i = 0; i < depth; i++) value = i % 2 ? [value] : { value };
  return value;
}

const holdsItself: { type: string; self?: unknown } = { type: 'x' };
holdsItself.self = holdsItself;

/** Each level twice in the next: two hundred objects, and a text longer than any memory. */
function doubled(depth: number): unknown {
  let value: unknown = { end: 1 };
  for (let i = 0; i < depth; i++) value = { one: value, two: value };
  return value;
}
const long = Array.from({ length: 50_000 }, () => 1);

const hostile: [string, unknown][] = [
  ['5,000 levels', { type: 'x', value: nested(5_000) }],
  ['200,000 levels', { type: 'x', value: nested(200_000) }],
  ['itself inside', holdsItself],
  ['the same again and again', { type: 'x', value: doubled(40) }],
  ['one long list a hundred thousand times', { type: 'x', value: Array.from({ length: 100_000 }, () => long) }],
  ['a million values', { type: 'x', value: Array.from({ length: 1_000_000 }, () => 1) }],
  ['a BigInt', { type: 'x', value: 1n }],
  ['a Map', { type: 'x', value: new Map([['a', 1]]) }],
  ['a function', { type: 'x', value: () => 1 }],
  ['a symbol', { type: 'x', value: Symbol('x') }],
  ['a proxy', new Proxy({ type: 'x' }, {})],
  [
    'a proxy that throws',
    new Proxy(
      { type: 'x' },
      {
        get: () => {
          throw new Error('no');
        },
      },
    ),
  ],
  [
    'a getter that throws',
    {
      get type() {
        throw new Error('no');
      },
    },
  ],
  ['no type', { type: '' }],
  ['a type that is no text', { type: { toString: () => 'x' } }],
  ['a type without end', { type: 'x'.repeat(1_000_000) }],
  ['text', 'x'],
  ['null', null],
  ['a list', [{ type: 'x' }]],
];

describe.each(hostile)('a context with %s', (_name, value) => {
  it('is refused as malformed, and heard by nobody', async () => {
    expect(() => admitContext(value)).toThrow(MalformedContext);
    const interop = new Interop();
    const heard: Context[] = [];
    const [sender, listener] = ['one', 'two'].map((panel) =>
      interop.agent({ panel, widget: panel, version: '1.0.0' }, { channel: 'red', direction: 'both' }),
    );
    await listener?.fdc3.addContextListener(null, (context) => heard.push(context as Context));
    const dashboard = await sender?.fdc3.getOrCreateChannel(DASHBOARD);
    await expect(sender?.fdc3.broadcast(value as Context)).rejects.toThrow(MalformedContext);
    await expect(dashboard?.broadcast(value as Context)).rejects.toThrow(MalformedContext);
    await expect(sender?.fdc3.raiseIntent('ViewChart', value as Context)).rejects.toThrow(MalformedContext);
    expect(heard).toEqual([]);
  });
});

describe('names that every object has', () => {
  const odd = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

  it.each(odd)('%s is a type as any other', (type) => {
    expect(admitContext({ type, id: { a: 1 } })).toEqual({ type, id: { a: 1 } });
    expect(typeof contextTitle(type)).toBe('string');
  });

  it('as keys they change nobody’s prototype', () => {
    const context = admitContext(
      JSON.parse('{"type": "x", "__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'),
    );
    expect(Object.isFrozen(context)).toBe(true);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

it('a getter that answers differently each time is asked once', () => {
  let asked = 0;
  const context = admitContext({
    get type() {
      asked += 1;
      return asked === 1 ? 'fdc3.instrument' : 'other';
    },
    id: { ticker: 'IBM' },
  });
  expect([asked, context.type]).toEqual([1, 'fdc3.instrument']);
});

it('the same object in two places is no mistake', () => {
  const instrument = { id: { ticker: 'IBM' } };
  expect(admitContext({ type: 'pair', one: instrument, two: instrument })).toEqual({ type: 'pair', one: instrument, two: instrument });
});

it('a layout that was saved with filters which are no contexts opens with the others', async () => {
  const refused: string[] = [];
  const interop = new Interop({ onFilterRefused: (type) => refused.push(type) });
  const filters = [{ context: { type: 'deep', value: nested(60) } }, { context: { type: 'datamesh.airport', id: { iata: 'ZRH' } } }];
  interop.setFilters(filters);
  interop.setFilters(filters);
  expect(refused).toEqual(['deep']);
  expect(
    interop
      .appChannel(DASHBOARD)
      .kept()
      .map(({ context }) => context.type),
  ).toEqual(['datamesh.airport']);
});

it('a widget that makes up types without end fills no memory', async () => {
  const interop = new Interop();
  const agent = interop.agent({ panel: 'p', widget: 'w', version: '1.0.0' }, { channel: 'red', direction: 'both' });
  for (let i = 0; i < 5_000; i++) await agent.fdc3.broadcast({ type: `x${i}` });
  const kept = interop.userChannel('red').kept();
  expect([kept.length, kept.at(-1)?.context.type]).toEqual([200, 'x4999']);
});
