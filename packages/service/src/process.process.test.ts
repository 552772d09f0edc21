/** The process of a service as whoever starts and ends it sees it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';

const program = join(import.meta.dirname, 'testing/process.ts');
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

type Line = Record<string, unknown>;

function start(settings: Record<string, string>) {
  const env = { PATH: process.env['PATH'] ?? '', STOP_SECONDS: '0', ...settings };
  const child = spawn(process.execPath, ['--import', 'tsx', program], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const log: Line[] = [];
  const lines = createInterface(child.stdout);
  lines.on('line', (line) => void log.push(JSON.parse(line) as Line));
  const said = (message: string) => expect.poll(() => log.map(({ msg }) => msg), { timeout: 60_000 }).toContain(message);
  return { child, log, said, errors: text(child.stderr), code: once(child, 'exit').then(([code]) => code as number | null) };
}

describe('a service as a process', { timeout: 120_000 }, () => {
  it('says in one line what keeps it from starting', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const cases: [Record<string, string>, string][] = [
      [{ PORT: String(port) }, `port ${port} is taken; stop what uses it or set PORT`],
      [{ PORT: 'http' }, 'PORT must be a whole number from 0 to 65535, not "http"'],
      [{ HOW: 'locked' }, 'another example is running'],
      [{ HOW: 'unnamed' }, 'no error at all'],
    ];
    const started = cases.map(([settings]) => start(settings));
    for (const [at, [, reason]] of cases.entries()) {
      expect(await started[at]?.errors).toBe(`example: ${reason}\n`);
      expect(await started[at]?.code).toBe(1);
    }
    taken.close();
  });

  it.each([
    ['ends', 0, 'stopping'],
    ['fails', 1, 'did not stop cleanly'],
    ['hangs', 1, 'did not stop in time'],
  ])('that is told to stop, and whose stop %s, leaves with %i', async (how, code, last) => {
    const { child, log, said, code: left } = start({ HOW: how });
    await said('listening');
    child.kill('SIGTERM');
    await said('stopping');
    // A supervisor's own signal beside that of the terminal.
    child.kill('SIGINT');
    expect(await left).toBe(code);
    await said(last);
    expect(log.filter(({ msg }) => msg === 'stopping')).toHaveLength(1);
    expect(log[0]).toMatchObject({ service: 'example', msg: 'listening' });
  });
});
