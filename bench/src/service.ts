/** Starts one built service on a free port with a data folder of its own, for as long as a measurement takes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@datamesh/test-servers/process';

export const ROOT = join(import.meta.dirname, '../..');

export interface Service {
  url: string;
  data: string;
  stop(): Promise<void>;
}

export async function startService(main: string, env: Record<string, string>): Promise<Service> {
  const port = await freePort();
  const data = mkdtempSync(join(tmpdir(), 'datamesh-bench-'));
  const child = spawn(process.execPath, [join(ROOT, main)], {
    cwd: data,
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: join(data, 'store'),
      BOOTSTRAP_FILE: join(data, 'bootstrap.json'),
      LOG_LEVEL: 'error',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  await ready(url, child);
  return {
    url,
    data,
    stop: async () => {
      const gone = new Promise<void>((done) => child.once('exit', () => done()));
      child.kill('SIGTERM');
      await gone;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; ) {
    if (child.exitCode !== null) throw new Error(`${url} ended with ${child.exitCode}`);
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${url} is not ready`);
}
