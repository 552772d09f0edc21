/** What a Pinot does not say in full reaches whoever asked, through every step in between. */
import { afterEach, describe, expect, it } from 'vitest';
import { answerOf, type Broker, startBroker } from '../../testing/misbehaving-broker';
import type { QueryContext, Scope } from '../port';
import { PinotQueries } from './queries';

const scope: Scope = { site: 'shop', from: 0, to: 1000, filters: [] };
const LIMITED = { numGroupsLimitReached: true };
let broker: Broker;
let engine: PinotQueries;

afterEach(async () => {
  engine.close();
  await broker.close();
});

/** Each query is answered by its text. */
async function answering(answer: (query: string) => string): Promise<{ context: QueryContext; missing: string[] }> {
  broker = await startBroker((response, { body }) => response.end(answer(String(body.sql))));
  engine = new PinotQueries({ brokers: [broker.address], table: 'events', erased: () => [] });
  const missing: string[] = [];
  return { context: { signal: new AbortController().signal, partial: ({ code }) => missing.push(code) }, missing };
}

const isPart = (query: string): boolean => query.includes('"session_id" <') || query.includes('"session_id" >=');

describe('an answer in part', () => {
  it('is called so by every method', async () => {
    const { context, missing } = await answering(() => answerOf([[1, 1, 1, 1, 1]], { numServersQueried: 2 }));
    const path = { dimension: 'path', value: '/' } as const;
    const methods: Record<string, () => Promise<unknown>> = {
      totals: () => engine.totals(scope, context),
      visitors: () => engine.visitors(scope, context),
      series: () => engine.series(scope, [0], context),
      top: () => engine.top(scope, 'path', 5, context),
      'top of properties': () => engine.top(scope, 'props.plan', 5, context),
      props: () => engine.props(scope, 5, context),
      sessions: () => engine.sessions(scope, 5, context),
      dwell: () => engine.dwell(scope, context),
      funnel: () => engine.funnel(scope, [path, path], 1000, context),
      retention: () => engine.retention(scope, [0], context),
      recent: () => engine.recent(scope, 5, context),
      drops: () => engine.drops('shop', 0, 1000, context),
      widgets: () => engine.widgets(scope, 5, context),
      events: () => engine.events(scope, null, 5, context),
    };
    for (const [name, method] of Object.entries(methods)) {
      missing.length = 0;
      await method();
      expect([...new Set(missing)], name).toEqual(['silent_servers']);
    }
  });

  it('of too many sessions is asked for in smaller parts, and then whole', async () => {
    const { context, missing } = await answering((query) => (isPart(query) ? answerOf([[100], [300]]) : answerOf([[7]], LIMITED)));
    const { sessions, percentiles } = await engine.dwell(scope, context);
    expect(sessions).toBe(16);
    expect(percentiles.map(({ ms }) => ms)).toEqual([100, 100, 300, 300, 300, 300]);
    expect(missing).toEqual([]);
    // The parts touch, and nothing is outside of them.
    const parts = broker.requests.map(({ body }) => String(body.sql)).filter(isPart);
    const bounds = parts.map((query) => [/"session_id" >= '(.)'/.exec(query)?.[1], /"session_id" < '(.)'/.exec(query)?.[1]]);
    expect(bounds[0]?.[0]).toBeUndefined();
    expect(bounds.at(-1)?.[1]).toBeUndefined();
    expect(bounds.slice(1).map(([from]) => from)).toEqual(bounds.slice(0, -1).map(([, to]) => to));
  });

  it('that no smaller part can mend is called so', async () => {
    const { context, missing } = await answering(() => answerOf([[7]], LIMITED));
    await engine.dwell(scope, context);
    expect([...new Set(missing)]).toEqual(['rare_values']);
    expect(broker.requests).toHaveLength(1 + 8 + 64);
  });

  it('of groups is called so, also where only the first ones were wanted', async () => {
    const { context, missing } = await answering(() => answerOf([['/', 3, 1, 0]], LIMITED));
    await engine.top(scope, 'event_name', 1, context);
    await engine.widgets(scope, 1, context);
    expect([...new Set(missing)]).toEqual(['rare_values']);
  });

  it('with all rows there is room for, none of them beyond, is not', async () => {
    const { context, missing } = await answering(() => answerOf([['a', 3, 1, 0]]));
    expect(await engine.series(scope, [0], context)).toEqual([]);
    expect(missing).toEqual([]);
  });
});
