/** What a Pinot does not say in full reaches whoever asked, through every step in between. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Asking, Scope } from '../port';
import { answerOf, type Broker, startBroker } from './misbehaving-broker';
import { PinotQueries } from './queries';

const scope: Scope = { site: 'shop', from: 0, to: 1000, filters: [] };
const LEFT_OUT = 'there is more than the store counts in one query; rare values are left out';
const LIMITED = { numGroupsLimitReached: true };
let broker: Broker;
let engine: PinotQueries;

afterEach(async () => {
  engine.close();
  await broker.close();
});

/** Each query is answered by its text. */
async function answering(answer: (query: string) => string): Promise<{ asking: Asking; missing: string[] }> {
  broker = await startBroker((response, { body }) => response.end(answer(String(body.sql))));
  engine = new PinotQueries({ brokers: [broker.address], table: 'events', erased: () => [] });
  const missing: string[] = [];
  return { asking: { signal: new AbortController().signal, partial: (what) => missing.push(what) }, missing };
}

const isPart = (query: string): boolean => query.includes('"session_id" <') || query.includes('"session_id" >=');

describe('an answer in part', () => {
  it('is called so by every method', async () => {
    const { asking, missing } = await answering(() => answerOf([[1, 1, 1, 1, 1]], { numServersQueried: 2 }));
    const path = { dimension: 'path', value: '/' } as const;
    const methods: Record<string, () => Promise<unknown>> = {
      totals: () => engine.totals(scope, asking),
      visitors: () => engine.visitors(scope, asking),
      series: () => engine.series(scope, [0], asking),
      top: () => engine.top(scope, 'path', 5, asking),
      'top of properties': () => engine.top(scope, 'props.plan', 5, asking),
      props: () => engine.props(scope, 5, asking),
      sessions: () => engine.sessions(scope, 5, asking),
      dwell: () => engine.dwell(scope, asking),
      funnel: () => engine.funnel(scope, [path, path], 1000, asking),
      retention: () => engine.retention(scope, [0], asking),
      recent: () => engine.recent(scope, 5, asking),
      drops: () => engine.drops('shop', 0, 1000, asking),
      widgets: () => engine.widgets(scope, 5, asking),
      events: () => engine.events(scope, null, 5, asking),
    };
    for (const [name, method] of Object.entries(methods)) {
      missing.length = 0;
      await method();
      expect([...new Set(missing)], name).toEqual(['1 of 2 servers of the store did not answer']);
    }
  });

  it('of too many sessions is asked for in smaller parts, and then whole', async () => {
    const { asking, missing } = await answering((query) => (isPart(query) ? answerOf([[100], [300]]) : answerOf([[7]], LIMITED)));
    const { sessions, percentiles } = await engine.dwell(scope, asking);
    expect(sessions).toBe(16);
    expect(percentiles.map(({ ms }) => ms)).toEqual([100, 100, 300, 300, 300, 300]);
    expect(missing).toEqual([]);
    // The parts touch, and nothing is outside of them.
    const parts = broker.asked.map(({ body }) => String(body.sql)).filter(isPart);
    const bounds = parts.map((query) => [/"session_id" >= '(.)'/.exec(query)?.[1], /"session_id" < '(.)'/.exec(query)?.[1]]);
    expect(bounds[0]?.[0]).toBeUndefined();
    expect(bounds.at(-1)?.[1]).toBeUndefined();
    expect(bounds.slice(1).map(([from]) => from)).toEqual(bounds.slice(0, -1).map(([, to]) => to));
  });

  it('that no smaller part can mend is called so', async () => {
    const { asking, missing } = await answering(() => answerOf([[7]], LIMITED));
    await engine.dwell(scope, asking);
    expect([...new Set(missing)]).toEqual([LEFT_OUT]);
    expect(broker.asked).toHaveLength(1 + 8 + 64);
  });

  it('of groups is called so, also where only the first ones were wanted', async () => {
    const { asking, missing } = await answering(() => answerOf([['/', 3, 1, 0]], LIMITED));
    await engine.top(scope, 'event_name', 1, asking);
    await engine.widgets(scope, 1, asking);
    expect([...new Set(missing)]).toEqual([LEFT_OUT]);
  });

  it('with all rows there is room for, none of them beyond, is not', async () => {
    const { asking, missing } = await answering(() => answerOf([['a', 3, 1, 0]]));
    expect(await engine.series(scope, [0], asking)).toEqual([]);
    expect(missing).toEqual([]);
  });
});
