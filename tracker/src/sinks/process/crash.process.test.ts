/** kill -9 of a sink, and of the tracker above it, under load: on the real thing, with real signals. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@datamesh/test-servers/process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../collect/uuid';
import { buildTracker, type Child, emptied, ready, rowsOf, sinksOf, spawnTracker } from '../../testing/process';
import { BROWSER } from '../../testing/tracker';

/** Load goes on until it is told to stop; every answer has to be `stored` while the tracker lives. */
function load(child: Child): { stored: string[]; refused: string[]; stop(): Promise<void> } {
  const stored: string[] = [];
  const refused: string[] = [];
  let over = false;
  const worker = async (): Promise<void> => {
    while (!over) {
      const id = uuidv7(Date.now());
      const answer = await fetch(`${child.url}/t/pixel.gif?site=shop&path=/load&id=${id}`, { headers: { 'user-agent': BROWSER } }).catch(
        () => null,
      );
      if (answer === null) return; // the tracker is gone
      const said = answer.headers.get('datamesh-event') ?? '';
      if (said === 'stored') stored.push(id);
      else refused.push(said);
    }
  };
  const done = Promise.all(Array.from({ length: 8 }, worker));
  return {
    stored,
    refused,
    stop: async () => {
      over = true;
      await done;
    },
  };
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function metric(child: Child, name: string): Promise<number> {
  const lines = (await (await fetch(`${child.url}/metrics`)).text()).split('\n');
  return Number(lines.find((line) => line.startsWith(`${name}{sink="duckdb"} `))?.split(' ')[1]);
}

describe.runIf(process.platform === 'linux')('a sink that is killed', () => {
  let folder: string;
  let built: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sink-crash-'));
    built = await buildTracker('sink-crash');
  });
  afterAll(async () => {
    for (const path of [built, folder]) await rm(path, { recursive: true, force: true });
  });

  /** Each acknowledged event is in the store once, and nothing is there twice. */
  async function expectOnce(dataDir: string, acknowledged: readonly string[]): Promise<void> {
    const rows = await rowsOf(dataDir, 'SELECT event_id, count(*) FROM events WHERE dropped IS NULL GROUP BY ALL');
    const counts = new Map(rows.map(([id = '', count]) => [id, Number(count)]));
    expect(acknowledged.filter((id) => counts.get(id) !== 1)).toEqual([]);
    expect([...counts.values()].filter((count) => count !== 1)).toEqual([]);
  }

  it('is started again; collecting hears nothing of it, and every event is stored once', async () => {
    const dataDir = join(folder, 'sink');
    const child = spawnTracker(built, await freePort(), dataDir);
    await ready(child);
    const { stored, refused, stop } = load(child);
    for (let round = 0; round < 4; round++) {
      const more = stored.length + 100;
      await expect.poll(() => stored.length).toBeGreaterThan(more);
      const [sink = 0] = sinksOf(child);
      // Sooner and later in what it is about.
      await new Promise((resolve) => setTimeout(resolve, round * 17));
      process.kill(sink, 'SIGKILL');
      await expect.poll(() => isAlive(sink)).toBe(false);
      await expect.poll(() => metric(child, 'tracker_sink_starts')).toBe(round + 2);
      await ready(child);
    }
    expect(await metric(child, 'tracker_sink_up')).toBe(1);
    // Told by the sink itself, a moment after it is up.
    await expect.poll(() => metric(child, 'tracker_sink_resident_memory_bytes')).toBeGreaterThan(1e6);
    await stop();
    expect(refused).toEqual([]);
    await emptied(child);
    child.process.kill('SIGTERM');
    expect(await child.exit).toBe(0);
    await expectOnce(dataDir, stored);
  }, 240_000);

  it('takes its leave when its tracker is killed, so that the next one finds the store free', async () => {
    const dataDir = join(folder, 'tracker');
    const port = await freePort();
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round++) {
      const child = spawnTracker(built, port, dataDir);
      await ready(child);
      const { stored, stop } = load(child);
      await expect.poll(() => stored.length).toBeGreaterThan(50);
      const sinks = sinksOf(child);
      expect(sinks).toHaveLength(1);
      // Both at once every other time, and which of them is first is up to the kernel.
      if (round % 2 === 1) for (const sink of sinks) process.kill(sink, 'SIGKILL');
      child.process.kill('SIGKILL');
      await child.exit;
      await stop();
      acknowledged.push(...stored);
      await expect.poll(() => sinks.filter(isAlive)).toEqual([]);
    }
    const child = spawnTracker(built, port, dataDir);
    await ready(child);
    await emptied(child);
    child.process.kill('SIGTERM');
    expect(await child.exit).toBe(0);
    await expectOnce(dataDir, acknowledged);
  }, 240_000);

  it('is deaf to what a terminal sends to all of them: the tracker stops it when the spool is empty', async () => {
    const dataDir = join(folder, 'signals');
    const child = spawnTracker(built, await freePort(), dataDir);
    await ready(child);
    const { stored, stop } = load(child);
    await expect.poll(() => stored.length).toBeGreaterThan(50);
    for (const sink of sinksOf(child)) for (const signal of ['SIGINT', 'SIGTERM'] as const) process.kill(sink, signal);
    await expect.poll(() => stored.length).toBeGreaterThan(stored.length + 50);
    expect(await metric(child, 'tracker_sink_starts')).toBe(1);
    child.process.kill('SIGINT');
    expect(await child.exit).toBe(0);
    await stop();
    await expectOnce(dataDir, stored);
  }, 240_000);
});
