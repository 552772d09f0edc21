/** For tests: the built tracker as a process of its own, which can be killed, and what is in its store afterwards. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, vi } from 'vitest';
import { build } from '../../build';
import { SCHEMA } from '../sinks/duckdb';
import { Database } from '../storage/database';
import { SITES } from './tracker';

/** tracker/ itself. */
const room = fileURLToPath(new URL('../..', import.meta.url));

/** The folder of the bundles. Each suite builds its own, beside the real one, so that none replaces what is running. */
export async function buildTracker(suite: string): Promise<string> {
  const outdir = join(room, 'dist', `test-${suite}`);
  await build(outdir);
  return outdir;
}

export interface Child {
  process: ChildProcess;
  url: string;
  stderr(): string;
  exit: Promise<number | null>;
}

export function spawnTracker(built: string, port: number, dataDir: string, env: Record<string, string> = {}): Child {
  const process_ = spawn(process.execPath, [join(built, 'main.mjs')], {
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

/** Process ids of the sinks of a tracker (Linux). */
export function sinksOf({ process: { pid } }: Child): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return children === '' ? [] : children.split(' ').map(Number);
}

/** The kernel lets no file of the tracker and its sinks grow beyond so many bytes, as a full disk would (Linux). */
export function limitFiles(child: Child, bytes: string): void {
  for (const pid of [child.process.pid, ...sinksOf(child)]) execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);
}

/** Also before a suite's first test, where there is no `expect.poll`. */
const within = { timeout: 120_000, interval: 50 };

export const ready = (child: Child): Promise<void> =>
  vi.waitFor(async () => expect((await fetch(`${child.url}/readyz`)).status).toBe(200), within);

/** Its sink has taken all there is. */
export const emptied = (child: Child): Promise<void> =>
  vi.waitFor(async () => {
    const metrics = await (await fetch(`${child.url}/metrics`)).text();
    expect(/tracker_sink_lag_bytes\{sink="duckdb"\} (\d+)/.exec(metrics)?.[1]).toBe('0');
  }, within);

/** Of the DuckDB file of a tracker that has ended; all values as text. */
export async function rowsOf(dataDir: string, sql: string): Promise<string[][]> {
  const database = await Database.open({ file: join(dataDir, 'events.duckdb'), memoryLimit: '500MB', schema: SCHEMA });
  const result = await database.read(new AbortController().signal, (connection) => connection.runAndReadAll(sql));
  const rows = result.getRows().map((row) => row.map(String));
  database.close();
  return rows;
}
