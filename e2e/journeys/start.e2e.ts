/** What `npm start` and `npm run reset` promise to whoever types them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { freePorts } from '../../tools/test-servers/process';
import { Stack } from '../harness/stack';

const ROOT = join(import.meta.dirname, '../..');
let stack: Stack | undefined;
afterEach(async () => {
  await stack?.stop();
  stack = undefined;
});

interface Ended {
  code: number | null;
  said: string;
}

function run(script: string, env: Record<string, string>): Promise<Ended> {
  return new Promise((resolve) => {
    let said = '';
    const child: ChildProcess = spawn(process.execPath, [join(ROOT, 'scripts', script), '--built'], {
      cwd: ROOT,
      env: { ...process.env, ...env },
    });
    child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('close', (code) => resolve({ code, said: said.trim() }));
  });
}

/** The log's first line names the process. */
async function pidOf(running: Stack, service: string): Promise<number> {
  const log = await readFile(join(running.data, 'logs', `${service}.log`), 'utf8');
  return Number(log.match(/process (\d+)/)?.[1]);
}

describe('npm start', () => {
  it('says which port is taken, in one line, and leaves no data behind', async () => {
    const data = await mkdtemp(join(tmpdir(), 'datamesh-port-'));
    const server = createServer();
    const [host = 0, registry = 0, tracker = 0] = await freePorts(3);
    await new Promise<void>((resolve) => server.listen(tracker, '127.0.0.1', resolve));
    const ports = { PORT_HOST: String(host), PORT_REGISTRY: String(registry), PORT_TRACKER: String(tracker) };
    const { code, said } = await run('start.mjs', { ...ports, DATAMESH_DATA: data });
    server.close();
    expect(code).toBe(1);
    expect(said).toBe(`Port ${tracker} (tracker) is taken: stop what uses it, or choose another with PORT_TRACKER.`);
    expect(existsSync(join(data, 'registry'))).toBe(false);
    await rm(data, { recursive: true });
  });

  it('from nothing: says where to open it and as whom; again: publishes and makes nothing twice', async () => {
    stack = await Stack.start({ fresh: true });
    expect(stack.said()).toContain(`Open ${stack.url}`);
    for (const name of ['Casey Brooks', 'Alex Lin', 'Robin Okafor', 'Dana Petrova']) expect(stack.said()).toContain(name);
    expect(stack.said()).toMatch(/Published \d+ widgets/);
    const headers = { authorization: `Bearer ${await stack.bootstrapSecret()}` };
    const before = await (await fetch(`${stack.url}/api/v1/layouts`, { headers })).json();
    expect(before).toMatchObject({ items: [{ owner: 'user:system' }, { owner: 'user:system' }] });
    const { data } = stack;
    expect(await stack.stop({ keepData: true })).toBe(0);

    stack = await Stack.start({ data });
    expect(stack.said()).not.toMatch(/Published|Set up/);
    const after = await (await fetch(`${stack.url}/api/v1/layouts`, { headers })).json();
    expect(after).toEqual(before);
  });

  it('ends with exit code 1 when a service dies, and says which', async () => {
    stack = await Stack.start();
    process.kill(await pidOf(stack, 'tracker'), 'SIGKILL');
    expect(await stack.exited).toBe(1);
    expect(stack.said()).toMatch(/tracker ended \(SIGKILL\)/);
    await expect(fetch(stack.url)).rejects.toThrow();
  });
});

describe('npm run reset', () => {
  it('refuses while the system runs, and clears the data afterwards', async () => {
    stack = await Stack.start();
    const refused = await run('reset.mjs', { DATAMESH_DATA: stack.data });
    expect(refused.code).toBe(1);
    expect(refused.said).toMatch(/^It is running \(process \d+\): stop it first\.$/);
    await stack.stop({ keepData: true });
    const cleared = await run('reset.mjs', { DATAMESH_DATA: stack.data });
    expect(cleared.code).toBe(0);
    expect(existsSync(stack.data)).toBe(false);
  });
});
