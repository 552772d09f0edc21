/** Topic, schema and table on a real Pinot, and what arrives in it through the sink. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { type KafkaServer, startKafka } from '@datamesh/test-servers/kafka/server';
import { type PinotServer, startPinot } from '@datamesh/test-servers/pinot/server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readPinotSetup } from '../src/config';
import { createTopic, KafkaCluster, topicExists } from '../src/sinks/kafka/cluster';
import { KafkaSink } from '../src/sinks/kafka/sink';
import { storedEvent } from '../src/testing/golden/events';
import { applyPinot } from './apply';
import { Controller } from './controller';
import { schemaFor, tableFor } from './definition';
import type { JsonObject } from './json';

let kafka: KafkaServer;
let pinot: PinotServer;
beforeAll(async () => {
  [kafka, pinot] = await Promise.all([startKafka(), startPinot()]);
});
afterAll(() => Promise.all([kafka?.stop(), pinot?.stop()]));

afterEach(({ task }) => {
  if (task.result?.state === 'fail') console.error(`Pinot said last:\n${pinot.said()}`);
});

const envOf = (name: string) => ({
  PINOT_CONTROLLER: pinot.controller,
  PINOT_TABLE: name,
  KAFKA_BROKERS: kafka.brokers,
  KAFKA_TOPIC: `topic-${name}`,
  KAFKA_PARTITIONS: '2',
});
const setupOf = (name: string) => readPinotSetup(envOf(name));
/** 0.11 cannot seal a segment without rows: so one partition, which has some. */
const OLDER = { KAFKA_PARTITIONS: '1' };

async function apply(name: string, dryRun = false): Promise<{ changed: boolean; said: string[] }> {
  const said: string[] = [];
  const { changed } = await applyPinot(setupOf(name), dryRun, (line) => said.push(line));
  return { changed, said };
}

async function rows(query: string): Promise<unknown[][]> {
  const answer = await fetch(`http://${pinot.broker}/query/sql`, { method: 'POST', body: JSON.stringify({ sql: query }) });
  const { resultTable, exceptions } = (await answer.json()) as { resultTable?: { rows: unknown[][] }; exceptions?: unknown[] };
  if (exceptions && exceptions.length > 0) throw new Error(JSON.stringify(exceptions));
  return resultTable?.rows ?? [];
}

const count = async (table: string): Promise<number> => Number((await rows(`SELECT COUNT(*) FROM ${table}`).catch(() => []))[0]?.[0] ?? -1);

async function send(name: string, events: readonly object[]): Promise<void> {
  const { kafka: config } = setupOf(name);
  const fail = (): never => {
    throw new Error('refused');
  };
  const sink = new KafkaSink({ ...config, cluster: new KafkaCluster(config), file: null, rejected: fail, setAside: fail });
  const payloads = events.map((event) => Buffer.from(JSON.stringify(event)));
  await sink.write(
    payloads,
    1,
    payloads.map(() => 0),
  );
  await sink.close();
}

const HOUR = 3_600_000;
const now = Date.now();

describe('datamesh-tracker pinot apply', () => {
  it('makes topic, schema and table; shows it before, and changes nothing afterwards', async () => {
    const dry = await apply('fresh', true);
    expect(dry).toMatchObject({
      changed: true,
      said: [
        expect.stringMatching(/^Pinot 0\.11\.0 at http/),
        'topic topic-fresh: would be made',
        'schema fresh: would be made',
        'table fresh: would be made',
      ],
    });
    expect(await topicExists(setupOf('fresh').kafka, 'topic-fresh')).toBe(false);
    expect(await new Controller(pinot.controller, null).schema('fresh')).toBeNull();

    expect((await apply('fresh')).said.slice(1)).toEqual(['topic topic-fresh: made', 'schema fresh: made', 'table fresh: made']);
    for (const dryRun of [true, false])
      expect(await apply('fresh', dryRun)).toMatchObject({
        changed: false,
        said: [expect.anything(), 'topic topic-fresh: as wanted', 'schema fresh: as wanted', 'table fresh: as wanted'],
      });
  });

  it('has every field as it was sent, absent ones by their default, and each event once however often it came', async () => {
    const full = storedEvent({
      ts: now - 2 * HOUR,
      received_ts: now,
      path: `/${'ü'.repeat(999)}`,
      referrer: 'r'.repeat(2000),
      country: 'DE',
      event_name: 'widget_view',
      widget: 'chart',
      dwell_ms: 0,
      load_ms: 120,
      props: '{"plan":"pro","quote":"it\'s"}',
    });
    const bare = storedEvent({ ts: now, received_ts: now, visitor_id: '', session_id: '' });
    const elsewhere = { ...full, site_id: 'other' };
    const erasure = { kind: 'erasure', site_id: 'shop', visitor_ids: ['v1'], at: 1 };
    await send('fresh', [full, bare, full, erasure, elsewhere]);
    await send('fresh', [bare, { ...full, path: '/late-duplicate' }]);
    await expect.poll(() => count('fresh')).toBe(3);

    const columns = 'path, referrer, country, host, dwell_ms, load_ms, dropped, dwell_sum_ms, hour_ms, ts, props, prop_keys, visitor_id';
    const of = (id: string) => rows(`SELECT ${columns} FROM fresh WHERE event_id = '${id}' AND site_id = 'shop' LIMIT 10`);
    const hour = (at: number) => at - (at % HOUR);
    expect(await of(full.event_id)).toEqual([
      [full.path, full.referrer, 'DE', '', 0, 120, -1, 0, hour(full.ts), full.ts, full.props, ['plan', 'quote'], 'v1'],
    ]);
    expect(await of(bare.event_id)).toEqual([['', '', '', '', -1, -1, -1, 0, hour(now), now, '', [''], '']]);
    expect(await rows(`SELECT COUNT(*) FROM fresh WHERE JSON_MATCH(props, '"$.plan" = ''pro''')`)).toEqual([[2]]);
    // Late duplicates would be there by now: the newest event is.
    const last = storedEvent({ ts: now, received_ts: now });
    await send('fresh', [full, last]);
    await expect.poll(async () => (await of(last.event_id)).length).toBe(1);
    expect(await count('fresh')).toBe(4);
  });

  it('keeps each event once over kill -9 of Pinot', async () => {
    const events = Array.from({ length: 500 }, (_, index) => storedEvent({ ts: now + index, received_ts: now }));
    await apply('killed');
    await send('killed', events.slice(0, 300));
    await pinot.kill();
    await send('killed', events);
    await pinot.restart();
    await expect.poll(() => count('killed'), { timeout: 120_000 }).toBe(500);
    const last = storedEvent({ ts: now, received_ts: now });
    await send('killed', [...events.slice(200), last]);
    await expect.poll(() => count('killed'), { timeout: 60_000 }).toBe(501);
  });

  it('gives a table of an earlier version what came since, with its rows, and keeps what its operator added', async () => {
    const setup = readPinotSetup({ ...envOf('older'), ...OLDER });
    const controller = new Controller(pinot.controller, null);
    const schema = schemaFor(setup) as JsonObject & { dimensionFieldSpecs: { name: string }[] };
    const table = tableFor(setup, [0, 11]) as JsonObject & { tableIndexConfig: JsonObject };
    await createTopic(setup.kafka, setup.kafka.topic);
    await controller.createSchema({
      ...schema,
      dimensionFieldSpecs: [
        ...schema.dimensionFieldSpecs.filter(({ name }) => name !== 'load_ms'),
        { name: 'plant', dataType: 'STRING', defaultNullValue: 'north' },
      ],
    });
    await controller.createTable({
      ...table,
      tableIndexConfig: { ...table.tableIndexConfig, invertedIndexColumns: ['path'] },
      quota: { storage: '10G' },
    });
    const old = storedEvent({ ts: now, received_ts: now, load_ms: 5 });
    await send('older', [old]);
    await expect.poll(() => count('older')).toBe(1);

    const dry = await apply('older', true);
    expect(dry.changed).toBe(true);
    expect(dry.said).toContain('schema older: would be changed');
    expect(dry.said).toContain('  dimensionFieldSpecs[load_ms]: nothing -> {"name":"load_ms","dataType":"LONG","defaultNullValue":-1}');
    expect(dry.said.find((line) => line.startsWith('  tableIndexConfig.invertedIndexColumns: ["path"] -> ["event_name"'))).toBeDefined();
    await expect(rows('SELECT load_ms FROM older')).rejects.toThrow();

    const applied = await apply('older');
    expect(applied.changed).toBe(true);
    expect(applied.said).toContain('  new rows have it once the segments that are being filled are complete');
    expect(await apply('older', true)).toMatchObject({ changed: false });
    expect(await controller.sealSegments('older')).toBe(true);
    await send('older', [storedEvent({ ts: now + 1, received_ts: now, load_ms: 7 })]);
    await expect
      .poll(() => rows('SELECT load_ms, plant FROM older ORDER BY ts').catch(String), { timeout: 90_000 })
      .toEqual([
        [-1, 'north'],
        [7, 'north'],
      ]);
    expect(await controller.table('older')).toMatchObject({ quota: { storage: '10G' } });
  });

  it('refuses to change what Pinot keeps for as long as a table lives, before it changes anything', async () => {
    const setup = setupOf('foreign');
    const controller = new Controller(pinot.controller, null);
    await controller.createSchema({ ...schemaFor(setup), primaryKeyColumns: ['event_id'] });
    await expect(apply('foreign')).rejects.toThrow('set PINOT_TABLE to another name');
    expect(await topicExists(setup.kafka, setup.kafka.topic)).toBe(false);
    expect(await controller.table('foreign')).toBeNull();
  });

  it('is a command: code 3 when there is something to change, 0 when there is not, 1 with what is wrong', async () => {
    const run = (env: Record<string, string>, ...options: string[]) =>
      new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
        const program = ['--import', 'tsx', join(import.meta.dirname, '../src/cli.ts'), 'pinot', 'apply', ...options];
        execFile(process.execPath, program, { env: { ...process.env, ...env } }, (error, stdout, stderr) =>
          resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
        );
      });
    expect(await run(envOf('command'), '--dry-run')).toMatchObject({ code: 3, stdout: expect.stringContaining('would be made') });
    expect(await run(envOf('command'))).toMatchObject({ code: 0, stdout: expect.stringContaining('table command: made') });
    expect(await run(envOf('command'), '--dry-run')).toMatchObject({ code: 0 });
    expect(await run({ ...envOf('command'), PINOT_CONTROLLER: 'http://127.0.0.1:1' })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^datamesh-tracker: http:\/\/127\.0\.0\.1:1 does not answer .*is PINOT_CONTROLLER right\?\n$/),
    });
    expect(await run(envOf('command'), '--force')).toMatchObject({ code: 2, stderr: expect.stringContaining('usage:') });
  });
});
