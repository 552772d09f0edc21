/** A whole tracker whose Kafka, or whose Pinot, is not there: that is their trouble alone. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER, startRegistry, startTestTracker, type TestRegistry, type TestTracker } from '../testing/tracker';

/** Nobody listens there. */
const NOWHERE = '127.0.0.1:1';
let registry: TestRegistry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.close());

async function visit(tracker: TestTracker, path: string): Promise<string | null> {
  const answer = await fetch(`${tracker.url}/t/pixel.gif?site=shop&path=${path}`, { headers: { 'user-agent': BROWSER } });
  return answer.headers.get('datamesh-event');
}

async function metric(tracker: TestTracker, name: string): Promise<number | undefined> {
  const lines = (await (await fetch(`${tracker.url}/metrics`)).text()).split('\n');
  const line = lines.find((text) => text.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length));
}

const lag = (tracker: TestTracker, sink: string) => metric(tracker, `tracker_sink_lag_bytes{sink="${sink}"}`);
const failures = (tracker: TestTracker) => metric(tracker, 'tracker_sink_failures_total{sink="kafka"}');

describe('a tracker without its Kafka', () => {
  it('collects, fills its other sink, keeps what Kafka lacks over a restart, and stops in time', async () => {
    const tracker = await startTestTracker(registry.url, { env: { SINKS: 'duckdb,kafka', KAFKA_BROKERS: NOWHERE } });
    try {
      expect(await visit(tracker, '/a')).toBe('stored');
      await expect.poll(() => lag(tracker, 'duckdb')).toBe(0);
      await expect.poll(() => failures(tracker)).toBeGreaterThan(1);
      const behind = await lag(tracker, 'kafka');
      expect(behind).toBeGreaterThan(0);
      expect((await fetch(`${tracker.url}/readyz`)).status).toBe(200);

      await tracker.restart();
      await expect.poll(() => lag(tracker, 'duckdb')).toBe(0);
      expect(await lag(tracker, 'kafka')).toBeGreaterThanOrEqual(behind ?? Number.NaN);
      expect(await visit(tracker, '/b')).toBe('stored');
    } finally {
      await tracker.remove();
    }
  });

  it('reads on where a sink says, and at the oldest record where that is no longer held', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'positions-'));
    const file = join(folder, 'sinks', 'kafka.json');
    await mkdir(join(folder, 'sinks'));
    const env = { SINKS: 'duckdb,kafka', KAFKA_BROKERS: NOWHERE, DATA_DIR: folder };
    const started = async (work: (tracker: TestTracker) => Promise<void>) => {
      const tracker = await startTestTracker(registry.url, { env });
      await work(tracker).finally(() => tracker.remove());
    };
    let end: number | undefined;
    await started(async (tracker) => {
      expect(await visit(tracker, '/a')).toBe('stored');
      end = await lag(tracker, 'kafka');
    });
    await writeFile(file, JSON.stringify({ position: end }));
    await started(async (tracker) => expect(await lag(tracker, 'kafka')).toBe(0));
    // A spool that begins later than what the sink had last, as after a time without it.
    await rm(join(folder, 'spool'), { recursive: true });
    await writeFile(file, JSON.stringify({ position: 0 }));
    await started(async (tracker) => {
      expect(await lag(tracker, 'kafka')).toBe(0);
      expect(await metric(tracker, 'tracker_spool_damaged_bytes_total')).toBe(0);
      expect(await visit(tracker, '/b')).toBe('stored');
      expect(await lag(tracker, 'kafka')).toBeGreaterThan(0);
    });
    await writeFile(file, '{"position":"far"}');
    await expect(startTestTracker(registry.url, { env })).rejects.toThrow('holds no position of the spool');
    await rm(folder, { recursive: true });
  });
});

describe('a tracker that asks a Pinot that is not there', () => {
  it('collects into the spool, and says that it is not ready', async () => {
    const env = { SINKS: 'kafka', KAFKA_BROKERS: NOWHERE, QUERY_ENGINE: 'pinot', PINOT_BROKERS: NOWHERE };
    const tracker = await startTestTracker(registry.url, { env });
    try {
      expect(await visit(tracker, '/a')).toBe('stored');
      const ready = await fetch(`${tracker.url}/readyz`);
      expect([ready.status, ((await ready.json()) as { code: string }).code]).toEqual([503, 'store_unavailable']);
    } finally {
      await tracker.remove();
    }
  });
});
