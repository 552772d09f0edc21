import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeFiles } from '../../spool/files.node';
import { Spool } from '../../spool/spool';
import { storedEvent } from '../../testing/golden/events';
import { builtSink } from '../../testing/tracker';
import { ProcessQueries } from './questions';
import { SinkProcess, type SinkReport } from './sink-process';

let dataDir: string;
let sink: SinkProcess;
let log: Spool;
let restarts: { why: string; pause: number }[];

const payload = (ts: number): Buffer => Buffer.from(JSON.stringify(storedEvent({ ts })));
const scope = { site: 'shop', from: 0, to: 1000, filters: [] };
const context = (signal = new AbortController().signal) => ({ signal, partial: () => undefined });

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sink-process-'));
  restarts = [];
});
afterEach(async () => {
  await sink.stop(1000);
  await log?.close();
  await rm(dataDir, { recursive: true });
});

async function start(lookEvery = 5000): Promise<void> {
  const report: SinkReport = {
    written: () => undefined,
    failed: () => undefined,
    damaged: () => undefined,
    missed: () => undefined,
    restarting: (_, why, pause) => void restarts.push({ why, pause }),
    onLog: () => undefined,
  };
  const settings = { sink: 'duckdb', dataDir, spool: true, memoryLimit: '200MB' } as const;
  sink = new SinkProcess({ program: await builtSink(), settings, report, now: () => performance.now(), lookEvery });
  const position = await sink.start();
  log = await Spool.open({ files: nodeFiles(join(dataDir, 'spool')), maxBytes: 1_000_000, now: () => performance.now() });
  sink.follow(log, log.reader('duckdb', position), position);
}

const pid = (): number => sink.state().pid ?? Number.NaN;
const views = async (): Promise<number> => (await new ProcessQueries(sink.questions).totals(scope, context())).views;

describe('the process of a sink', () => {
  it('takes what the log gets, and answers', async () => {
    await start();
    await log.append([payload(1), payload(2)]);
    await expect.poll(views).toBe(2);
    await expect.poll(() => sink.lag()).toBe(0);
    await expect.poll(() => sink.state()).toMatchObject({ up: true, starts: 1, residentBytes: expect.any(Number) as number });
  });

  it('that hangs is ended, and started again', async () => {
    await start(300);
    await log.append([payload(1)]);
    await expect.poll(views).toBe(1);
    const first = pid();
    process.kill(first, 'SIGSTOP');
    await log.append([payload(2)]);
    await expect.poll(() => sink.state().starts).toBe(2);
    await expect.poll(() => views().catch(() => 0)).toBe(2);
    expect(pid()).not.toBe(first);
    expect(restarts).toEqual([{ why: 'SIGKILL', pause: 100 }]);
  });

  it('that ends answers 503 to what was asked of it, and to what is asked until it is there again', async () => {
    await start();
    process.kill(pid(), 'SIGSTOP');
    const underWay = views();
    process.kill(pid(), 'SIGKILL');
    await expect(underWay).rejects.toMatchObject({ status: 503, code: 'store_unavailable' });
    await expect(views()).rejects.toMatchObject({ status: 503, code: 'store_unavailable' });
    await expect.poll(() => views().catch(() => -1)).toBe(0);
  });

  it('lets go of whoever leaves, also while it hangs', async () => {
    await start();
    const leave = new AbortController();
    process.kill(pid(), 'SIGSTOP');
    const left = new ProcessQueries(sink.questions).totals(scope, context(leave.signal));
    leave.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    process.kill(pid(), 'SIGCONT');
    await expect.poll(views).toBe(0);
  });

  it('whose store cannot be opened is tried again, after longer and longer pauses', async () => {
    await start();
    await log.append([payload(1)]);
    await expect.poll(() => sink.lag()).toBe(0);
    const file = join(dataDir, 'events.duckdb');
    process.kill(pid(), 'SIGSTOP');
    await rm(file);
    await rm(`${file}.wal`, { force: true });
    await mkdir(file);
    process.kill(pid(), 'SIGKILL');
    await expect.poll(() => restarts.length).toBeGreaterThan(2);
    expect(restarts.slice(0, 3).map(({ pause }) => pause)).toEqual([100, 200, 400]);
    expect(restarts[1]?.why).toContain('events.duckdb');
    expect(sink.state().up).toBe(false);
    await rm(file, { recursive: true });
    await expect.poll(() => sink.state().up).toBe(true);
  });

  it('says at the first start what keeps its store from opening', async () => {
    await writeFile(join(dataDir, 'events.duckdb'), 'no database at all, and long enough to be looked at as one');
    await expect(start()).rejects.toThrow('events.duckdb');
  });
});
