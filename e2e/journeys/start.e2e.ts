/** What `npm start` and `npm run reset` promise to whoever types them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@datamesh/test-servers/process';
import { afterEach, describe, expect, it } from 'vitest';
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

/** Each start of a service is a line of its log that names the process. */
async function pidOf(running: Stack, service: string): Promise<number> {
  const log = await readFile(join(running.data, 'logs', `${service}.log`), 'utf8');
  return Number([...log.matchAll(/^# .*: process (\d+)/gm)].at(-1)?.[1]);
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

  it('starts a service again that was killed, and one that hangs, and says so; open pages go on', async () => {
    stack = await Stack.start();
    const { said, url, trackerUrl } = stack;
    process.kill(await pidOf(stack, 'tracker'), 'SIGKILL');
    await expect
      .poll(() => said())
      .toMatch(/tracker: ended \(SIGKILL\)\. It is started again in 0\.5 s \(1 of 5\)\.[\s\S]*tracker: ready again\./);
    expect((await fetch(`${trackerUrl}/healthz`)).status).toBe(200);

    const hung = await pidOf(stack, 'registry-api');
    process.kill(hung, 'SIGSTOP');
    await expect.poll(() => said()).toMatch(/registry-api: does not answer/);
    await expect.poll(() => said()).toMatch(/registry-api: has not answered for \d+ s\.[\s\S]*registry-api: ready again\./);
    expect(await pidOf(stack, 'registry-api')).not.toBe(hung);
    expect((await fetch(`${url}/api/v1/session`)).status).toBe(401);
  });

  it('gives up with exit code 1 when a service keeps dying, names its log and leaves nothing running', async () => {
    stack = await Stack.start();
    const { data } = stack;
    // Every further start of the tracker fails: a file stands where its data folder was.
    const killed = await pidOf(stack, 'tracker');
    await rename(join(data, 'tracker'), join(data, 'tracker.away'));
    await writeFile(join(data, 'tracker'), '');
    process.kill(killed, 'SIGKILL');
    expect(await stack.exited).toBe(1);
    expect(stack.said()).toMatch(
      /\(5 of 5\)[\s\S]*tracker ended \(code 1\), after 5 restarts in a row: giving up\. Its log is .*tracker\.log/,
    );
    await expect(fetch(stack.url)).rejects.toThrow();
  });

  it('leaves out a remote that has no build or cannot be read, by name', async () => {
    const folders = { 'zz-no-build': '{"name":"zz-no-build","publisher":"platform"}', 'zz-no-json': '{"name":' };
    for (const [name, widget] of Object.entries(folders)) {
      await mkdir(join(ROOT, 'remotes', name), { recursive: true });
      await writeFile(join(ROOT, 'remotes', name, 'widget.json'), widget);
      await writeFile(join(ROOT, 'remotes', name, 'package.json'), '{"version":"1.0.0"}');
      await writeFile(join(ROOT, 'remotes', name, 'rspack.config.ts'), '');
    }
    try {
      stack = await Stack.start({ fresh: true });
      expect(stack.said()).toMatch(/zz-no-build is left out: remotes\/zz-no-build\/dist holds no finished build\./);
      expect(stack.said()).toMatch(/zz-no-json is left out: remotes\/zz-no-json\/widget\.json is not JSON/);
      expect(stack.said()).toMatch(/Published \d+ widgets\./);
    } finally {
      for (const name of Object.keys(folders)) await rm(join(ROOT, 'remotes', name), { recursive: true });
    }
  });

  it('lists the demo people only where the demo’s issuer lets them in', async () => {
    const issuer = createHttpServer((_request, response) => {
      response.setHeader('content-type', 'application/json');
      const base = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
      response.end(
        JSON.stringify({
          issuer: base,
          authorization_endpoint: `${base}/auth`,
          token_endpoint: `${base}/token`,
          jwks_uri: `${base}/jwks`,
          keys: [],
        }),
      );
    });
    await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
    try {
      stack = await Stack.start({ fresh: true, env: { OIDC_ISSUER: address, OIDC_CLIENT_ID: 'dashboard' } });
      expect(stack.said()).toContain(`Sign-in is by ${address}`);
      expect(stack.said()).not.toContain('Casey Brooks');
      expect((await fetch(`${stack.url}/oidc/.well-known/openid-configuration`)).status).toBe(404);
    } finally {
      issuer.close();
    }
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
