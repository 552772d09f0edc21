/** The queries on a real Pinot, fed through a real Kafka by the tracker's own sink and table definition. */
import { createHash } from 'node:crypto';
import { type KafkaServer, startKafka } from '@datamesh/test-servers/kafka/server';
import { type PinotServer, startPinot } from '@datamesh/test-servers/pinot/server';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { applyPinot } from '../../../pinot/apply';
import { uuidv7 } from '../../collect/uuid';
import { readPinotSetup } from '../../config';
import type { StoredEvent } from '../../events/event';
import { KafkaCluster } from '../../sinks/kafka/cluster';
import { KafkaSink } from '../../sinks/kafka/sink';
import { context, goldenAnswers, storedEvent } from '../../testing/golden';
import { CHECKS, drawnSites, siteOf } from '../../testing/golden/counting';
import type { Scope } from '../port';
import { filterCondition, scopeCondition } from './conditions';
import { PinotError } from './errors';
import { PinotQueries } from './queries';
import { number, Reader, type Row, text } from './reader';
import { inSlices } from './slices';
import { column, sql, table } from './sql';
import { Transport } from './transport';

let kafka: KafkaServer;
let pinot: PinotServer;
beforeAll(async () => {
  [kafka, pinot] = await Promise.all([startKafka(), startPinot()]);
});
afterAll(() => Promise.all([kafka?.stop(), pinot?.stop()]));

interface Table {
  name: string;
  /** Resolves when all that was ever sent can be queried. */
  send(events: readonly StoredEvent[]): Promise<void>;
  reader: Reader;
  close(): Promise<void>;
}

async function openTable(name: string): Promise<Table> {
  const env = {
    PINOT_CONTROLLER: pinot.controller,
    PINOT_TABLE: name,
    KAFKA_BROKERS: kafka.brokers,
    KAFKA_TOPIC: name,
    KAFKA_PARTITIONS: '2',
  };
  const setup = readPinotSetup(env);
  await applyPinot(setup, false, () => undefined);
  const refuse = (): never => {
    throw new Error('refused by Kafka');
  };
  const sink = new KafkaSink({ ...setup.kafka, cluster: new KafkaCluster(setup.kafka), file: null, rejected: refuse, setAside: refuse });
  const transport = new Transport({ brokers: [pinot.broker], table: name });
  const reader = new Reader(transport);
  const sent = new Set<string>();
  const there = async (): Promise<number> => {
    const found = await reader.some(sql`SELECT COUNT(*) FROM ${table(name)}`, 1, context).catch(() => []);
    return number(found[0]?.[0]);
  };
  return {
    name,
    reader,
    async send(events) {
      for (const { site_id, event_id } of events) sent.add(`${site_id} ${event_id}`);
      const payloads = events.map((event) => Buffer.from(JSON.stringify(event)));
      await sink.write(
        payloads,
        1,
        payloads.map(() => 0),
      );
      await vi.waitFor(async () => expect(await there()).toBe(sent.size), { timeout: 90_000, interval: 100 });
    },
    async close() {
      transport.close();
      await sink.close();
    },
  };
}

function queries(of: Table, erased: (site: string) => readonly string[] = () => []): PinotQueries {
  return new PinotQueries({ brokers: [pinot.broker], table: of.name, erased });
}

goldenAnswers('pinot', async (events, erasures) => {
  const golden = await openTable('golden');
  // Duplicates within one batch and across batches.
  await golden.send(events.slice(0, 5));
  await golden.send(events);
  await golden.send(events.slice(3));
  const erased = new Map(erasures.map(({ site_id, visitor_ids }) => [site_id, visitor_ids]));
  const engine = queries(golden, (site) => erased.get(site) ?? []);
  return {
    engine,
    async close() {
      engine.close();
      await golden.close();
    },
  };
});

describe('Pinot agrees with counting one by one', () => {
  // All at once, as each wait for Pinot to see them takes longer than context.
  const seed = Math.floor(Math.random() * 1e9);
  const sites = fc.sample(drawnSites, { numRuns: 25, seed }).map((drawn, index) => siteOf(drawn, `drawn-${index}`));
  let drawn: Table;
  let engine: PinotQueries;
  beforeAll(async () => {
    drawn = await openTable('drawn');
    await drawn.send(sites.flatMap(({ events }) => events));
    engine = queries(drawn);
  });
  afterAll(async () => {
    engine?.close();
    await drawn?.close();
  });

  for (const [what, check] of Object.entries(CHECKS))
    it(what, async () => {
      await Promise.all(
        sites.map(({ inside, scope }) =>
          check(engine, inside, scope).catch((error: unknown) => {
            throw new Error(`with the seed ${seed}, ${scope.site} until ${new Date(scope.to).toISOString()}`, { cause: error });
          }),
        ),
      );
    });
});

describe('whatever text is asked for', () => {
  let texts: Table;
  beforeAll(async () => {
    texts = await openTable('texts');
    await texts.send([storedEvent({ ts: Date.UTC(2026, 2, 2), path: '/', props: '{"plan":"pro"}' })]);
  });
  afterAll(() => texts?.close());

  const NASTY = [
    "'",
    "''",
    "' OR 1=1 --",
    "x') OR ('1'='1",
    '"',
    '\\',
    "\\'",
    '/*',
    '--',
    ';',
    "'; SET numGroupsLimit=1; --",
    'option(timeoutMs=1)',
  ];

  const plan = async (value: string): Promise<string[]> => {
    const scope: Scope = { site: value, from: 0, to: 2 ** 42, filters: [{ dimension: 'path', value }] };
    const where = sql`${scopeCondition(scope, () => [value])} AND ${filterCondition({ dimension: 'country', value })}`;
    const rows = await texts.reader.some(sql`EXPLAIN PLAN FOR SELECT COUNT(*) FROM ${table('texts')} WHERE ${where}`, 1, context);
    return rows.map(([operator]) => text(operator).replaceAll(value, '?'));
  };

  it('Pinot plans the same query', async () => {
    const plain = await plan('nothing');
    expect(plain.length).toBeGreaterThan(2);
    for (const value of NASTY) expect(await plan(value), value).toEqual(plain);
  });

  it('and finds what it is, in columns and in properties, and nothing else', async () => {
    const ts = Date.UTC(2026, 2, 3);
    await texts.send(
      NASTY.map((value, index) => storedEvent({ site_id: 'nasty', ts: ts + index, path: value, props: JSON.stringify({ plan: value }) })),
    );
    const engine = queries(texts);
    for (const [index, value] of NASTY.entries())
      for (const dimension of ['path', 'props.plan'] as const) {
        const scope: Scope = { site: 'nasty', from: ts, to: ts + 1000, filters: [{ dimension, value }] };
        expect(
          (await engine.events(scope, null, 10, context)).map((event) => event.ts),
          value,
        ).toEqual([ts + index]);
        expect((await engine.top(scope, dimension, 10, context)).map((item) => item.value)).toEqual([value]);
      }
    engine.close();
  });
});

describe('many', () => {
  const START = Date.UTC(2026, 2, 2);
  const sessionId = (index: number): string => createHash('sha256').update(String(index)).digest('base64url').slice(0, 16);
  const events = Array.from({ length: 3000 }, (_, index) =>
    storedEvent({
      event_id: uuidv7(START + index),
      site_id: 'many',
      ts: START + index,
      visitor_id: `v${index % 1000}`,
      session_id: sessionId(index % 1500),
      path: index % 3 === 0 ? '/start' : `/page/${index}`,
      event_name: index % 2 === 0 ? 'view' : 'dwell',
      dwell_ms: index % 2 === 0 ? null : index,
    }),
  );
  const scope: Scope = { site: 'many', from: START, to: START + 3000, filters: [] };
  let many: Table;
  let engine: PinotQueries;
  beforeAll(async () => {
    many = await openTable('many');
    await many.send(events);
    engine = queries(many);
  });
  afterAll(async () => {
    engine?.close();
    await many?.close();
  });

  it('sessions that are too many for one answer come in parts, each of them once', async () => {
    const found: Row[] = [];
    const missing: string[] = [];
    const id = column('session_id');
    await inSlices(
      many.reader,
      (part) => sql`SELECT ${id}, COUNT(*) FROM ${table('many')} WHERE ${part ?? sql`${id} <> ''`} GROUP BY ${id}`,
      200,
      { ...context, partial: ({ code }) => missing.push(code) },
      (rows) => found.push(...rows),
    );
    expect(missing).toEqual([]);
    expect(found).toHaveLength(1500);
    expect(new Set(found.map(([session]) => session)).size).toBe(found.length);
    expect(found.every(([, count]) => count === 2)).toBe(true);
  });

  it('that are cut off are called partial', async () => {
    const missing: string[] = [];
    const rows = await many.reader.all(sql`SELECT DISTINCT ${column('visitor_id')} FROM ${table('many')}`, 100, {
      ...context,
      partial: ({ code }) => missing.push(code),
    });
    expect(rows).toHaveLength(100);
    expect(missing).toEqual(['rare_values']);
  });

  it('values with the same counts are listed in order, the first ones of all', async () => {
    const pages = events.filter(({ event_name, path }) => event_name === 'view' && path !== '/start').map(({ path }) => String(path));
    const first = pages.sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))).slice(0, 4);
    expect((await engine.top(scope, 'path', 5, context)).map(({ value }) => value)).toEqual(['/start', ...first]);
  });

  it('pages that nobody viewed are not listed before those that somebody stayed at', async () => {
    const dwell = events.filter(({ event_name, path }) => event_name === 'dwell' && path !== '/start');
    const items = await engine.top(scope, 'path', 100_000, context);
    expect(items.filter(({ views }) => views === 0).map(({ value }) => value)).toEqual(
      dwell.map(({ path }) => String(path)).sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))),
    );
  });

  it('who ends a question ends it, and Pinot answers the next', async () => {
    const gone = new AbortController();
    const asked = engine.totals(scope, { signal: gone.signal, partial: () => undefined });
    const reason = new Error('closed');
    gone.abort(reason);
    await expect(asked).rejects.toBe(reason);
    expect(await engine.totals(scope, context)).toMatchObject({ visitors: 1000, views: 1500, sessions: 1500 });
  });
});

describe('errors of a real Pinot', () => {
  it('a table that is not there, a broker that is not there', async () => {
    const missing = new PinotQueries({ brokers: [pinot.broker], table: 'missing', erased: () => [] });
    await expect(missing.check(new AbortController().signal)).rejects.toBeInstanceOf(PinotError);
    const nowhere = new PinotQueries({ brokers: ['127.0.0.1:1', pinot.broker], table: 'missing', erased: () => [] });
    await expect(nowhere.check(new AbortController().signal)).rejects.not.toMatchObject({ kind: 'pinot_unreachable' });
  });
});
