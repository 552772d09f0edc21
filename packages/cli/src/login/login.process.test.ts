/** The program itself, as a person or a pipe gives it a token; the registry is a real one. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@datamesh/test-servers/process';
import { type RegistryProcess, startRegistry } from '@datamesh/test-servers/registry/server';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

const PROGRAM = join(import.meta.dirname, '../../dist/main.mjs');
let folder = '';
let registry: RegistryProcess;
let token = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'datamesh-login-'));
  registry = await startRegistry({ folder, port: await freePort() });
  const made = await fetch(`${registry.url}/api/v1/tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await registry.secret()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ team: 'platform', name: 'login', days: 1 }),
  });
  token = ((await made.json()) as { secret: string }).secret;
});
afterAll(async () => {
  await registry.end();
  await rm(folder, { recursive: true });
});
beforeEach(() => rm(join(folder, 'config'), { recursive: true, force: true }));

const kept = (): string => join(folder, 'config/datamesh/credentials.json');

function datamesh(args: string[], input = '', env: Record<string, string> = {}): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...args], {
      env: { PATH: process.env['PATH'], XDG_CONFIG_HOME: join(folder, 'config'), ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, said }));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

it('keeps a token that the registry knows, for its owner alone, and what follows needs neither address nor token', async () => {
  const { code, said } = await datamesh(['login', '--url', registry.url], `${token}\n`);
  expect([code, said.includes(token)]).toEqual([0, false]);
  expect((await stat(kept())).mode & 0o777).toBe(0o600);
  expect((await datamesh(['deployments', 'no-widget'])).said).toMatch(/^widget_unknown/);
  // What the environment says comes first.
  expect((await datamesh(['deployments', 'no-widget'], '', { DATAMESH_TOKEN: 'dmp_another' })).said).toMatch(/^token_/);
  expect((await datamesh(['logout'])).code).toBe(0);
  expect(JSON.parse(await readFile(kept(), 'utf8'))).toEqual({ last: null, tokens: {}, layoutTokens: {} });
  expect((await datamesh(['deployments', 'no-widget', '--url', registry.url])).said).toContain(`datamesh login --url ${registry.url}`);
});

it('keeps a token for layouts beside the one that publishes, and takes each where it is good for something', async () => {
  const made = await fetch(`${registry.url}/api/v1/tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await registry.secret()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ department: 'sales', name: 'login', days: 1 }),
  });
  const { secret } = (await made.json()) as { secret: string };
  for (const one of [token, secret]) expect((await datamesh(['login', '--url', registry.url], one)).code).toBe(0);
  expect((await datamesh(['deployments', 'no-widget'])).said).toMatch(/^widget_unknown/);
  const folder = await mkdtemp(join(tmpdir(), 'datamesh-layouts-'));
  expect((await datamesh(['layouts', 'pull', folder, '--department', 'sales'])).said).toMatch(/^pin_unknown/);
  await rm(folder, { recursive: true });
  expect((await datamesh(['logout'])).code).toBe(0);
  expect(await readFile(kept(), 'utf8')).not.toMatch(/dm[lp]_/);
});

it('keeps nothing that is no token, or that nobody there knows', async () => {
  expect(await datamesh(['login', '--url', registry.url], 'hello')).toMatchObject({
    code: 1,
    said: expect.stringMatching(/^token_malformed/),
  });
  expect(await datamesh(['login', '--url', registry.url], `dmp_${'x'.repeat(43)}`)).toMatchObject({ code: 1 });
  expect(await datamesh(['login', token])).toMatchObject({ code: 2 });
  expect(existsSync(kept())).toBe(false);
});
