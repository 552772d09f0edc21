/** The process as whoever starts it sees it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { freePort } from '@datamesh/test-servers/process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from './testing/browser';

const entry = join(import.meta.dirname, 'main.ts');

// Two starts from source each: slow where the machine is shared.
describe('registry-api as a process', { timeout: 300_000 }, () => {
  let folder: string;
  const children: ChildProcess[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'registry-main-'));
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  function start(settings: Record<string, string>) {
    const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: join(folder, 'registry'), ...settings };
    const child = spawn(process.execPath, ['--import', 'tsx', entry], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    return { child, errors: text(child.stderr), exit: once(child, 'exit') as Promise<[number | null, string | null]> };
  }

  async function listening(child: ChildProcess): Promise<void> {
    let seen = '';
    for await (const chunk of child.stdout ?? []) {
      seen += String(chunk);
      if (seen.includes('"listening"')) return;
    }
    throw new Error(`it never listened: ${seen}`);
  }

  it('says in one line what is wrong, and leaves', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const onTaken = start({ DATAMESH_DEV_ISSUER: '1', PORT: String(port) });
    const withoutSignIn = start({ DATA_DIR: join(folder, 'other') });
    expect([await onTaken.exit, await onTaken.errors]).toEqual([
      [1, null],
      `registry-api: port ${port} is taken; stop what uses it or set PORT\n`,
    ]);
    expect((await withoutSignIn.exit)[0]).toBe(1);
    expect(await withoutSignIn.errors).toMatch(/^registry-api: OIDC_ISSUER must be .*\n$/);
    taken.close();
  });

  it('says what a claim set becomes, without a service', async () => {
    const groups = JSON.stringify({ claim: 'groups', groups: { 'dept-*': { departments: ['$1'] } } });
    const run = (settings: Record<string, string>, input: string) => {
      const env = { PATH: process.env['PATH'] ?? '', ...settings };
      const child = spawn(process.execPath, ['--import', 'tsx', entry, 'claims'], { env, stdio: ['pipe', 'pipe', 'pipe'] });
      children.push(child);
      child.stdin.end(input);
      return Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit').then(([code]) => code as number)]);
    };
    const [said, , code] = await run({ CLAIM_GROUPS: groups }, '{"sub": "u1", "groups": ["dept-sales", "printers"]}');
    expect(code).toBe(0);
    expect(JSON.parse(said)).toMatchObject({ user: { id: 'u1', departments: ['sales'] }, unknownGroups: ['printers'] });
    expect(await run({}, 'no json')).toMatchObject(['', expect.stringContaining('standard input must be a claim set'), 1]);
    expect(await run({ CLAIM_GROUPS: '[]' }, '{"sub": "u1"}')).toMatchObject(['', expect.stringContaining('CLAIM_GROUPS'), 1]);
  });

  it('stops on SIGTERM, open streams and all, and keeps its data', async () => {
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const settings = { DATAMESH_DEV_ISSUER: '1', PORT: String(port), PUBLIC_URL: origin };
    const first = start(settings);
    await listening(first.child);
    const browser = new Browser(origin);
    await browser.signIn('casey');
    const token = await browser.serviceToken();
    const stream = await fetch(`${origin}/api/v1/events`, { headers: { authorization: `Bearer ${token}` } });
    expect(stream.status).toBe(200);
    first.child.kill('SIGTERM');
    expect(await first.exit).toEqual([0, null]);
    // The stream was ended, not cut off: reading on gives its end.
    expect(await stream.text()).toMatch(/^id: 0\n\n/);

    const second = start(settings);
    await listening(second.child);
    const again = await browser.fetch('/api/v1/session');
    expect(again.status).toBe(200);
    // Long enough that a proxy which keeps connections is the one to close them.
    expect(again.headers.get('keep-alive')).toBe('timeout=65');
  });
});
