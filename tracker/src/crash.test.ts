/** kill -9 in the middle of the load, on the real thing: a child process, its real disk, a real socket. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from './collect/uuid';
import { SCHEMA } from './sinks/duckdb';
import { Database } from './storage/database';
import { BROWSER, SITES } from './testing-tracker';

const room = fileURLToPath(new URL('..', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracker-crash-'));
  // Built beside the real one, so that the suite never replaces what is running.
  const { build } = (await import(join(room, 'build.mjs'))) as { build(outdir: string): Promise<void> };
  await build(join(room, 'dist', 'test'));
});
afterAll(() => rm(folder, { recursive: true }));

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

interface Child {
  process: ChildProcess;
  url: string;
  stderr(): string;
  exit: Promise<number | null>;
}

function spawnTracker(port: number, dataDir: string, env: Record<string, string> = {}): Child {
  const process_ = spawn(process.execPath, [join(room, 'dist/test/main.mjs')], {
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, SITES, LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  process_.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const exit = new Promise<number | null>((resolve) => process_.on('exit', resolve));
  return { process: process_, url: `http://127.0.0.1:${port}`, stderr: () => stderr, exit };
}

const ready = (child: Child): Promise<void> =>
  expect
    .poll(
      () =>
        fetch(`${child.url}/readyz`).then(
          (answer) => answer.status,
          () => 0,
        ),
      { timeout: 15_000 },
    )
    .toBe(200);

/** Sends until the child dies; returns the ids that were answered `stored`, some of them sent twice. */
async function load(child: Child, enough: (stored: number) => void): Promise<string[]> {
  const stored: string[] = [];
  const headers = { 'user-agent': BROWSER, 'content-type': 'text/plain' };
  const worker = async (): Promise<void> => {
    for (let count = 0; ; count++) {
      const ids = Array.from({ length: count % 5 === 0 ? 4 : 1 }, () => uuidv7(Date.now()));
      const body = JSON.stringify([...ids, ...(count % 7 === 0 ? ids : [])].map((id) => ({ site: 'shop', id, path: '/load' })));
      try {
        const answer =
          ids.length === 1
            ? await fetch(`${child.url}/t/pixel.gif?site=shop&path=/load&id=${ids[0]}`, { headers })
            : await fetch(`${child.url}/t/events`, { method: 'POST', body, headers });
        if (answer.headers.get('datamesh-event') === 'stored') stored.push(...ids);
        enough(stored.length);
      } catch {
        return; // the child is gone
      }
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return stored;
}

describe('a tracker that is killed', () => {
  it('has every acknowledged event exactly once afterwards, however often', async () => {
    const dataDir = join(folder, 'killed');
    const port = await freePort();
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round++) {
      const child = spawnTracker(port, dataDir, { SPOOL_MAX_BYTES: String(8 * 1024 * 1024) });
      await ready(child);
      const enough = 150 + 100 * round;
      acknowledged.push(...(await load(child, (stored) => void (stored > enough && child.process.kill('SIGKILL')))));
      await child.exit;
    }
    // A torn tail on top, as power loss leaves one.
    const last = (await readdir(join(dataDir, 'spool'))).sort().at(-1) ?? '';
    const file = await open(join(dataDir, 'spool', last), 'a');
    await file.write(Buffer.from([40, 0, 0, 0, 1, 2, 3, 4, 123]));
    await file.close();

    const child = spawnTracker(port, dataDir);
    await ready(child);
    const lag = async () => /tracker_sink_lag_bytes\{sink="duckdb"\} (\d+)/.exec(await (await fetch(`${child.url}/metrics`)).text())?.[1];
    await expect.poll(lag, { timeout: 15_000 }).toBe('0');
    child.process.kill('SIGTERM');
    expect(await child.exit).toBe(0);

    const database = await Database.open({ file: join(dataDir, 'events.duckdb'), memoryLimit: '500MB', schema: SCHEMA });
    const rows = await database.read(new AbortController().signal, (connection) =>
      connection.runAndReadAll('SELECT event_id::VARCHAR, count(*) FROM events GROUP BY ALL'),
    );
    const counts = new Map(rows.getRows().map(([id, count]) => [String(id), Number(count)]));
    database.close();
    expect(acknowledged.length).toBeGreaterThan(700);
    expect(acknowledged.filter((id) => counts.get(id) !== 1)).toEqual([]);
    expect([...counts.values()].filter((count) => count !== 1)).toEqual([]);
  }, 120_000);
});

// The kernel refuses to let files grow, as a full disk would: for spool and database alike, without a file system of its own.
describe.runIf(process.platform === 'linux')('a tracker whose disk is full', () => {
  it('refuses to acknowledge, keeps serving reads, and takes again when there is space; nothing is lost', async () => {
    const child = spawnTracker(await freePort(), join(folder, 'full'), { SPOOL_MAX_BYTES: '1000000', LOG_LEVEL: 'fatal' });
    await ready(child);
    const limit = (bytes: string) => promisify(execFile)('prlimit', ['--pid', String(child.process.pid), `--fsize=${bytes}:unlimited`]);
    const event = { site: 'shop', props: { text: 'y'.repeat(1000) } };
    const body = JSON.stringify(Array.from({ length: 50 }, () => event));
    let acknowledged = 0;
    const send = async (): Promise<number> => {
      const headers = { 'user-agent': BROWSER, 'content-type': 'application/json' };
      const answer = await fetch(`${child.url}/t/events`, { method: 'POST', body, headers });
      if (answer.status === 200) acknowledged += ((await answer.json()) as { stored: number }).stored;
      return answer.status;
    };

    await limit('700000');
    await expect.poll(send, { timeout: 30_000, interval: 10 }).toBe(503);
    const pixel = await fetch(`${child.url}/t/pixel.gif?site=shop&props=${encodeURIComponent(JSON.stringify(event.props))}`, {
      headers: { 'user-agent': BROWSER },
    });
    expect([pixel.status, (await pixel.arrayBuffer()).byteLength]).toEqual([200, 43]);
    if (pixel.headers.get('datamesh-event') === 'stored')
      acknowledged++; // one small event may still fit
    else expect(pixel.headers.get('datamesh-event')).toBe('dropped; reason=spool_full');
    expect((await fetch(`${child.url}/readyz`)).status).toBe(200);

    await limit('unlimited');
    await expect.poll(send, { timeout: 30_000 }).toBe(200);
    const inserted = async () =>
      Number(/sink="duckdb",outcome="inserted"\} (\d+)/.exec(await (await fetch(`${child.url}/metrics`)).text())?.[1]);
    await expect.poll(inserted, { timeout: 30_000 }).toBe(acknowledged);
    child.process.kill('SIGTERM');
    expect(await child.exit).toBe(0);
  }, 120_000);
});

describe('a tracker that cannot start', () => {
  it('says in one line that the port is taken, or the folder, or what a setting should be', async () => {
    const port = await freePort();
    const first = spawnTracker(port, join(folder, 'first'));
    await ready(first);
    const samePort = spawnTracker(port, join(folder, 'second'));
    const sameFolder = spawnTracker(0, join(folder, 'first'));
    const badSetting = spawnTracker(0, join(folder, 'third'), { SPOOL_MAX_BYTES: 'plenty' });
    expect(await Promise.all([samePort.exit, sameFolder.exit, badSetting.exit])).toEqual([1, 1, 1]);
    expect(samePort.stderr()).toMatch(/^tracker: .*the port is taken.*\n$/);
    expect(sameFolder.stderr()).toBe('tracker: another tracker is running on this DATA_DIR\n');
    expect(badSetting.stderr()).toMatch(/^tracker: SPOOL_MAX_BYTES must be a whole number .*\n$/);
    first.process.kill('SIGTERM');
    expect(await first.exit).toBe(0);
  }, 120_000);
});

describe('datamesh-tracker spool inspect', () => {
  it('tells what is in a spool, and what is wrong with it', async () => {
    const inspect = (...more: string[]) =>
      promisify(execFile)(process.execPath, [join(room, 'dist/test/cli.mjs'), 'spool', 'inspect', ...more]);
    const { stdout } = await inspect(join(folder, 'killed', 'spool'), '--records');
    expect(stdout).toMatch(/\t\{"event_id":".*"path":"\/load"/);
    expect(stdout).toMatch(/\d+ segments, \d+ records\n$/);
    await expect(inspect(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 1 });
    await expect(inspect()).rejects.toMatchObject({ code: 2 });
  });
});
