import type { Context } from '@datamesh/contracts';
import { describe, expect, it, vi } from 'vitest';
import type { Agent, Membership } from './agent';
import type { MalformedContext } from './errors';
import { Interop } from './interop';
import { MAX_HOPS, MAX_SENT } from './traces';
import type { InteropOptions, Metadata, PrivateChannel } from './types';

const apple: Context = { type: 'fdc3.instrument', name: 'Apple', id: { ticker: 'AAPL' } };
const ibm: Context = { type: 'fdc3.instrument', id: { ticker: 'IBM' } };
const year: Context = { type: 'fdc3.timeRange', startTime: '2009-01-01', endTime: '2009-12-31' };

function room(options: InteropOptions = {}) {
  let ids = 0;
  const interop = new Interop({ now: () => Date.UTC(2026, 0, 2), newId: () => `t${++ids}`, ...options });
  const panel = (id: string, membership: Partial<Membership> = {}): Agent =>
    interop.agent({ panel: id, widget: `widget-${id}`, version: '1.0.0' }, { channel: 'blue', direction: 'both', ...membership });
  return { interop, panel };
}

async function heard(agent: Agent, type: string | null = null): Promise<{ context: Context; metadata: Metadata }[]> {
  const all: { context: Context; metadata: Metadata }[] = [];
  await agent.fdc3.addContextListener(type, (context, metadata) => {
    all.push({ context, metadata: metadata as Metadata });
  });
  return all;
}
const settled = (): Promise<void> => new Promise((done) => queueMicrotask(() => queueMicrotask(done)));

describe('a user channel', () => {
  it('carries a context to everyone else on it, and to nobody on another one', async () => {
    const { panel } = room();
    const [table, chart, other] = [panel('table'), panel('chart'), panel('other', { channel: 'red' })];
    const [byTable, byChart, byOther] = [await heard(table), await heard(chart), await heard(other)];
    await table.fdc3.broadcast(apple);
    expect(byChart.map(({ context }) => context)).toEqual([apple]);
    expect([...byTable, ...byOther]).toEqual([]);
  });

  it('says who sent a context, when, and in which chain', async () => {
    const { panel } = room();
    const [table, chart] = [panel('table'), panel('chart')];
    const byChart = await heard(chart);
    await table.fdc3.broadcast(apple);
    expect(byChart[0]?.metadata).toMatchObject({
      source: { panel: 'table', widget: 'widget-table', version: '1.0.0', appId: 'widget-table', instanceId: 'table' },
      timestamp: '2026-01-02T00:00:00.000Z',
      traceId: 't1',
    });
  });

  it('gives a late joiner the current context at once', async () => {
    const { panel } = room();
    await panel('table').fdc3.broadcast(apple);
    const chart = await heard(panel('chart'), 'fdc3.instrument');
    await settled();
    expect(chart.map(({ context }) => context)).toEqual([apple]);
  });

  it('gives a late joiner nothing older after what is newer', async () => {
    const { panel } = room();
    const table = panel('table');
    await table.fdc3.broadcast(apple);
    const hear = vi.fn();
    const joined = panel('chart').fdc3.addContextListener('fdc3.instrument', hear);
    await table.fdc3.broadcast(ibm);
    await joined;
    await settled();
    expect(hear.mock.calls.map(([context]) => context)).toEqual([ibm]);
  });

  it('gives a panel that changes channel what is current there, and nothing from the channel it left', async () => {
    const { panel } = room();
    const [blue, red, chart] = [panel('b'), panel('r', { channel: 'red' }), panel('chart', { channel: null })];
    await blue.fdc3.broadcast(apple);
    await red.fdc3.broadcast(ibm);
    const byChart = await heard(chart);
    await chart.fdc3.joinUserChannel('red');
    await settled();
    await blue.fdc3.broadcast({ ...apple, name: 'again' });
    expect(byChart.map(({ context }) => context)).toEqual([ibm]);
    await chart.fdc3.leaveCurrentChannel();
    expect(await chart.fdc3.getCurrentChannel()).toBeNull();
  });

  it('hands every listener its own type only, in a copy that nobody can change', async () => {
    const { panel } = room();
    const [table, chart] = [panel('table'), panel('chart')];
    const airports = await heard(chart, 'datamesh.airport');
    const instruments = await heard(chart, 'fdc3.instrument');
    const sent = { type: 'fdc3.instrument', id: { ticker: 'AAPL' } };
    await table.fdc3.broadcast(sent);
    sent.id.ticker = 'changed';
    expect(airports).toEqual([]);
    expect(instruments[0]?.context).toEqual({ type: 'fdc3.instrument', id: { ticker: 'AAPL' } });
    expect(Object.isFrozen(instruments[0]?.context['id'])).toBe(true);
  });

  it('does not let a listener that throws stop the others, and says whose it was', async () => {
    const onListenerError = vi.fn();
    const { panel } = room({ onListenerError });
    const [table, broken, chart] = [panel('table'), panel('broken'), panel('chart')];
    await broken.fdc3.addContextListener(null, () => {
      throw new Error('no');
    });
    const byChart = await heard(chart);
    await expect(table.fdc3.broadcast(apple)).resolves.toBeUndefined();
    expect(byChart).toHaveLength(1);
    expect(onListenerError).toHaveBeenCalledWith('broken', expect.objectContaining({ message: 'no' }));
  });

  it('stops hearing when unsubscribed, and when the element is gone', async () => {
    const { panel } = room();
    const [table, a, b] = [panel('table'), panel('a'), panel('b')];
    const byA = vi.fn();
    const listener = await a.fdc3.addContextListener(null, byA);
    const byB = await heard(b);
    await listener.unsubscribe();
    b.dispose();
    await table.fdc3.broadcast(apple);
    expect(byA).not.toHaveBeenCalled();
    expect(byB).toEqual([]);
  });

  it('is neither sent to, nor asked over, by an element that is gone, whatever it still holds', async () => {
    const { panel } = room();
    const [table, chart, other] = [panel('table'), panel('chart'), panel('other')];
    const byChart = await heard(chart);
    const byApp = vi.fn();
    await (await chart.fdc3.getOrCreateChannel('prices')).addContextListener(null, byApp);
    const asked = vi.fn();
    await chart.fdc3.addIntentListener('ViewChart', asked);
    const [current, prices] = [await table.fdc3.getCurrentChannel(), await table.fdc3.getOrCreateChannel('prices')];
    table.dispose();
    const late = vi.fn();
    await table.fdc3.broadcast(apple);
    await current?.broadcast(apple);
    await prices.broadcast(apple);
    await prices.addContextListener(null, late);
    await table.fdc3.addContextListener(null, late);
    await table.fdc3.addIntentListener('ViewNews', late);
    await expect(table.fdc3.raiseIntent('ViewChart', apple)).rejects.toThrow('AccessDenied');
    await (await other.fdc3.getOrCreateChannel('prices')).broadcast(ibm);
    await expect(other.fdc3.raiseIntent('ViewNews', apple)).rejects.toThrow('NoAppsFound');
    expect([byChart, asked.mock.calls, late.mock.calls]).toEqual([[], [], []]);
    expect(byApp.mock.calls.map(([context]) => context)).toEqual([ibm]);
  });

  it('refuses a channel that does not exist by its FDC3 name', async () => {
    const { panel } = room();
    await expect(panel('a').fdc3.joinUserChannel('pink')).rejects.toThrow('NoChannelFound');
    await expect(panel('a').fdc3.getOrCreateChannel('red')).rejects.toThrow('AccessDenied');
    expect((await panel('a').fdc3.getUserChannels()).map(({ id }) => id)).toHaveLength(8);
  });
});

describe('direction', () => {
  it('keeps a panel that only sends from hearing, and one that only receives from being heard', async () => {
    const { panel } = room();
    const [send, receive, both] = [panel('s', { direction: 'send' }), panel('r', { direction: 'receive' }), panel('b')];
    const [bySend, byReceive, byBoth] = [await heard(send), await heard(receive), await heard(both)];
    await send.fdc3.broadcast(apple);
    await receive.fdc3.broadcast(ibm);
    expect(bySend).toEqual([]);
    expect(byReceive.map(({ context }) => context)).toEqual([apple]);
    expect(byBoth.map(({ context }) => context)).toEqual([apple]);
  });

  it('lets a panel hear what is current as soon as it may hear', async () => {
    const { panel } = room();
    const chart = panel('chart', { direction: 'send' });
    const byChart = await heard(chart);
    await panel('table').fdc3.broadcast(apple);
    chart.setMembership({ channel: 'blue', direction: 'both' });
    await settled();
    expect(byChart).toHaveLength(1);
  });
});

describe('validation', () => {
  it.each([
    [{ name: 'no type' }, 'type'],
    ['text', ''],
    [{ type: 'x.y', run: () => 1 }, ''],
  ])('rejects %j to its sender with the failing path', async (context, path) => {
    const { panel } = room();
    const byChart = await heard(panel('chart'));
    const refused = await panel('table')
      .fdc3.broadcast(context as Context)
      .catch((error: MalformedContext) => error);
    expect(refused).toMatchObject({ message: 'MalformedContext', path });
    expect(byChart).toEqual([]);
  });

  it.each<Context>([
    { type: 'team.thing', any: [1] },
    { type: 'fdc3.instrument', id: { ISIN: 'US0378331005' } },
    { type: 'fdc3.instrument', name: 'Apple' },
    { type: 'fdc3.timeRange' },
  ])('lets %j pass: a type is all that a context must have', async (context) => {
    const { panel } = room();
    const byChart = await heard(panel('chart'));
    await panel('table').fdc3.broadcast(context);
    expect(byChart.map((delivery) => delivery.context)).toEqual([context]);
  });
});

describe('the loop guard', () => {
  const passOn = async (agent: Agent, change: (context: Context) => Context = (context) => context): Promise<void> => {
    await agent.fdc3.addContextListener(null, (context) => void agent.fdc3.broadcast(change(context)));
  };

  it('keeps a context from coming back to its sender when it is passed on while being handled', async () => {
    const { panel } = room();
    const [a, b] = [panel('a'), panel('b')];
    const byA = await heard(a);
    await passOn(b, (context) => ({ ...context, name: 'changed' }));
    await a.fdc3.broadcast(apple);
    expect(byA).toEqual([]);
  });

  it('gives a context that is passed on the trace of the one it follows', async () => {
    const { panel } = room();
    const [a, b, c] = [panel('a'), panel('b'), panel('c', { channel: 'red' })];
    const byC = await heard(c);
    await b.fdc3.addContextListener(null, async (context) => {
      await b.fdc3.joinUserChannel('red');
      void b.fdc3.broadcast(context);
    });
    await a.fdc3.broadcast(apple);
    await settled();
    expect(byC.map(({ metadata }) => metadata.traceId)).toEqual(['t1']);
  });

  it('stops two panels that answer each other with the same context after a while', async () => {
    const { panel } = room();
    const [a, b] = [panel('a'), panel('b')];
    let calls = 0;
    for (const agent of [a, b])
      await agent.fdc3.addContextListener(null, async (context) => {
        calls += 1;
        await Promise.resolve();
        if (calls < 100) await agent.fdc3.broadcast(context);
      });
    await a.fdc3.broadcast(apple);
    for (let i = 0; i < 50; i++) await settled();
    expect(calls).toBe(1);
  });

  it('cuts a chain that goes on for too long', async () => {
    const onLoop = vi.fn();
    const { panel } = room({ onLoop });
    let hops = 0;
    for (const id of ['a', 'b'])
      await passOn(panel(id), (context) => {
        hops += 1;
        return { ...context, type: `team.step${hops}` };
      });
    await panel('start').fdc3.broadcast({ type: 'team.step0' });
    expect(onLoop).toHaveBeenCalled();
    expect(hops).toBeLessThanOrEqual(2 * (MAX_HOPS + 1));
  });

  it('cuts a storm in which many panels pass on what all others pass on', async () => {
    const onLoop = vi.fn();
    const { panel } = room({ onLoop });
    let sent = 0;
    for (let i = 0; i < 12; i++)
      await passOn(panel(`p${i}`), (context) => {
        sent += 1;
        return { ...context, type: `team.step${sent}` };
      });
    await panel('start').fdc3.broadcast({ type: 'team.step0' });
    expect(onLoop).toHaveBeenCalled();
    expect(sent).toBeLessThanOrEqual(12 * (MAX_SENT + 1));
  });
});

describe('dashboard filters', () => {
  it('are told to the layout, kept, and replayed to whoever listens later', async () => {
    const onFilter = vi.fn();
    const { panel } = room({ onFilter });
    const dashboard = await panel('range').fdc3.getOrCreateChannel('dashboard');
    await dashboard.broadcast(year);
    expect(onFilter).toHaveBeenCalledExactlyOnceWith(year);
    const later = vi.fn();
    await (await panel('chart').fdc3.getOrCreateChannel('dashboard')).addContextListener('fdc3.timeRange', later);
    await settled();
    expect(later).toHaveBeenCalledWith(year, expect.anything());
  });

  it('come from the layout without being told back to it, and only where they differ', async () => {
    const onFilter = vi.fn();
    const { interop, panel } = room({ onFilter });
    const hear = vi.fn();
    await (await panel('chart').fdc3.getOrCreateChannel('dashboard')).addContextListener('fdc3.timeRange', hear);
    interop.setFilters([{ context: year }]);
    interop.setFilters([{ context: { ...year } }]);
    expect(hear).toHaveBeenCalledTimes(1);
    interop.setFilters([]);
    expect(hear).toHaveBeenLastCalledWith({ type: 'fdc3.timeRange', clear: true }, expect.anything());
    expect(onFilter).not.toHaveBeenCalled();
  });
});

describe('intents', () => {
  it('reach the panel that answers them, and bring its result back', async () => {
    const onIntent = vi.fn();
    const { panel } = room({ onIntent });
    const [table, chart] = [panel('table'), panel('chart')];
    await chart.fdc3.addIntentListener('ViewChart', async (context) => ({ ...context, name: 'seen' }));
    const resolution = await table.fdc3.raiseIntent('ViewChart', apple);
    expect(resolution.source).toEqual({ appId: 'widget-chart', instanceId: 'chart' });
    expect(await resolution.getResult()).toEqual({ ...apple, name: 'seen' });
    expect(onIntent).toHaveBeenCalledWith('chart');
  });

  it('prefer a panel on the same channel, and obey a target', async () => {
    const { panel } = room();
    const table = panel('table');
    for (const agent of [panel('near'), panel('far', { channel: 'red' })])
      await agent.fdc3.addIntentListener('ViewChart', async () => undefined);
    expect((await table.fdc3.raiseIntent('ViewChart', apple)).source.instanceId).toBe('near');
    expect((await table.fdc3.raiseIntent('ViewChart', apple, { appId: 'widget-far' })).source.instanceId).toBe('far');
  });

  it('are refused by their FDC3 names', async () => {
    const { panel } = room();
    const [table, chart] = [panel('table'), panel('chart')];
    await expect(table.fdc3.raiseIntent('ViewChart', apple)).rejects.toThrow('NoAppsFound');
    await chart.fdc3.addIntentListener('ViewChart', async () => {
      throw new Error('broken');
    });
    await expect(table.fdc3.raiseIntent('ViewChart', apple, { appId: 'nobody' })).rejects.toThrow('TargetAppUnavailable');
    await expect(table.fdc3.raiseIntent('ViewChart', apple, { appId: 'x', instanceId: 'y' })).rejects.toThrow('TargetInstanceUnavailable');
    await expect((await table.fdc3.raiseIntent('ViewChart', apple)).getResult()).rejects.toThrow('IntentHandlerRejected');
    chart.dispose();
    await expect(table.fdc3.raiseIntent('ViewChart', apple)).rejects.toThrow('NoAppsFound');
  });

  it('are answered by a function only: whoever asks is not led to something else', async () => {
    const { panel } = room();
    const [table, chart] = [panel('table'), panel('chart')];
    await expect(chart.fdc3.addIntentListener('ViewChart', {} as never)).rejects.toThrow('addIntentListener needs a handler');
    await expect(table.fdc3.raiseIntent('ViewChart', apple)).rejects.toThrow('NoAppsFound');
  });

  it('are not about a context that the widget does not declare', async () => {
    const { interop, panel } = room();
    const chart = interop.agent(
      { panel: 'chart', widget: 'chart', version: '1.0.0', intents: [{ name: 'ViewChart', contexts: ['fdc3.instrument'] }] },
      { channel: 'blue', direction: 'both' },
    );
    const answer = vi.fn(async () => undefined);
    await chart.fdc3.addIntentListener('ViewChart', answer);
    const { fdc3 } = panel('table');
    await expect(fdc3.raiseIntent('ViewChart', year)).rejects.toThrow('NoAppsFound');
    await expect(fdc3.raiseIntent('ViewChart', year, { appId: 'chart' })).rejects.toThrow('NoAppsFound');
    await (await fdc3.raiseIntent('ViewChart', apple)).getResult();
    expect(answer).toHaveBeenCalledTimes(1);
  });
});

describe('a private channel', () => {
  async function shared() {
    const { panel } = room();
    const [table, chart] = [panel('table'), panel('chart')];
    const given = await chart.fdc3.createPrivateChannel();
    await chart.fdc3.addIntentListener('Stream', async () => given);
    const got = (await (await table.fdc3.raiseIntent('Stream', ibm)).getResult()) as PrivateChannel;
    return { table, chart, given, got };
  }

  it('comes from an intent as a private channel on both sides: each hears of what the other does, and never of itself', async () => {
    const { given, got } = await shared();
    const [byGiven, byGot] = [vi.fn(), vi.fn()];
    await given.addEventListener(null, (event) => byGiven(event.type, event.details));
    await got.addEventListener(null, (event) => byGot(event.type, event.details));
    const listener = await got.addContextListener('fdc3.instrument', () => undefined);
    await listener.unsubscribe();
    await given.addContextListener(null, () => undefined);
    expect(byGiven.mock.calls).toEqual([
      ['addContextListener', { contextType: 'fdc3.instrument' }],
      ['unsubscribe', { contextType: 'fdc3.instrument' }],
    ]);
    expect(byGot.mock.calls).toEqual([['addContextListener', { contextType: null }]]);
  });

  it('tells of listeners that were there before somebody asked', async () => {
    const { given, got } = await shared();
    await got.addContextListener('fdc3.instrument', () => undefined);
    const joined = vi.fn();
    given.onAddContextListener(joined);
    expect(joined).toHaveBeenCalledExactlyOnceWith('fdc3.instrument');
  });

  it('carries contexts between its sides, until one disconnects: its listeners end, the other is told, and it may not speak', async () => {
    const { given, got } = await shared();
    const [hear, told] = [vi.fn(), vi.fn()];
    await got.addContextListener('fdc3.instrument', hear);
    await given.addEventListener(null, ({ type }) => told(type));
    told.mockClear();
    await given.broadcast(apple);
    expect(hear).toHaveBeenCalledTimes(1);
    await got.disconnect();
    expect(told.mock.calls.flat()).toEqual(['unsubscribe', 'disconnect']);
    await given.broadcast(ibm);
    expect(hear).toHaveBeenCalledTimes(1);
    await expect(got.broadcast(apple)).rejects.toThrow('AccessDenied');
    await expect(got.addContextListener(null, hear)).rejects.toThrow('AccessDenied');
    await got.disconnect();
    expect(told).toHaveBeenCalledTimes(2);
  });

  it('is left when its element goes', async () => {
    const { table, given, got } = await shared();
    const gone = vi.fn();
    given.onDisconnect(gone);
    await got.addContextListener(null, () => undefined);
    table.dispose();
    expect(gone).toHaveBeenCalledTimes(1);
  });

  it('is not heard by whoever was not given it', async () => {
    const { table, chart } = await shared();
    const hear = vi.fn();
    await table.fdc3.addContextListener(null, hear);
    await (await chart.fdc3.createPrivateChannel()).broadcast(ibm);
    expect(hear).not.toHaveBeenCalled();
  });
});

describe('an element that is only tried', () => {
  it('is neither heard nor told anything, until it stands: then in the order in which it asked', async () => {
    const { interop, panel } = room();
    const chart = await heard(panel('chart'));
    const tried = interop.agent({ panel: 'table', widget: 'table', version: '2.0.0' }, { channel: 'blue', direction: 'both' }, true);
    const byTried: Context[] = [];
    void tried.fdc3.addContextListener(null, (context) => void byTried.push(context));
    void tried.fdc3.broadcast(apple);
    void tried.fdc3.broadcast(ibm);
    await panel('other').fdc3.broadcast(year);
    await settled();
    expect(chart.map(({ context }) => context)).toEqual([year]);
    expect(byTried).toEqual([]);
    tried.release();
    await settled();
    expect(chart.map(({ context }) => context)).toEqual([year, apple, ibm]);
    expect(byTried).toEqual([year]);
  });

  it('is never heard when it fails, and answers no intent', async () => {
    const { interop, panel } = room();
    const chart = await heard(panel('chart'));
    const tried = interop.agent({ panel: 'table', widget: 'table', version: '2.0.0' }, { channel: 'blue', direction: 'both' }, true);
    void tried.fdc3.broadcast(apple);
    void tried.fdc3.addIntentListener('ViewChart', async () => undefined);
    tried.dispose();
    tried.release();
    await settled();
    expect(chart).toEqual([]);
    await expect(panel('other').fdc3.raiseIntent('ViewChart', apple)).rejects.toThrow('NoAppsFound');
  });
});
