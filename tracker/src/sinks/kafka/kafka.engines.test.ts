/** On a real Kafka: what is acknowledged, what is refused, and what a crash of either side leaves. */
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KafkaServer, startKafka } from '@datamesh/test-servers/kafka/server';
import { Admin, Consumer, MessagesStreamModes } from '@platformatic/kafka';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../collect/uuid';
import type { KafkaConfig } from '../../config';
import { storedEvent } from '../../testing/golden/events';
import { PositionFile } from '../position-file';
import { createTopic, isFinal, KafkaCluster, untilServed } from './cluster';
import { KafkaSink } from './sink';

let kafka: KafkaServer;
let folder: string;
beforeAll(async () => {
  kafka = await startKafka();
  folder = await mkdtemp(join(tmpdir(), 'kafka-sink-'));
});
afterAll(async () => {
  await kafka.stop();
  await rm(folder, { recursive: true });
});

const configOf = (name: string): KafkaConfig => ({
  brokers: [kafka.brokers],
  topic: name,
  deadLetterTopic: `${name}-dead`,
  partitions: 3,
  replicas: null,
  tls: false,
  sasl: null,
});

function sinkOn(name: string, config = configOf(name)) {
  const rejected: string[] = [];
  const setAside: [number, string][] = [];
  const sink = new KafkaSink({
    cluster: new KafkaCluster(config),
    topic: config.topic,
    deadLetterTopic: config.deadLetterTopic,
    file: new PositionFile(join(folder, `${name}.json`)),
    rejected: (payload) => rejected.push(payload.toString()),
    setAside: (position, reason) => setAside.push([position, reason]),
  });
  return { sink, rejected, setAside };
}

const payload = (fields: Parameters<typeof storedEvent>[0]): Buffer => Buffer.from(JSON.stringify(storedEvent(fields)));
const places = (payloads: readonly Buffer[]): number[] => payloads.map((_, index) => index * 100);

/** Topics whose records have to be small; they take them when this resolves. */
async function createSmallTopics(topics: string[], partitions: number, bytes: number): Promise<void> {
  const admin = new Admin({ clientId: 'test', bootstrapBrokers: [kafka.brokers] });
  await admin.createTopics({ topics, partitions, replicas: 1, configs: [{ name: 'max.message.bytes', value: String(bytes) }] });
  for (const topic of topics) await untilServed(admin, topic);
  await admin.close();
}

interface Read {
  key: string | undefined;
  value: string;
  partition: number;
  headers: Record<string, string>;
}

/** Everything that is in a topic now. */
async function readAll(topic: string): Promise<Read[]> {
  const consumer = new Consumer({ clientId: 'test', groupId: `test-${Math.random()}`, bootstrapBrokers: [kafka.brokers] });
  try {
    const ends = (await consumer.listOffsets({ topics: [topic] })).get(topic) ?? [];
    let left = Number(ends.reduce((sum, end) => sum + end, 0n));
    const read: Read[] = [];
    if (left === 0) return read;
    const stream = await consumer.consume({ topics: [topic], mode: MessagesStreamModes.EARLIEST, maxWaitTime: 200 });
    for await (const { key, value, partition, headers } of stream) {
      const named = [...headers].map(([name, text]) => [name.toString(), text.toString()]);
      read.push({ key: key?.toString(), value: value.toString(), partition, headers: Object.fromEntries(named) });
      if (--left === 0) break;
    }
    return read;
  } finally {
    await consumer.close(true);
  }
}

describe('Kafka sink', () => {
  it('makes its topic, and sends each event under its id, without what is absent', async () => {
    const { sink } = sinkOn('shape');
    const event = storedEvent({ ts: 5, path: '/a', dwell_ms: 0, props: '{"plan":"pro","n":"1"}', visitor_id: '' });
    const payloads = [Buffer.from(JSON.stringify(event)), payload({ ts: 6, referrer: '' })];
    expect(await sink.position()).toBeNull();
    expect(await sink.write(payloads, 77, places(payloads))).toEqual({ inserted: 2, duplicates: 0, deadLetters: 0, rejected: 0 });
    expect(await sink.position()).toBe(77);
    const [first] = (await readAll('shape')).filter(({ key }) => key === event.event_id);
    expect(JSON.parse(first?.value ?? '')).toEqual({
      event_id: event.event_id,
      site_id: 'shop',
      received_ts: 5,
      ts: 5,
      event_name: 'view',
      path: '/a',
      session_id: 's1',
      dwell_ms: 0,
      props: '{"plan":"pro","n":"1"}',
      prop_keys: ['plan', 'n'],
    });
    await sink.close();
  });

  it('puts one event always into the same partition, and uses all of them', async () => {
    const { sink } = sinkOn('partitions');
    const payloads = Array.from({ length: 50 }, (_, index) => payload({ ts: index }));
    await sink.write(payloads, 1, places(payloads));
    await sink.write([...payloads].reverse(), 2, places(payloads));
    const partitions = new Map<string | undefined, Set<number>>();
    for (const { key, partition } of await readAll('partitions')) partitions.set(key, (partitions.get(key) ?? new Set()).add(partition));
    expect([...partitions.values()].map((set) => set.size)).toEqual(payloads.map(() => 1));
    expect(new Set([...partitions.values()].flatMap((set) => [...set])).size).toBe(3);
    await sink.close();
  });

  it('sends no erasures, and nothing but the position of a batch of them', async () => {
    const { sink } = sinkOn('erasures');
    const payloads = [Buffer.from('{"kind":"erasure","site_id":"shop","visitor_ids":["v"],"at":1}')];
    expect(await sink.write(payloads, 12, places(payloads))).toMatchObject({ inserted: 0, deadLetters: 0, rejected: 0 });
    expect(await sink.position()).toBe(12);
    await sink.close();
  });

  it('puts what is no event, and what the broker refuses, where dead letters go, with the reason; the rest arrives', async () => {
    const config = configOf('poison');
    await createSmallTopics(['poison'], 2, 3000);
    const { sink, rejected, setAside } = sinkOn('poison', config);
    const large = payload({ ts: 9, path: 'x'.repeat(5000) });
    const payloads = [
      ...Array.from({ length: 20 }, (_, index) => payload({ ts: index })),
      large,
      Buffer.from('not json'),
      payload({ ts: 30, props: '[1]' }),
      payload({ ts: 31 }),
    ];
    expect(await sink.write(payloads, 9, places(payloads))).toEqual({ inserted: 21, duplicates: 0, deadLetters: 3, rejected: 0 });
    expect(rejected).toEqual([]);
    expect(setAside.sort(([a], [b]) => a - b)).toEqual([
      [2000, 'message_too_large'],
      [2100, 'no_event'],
      [2200, 'no_event'],
    ]);
    const dead = (await readAll('poison-dead')).sort((a, b) => Number(a.headers['position']) - Number(b.headers['position']));
    expect(dead.map(({ headers }) => [headers['position'], headers['reason']])).toEqual([
      ['2000', 'message_too_large'],
      ['2100', 'no_event'],
      ['2200', 'no_event'],
    ]);
    expect(dead[0]?.value).toBe(large.toString());
    expect(dead[0]?.headers['error']).not.toBe('');
    expect(new Set((await readAll('poison')).map(({ key }) => key)).size).toBe(21);
    await sink.close();
  });

  it('writes down what not even the topic of dead letters takes, and goes on', async () => {
    await createSmallTopics(['hopeless', 'hopeless-dead'], 1, 1000);
    const { sink, rejected } = sinkOn('hopeless');
    const large = payload({ ts: 9, path: 'x'.repeat(5000) });
    const payloads = [payload({ ts: 1 }), large, payload({ ts: 2 })];
    expect(await sink.write(payloads, 3, places(payloads))).toEqual({ inserted: 2, duplicates: 0, deadLetters: 0, rejected: 1 });
    expect(rejected).toEqual([large.toString()]);
    expect(await sink.position()).toBe(3);
    await sink.close();
  });

  it('says what is wrong where a topic cannot be made', async () => {
    const trouble = await createTopic({ ...configOf('unmakable'), replicas: 3 }, 'unmakable').catch((error: unknown) => error);
    expect(String(trouble)).toContain('Kafka has no topic "unmakable" and does not make it (INVALID_REPLICATION_FACTOR)');
    expect(isFinal(trouble)).toBe(true);
  });

  it('fails while the broker is away, keeps its position, and has everything when it is back', async () => {
    const { sink } = sinkOn('outage');
    const before = [payload({ ts: 1 })];
    await sink.write(before, 1, places(before));
    await kafka.kill();
    const during = Array.from({ length: 2000 }, (_, index) => payload({ ts: index, path: 'y'.repeat(500) }));
    const trouble = await sink.write(during, 2, places(during)).catch((error: unknown) => error);
    expect(trouble).toBeInstanceOf(Error);
    expect(isFinal(trouble)).toBe(false);
    expect(await sink.position()).toBe(1);
    await kafka.restart();
    await expect.poll(() => sink.write(during, 2, places(during)).catch(String), { timeout: 60_000 }).toMatchObject({ inserted: 2000 });
    expect(await sink.position()).toBe(2);
    const ids = new Set((await readAll('outage')).map(({ key }) => key));
    for (const text of [...before, ...during]) expect(ids.has((JSON.parse(text.toString()) as { event_id: string }).event_id)).toBe(true);
    await sink.close();
  });

  it('ends a write that hangs when it is closed', async () => {
    const { sink } = sinkOn('closing', { ...configOf('closing'), brokers: ['192.0.2.1:9092'] });
    const payloads = [payload({ ts: 1 })];
    const writing = sink.write(payloads, 1, places(payloads)).catch((error: unknown) => error);
    await sink.close();
    expect(String(await writing)).toContain('closed');
  });

  it('misses nothing when it is killed over and over: every event before its position is in the topic', async () => {
    const file = new PositionFile(join(folder, 'killed.json'));
    const ids = Array.from({ length: 3000 }, (_, index) => uuidv7(index));
    for (let round = 1; round <= 3; round++) {
      const child = fork(
        join(import.meta.dirname, '../../testing/kafka-sink-process.ts'),
        [kafka.brokers, 'killed', join(folder, 'killed.json'), ids.join(',')],
        {
          execArgv: ['--import', 'tsx'],
          stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        },
      );
      const gone = new Promise((resolve) => child.once('exit', resolve));
      await expect.poll(() => file.read() ?? 0, { timeout: 60_000, interval: 5 }).toBeGreaterThan(round * 300);
      child.kill('SIGKILL');
      await gone;
    }
    const position = file.read() ?? 0;
    expect(position).toBeLessThan(3000);
    const there = new Set((await readAll('killed')).map(({ key }) => key));
    expect(ids.slice(0, position).filter((id) => !there.has(id))).toEqual([]);
  });
});
