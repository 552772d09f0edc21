/** Programs that tests start: waiting for what they say, ending them, and ports for them. */
import type { ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Just below what the suites give a hook, so that it is this which says what was waited for. */
const PATIENCE_MS = 280_000;

/** The first output that matches; an error with the output when the program ends before, or says nothing of the kind in time. */
export async function line(child: ChildProcess, name: string, wanted: RegExp): Promise<RegExpMatchArray> {
  return new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => reject(new Error(`${name} is not ready after ${PATIENCE_MS / 1000} s: ${said.trim()}`)), PATIENCE_MS);
    const listen = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-8000);
      const match = said.match(wanted);
      if (!match) return;
      clearTimeout(late);
      resolve(match);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(late);
      reject(new Error(`${name} ended with code ${code}: ${said.trim()}`));
    });
  });
}

export async function ended(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill(signal);
  await closed;
}

const WORKERS = 16;

/**
 * Ports that nobody listens on, each another one. Below the range that systems give to outgoing connections and to
 * servers without a wish (32768 on Linux, 49152 elsewhere), so that no other test is given one in the moment between
 * this look and the program's own listening; by lot, so that runs beside each other choose others; and each of a run's
 * workers (VITEST_POOL_ID, at most 16) has its own among them.
 */
export async function freePorts(count: number): Promise<number[]> {
  const worker = Number(process.env['VITEST_POOL_ID'] ?? 0) % WORKERS;
  const found = new Set<number>();
  while (found.size < count) {
    const port = randomInt(10_000 / WORKERS, 32_000 / WORKERS) * WORKERS + worker;
    if (await isFree(port)) found.add(port);
  }
  return [...found];
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    throw error;
  }
  await new Promise((resolve) => server.close(resolve));
  return true;
}

export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}
