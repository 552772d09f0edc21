/** `datamesh audit verify` as a person types it, against a registry whose log is whole, changed, or cut off. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { freePort } from '@datamesh/test-servers/process';
import { type RegistryProcess, startRegistry } from '@datamesh/test-servers/registry/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PROGRAM = join(import.meta.dirname, '../dist/main.mjs');

let folder: string;
let registry: RegistryProcess;
let secret: string;
/** A publish token: good for publishing, and for nothing of this. */
let publishToken: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-verify-'));
  const port = await freePort();
  registry = await startRegistry({ folder, port });
  secret = await registry.secret();
  // Three changes, and so three entries.
  for (const team of ['markets-data', 'platform', 'research']) {
    const made = await fetch(`${registry.url}/api/v1/tokens`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ team, name: 'CI' }),
    });
    expect(made.status).toBe(201);
    publishToken = ((await made.json()) as { secret: string }).secret;
  }
});
afterAll(async () => {
  await registry.end();
  await rm(folder, { recursive: true, force: true });
});

/** As a shell would see it. */
function verify(token: string | undefined, url = registry.url): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: process.env['PATH'], DATAMESH_URL: url, ...(token === undefined ? {} : { DATAMESH_TOKEN: token }) };
  return new Promise((resolve) =>
    execFile(process.execPath, [PROGRAM, 'audit', 'verify'], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    ),
  );
}

/** By hand, as whoever wants something not to have happened would: beside the running registry. */
function inDatabase(statement: string): void {
  const database = new DatabaseSync(join(folder, 'registry', 'registry.db'), { timeout: 30_000 });
  database.exec(statement);
  database.close();
}

const entry = (seq: number): string => {
  const database = new DatabaseSync(join(folder, 'registry', 'registry.db'), { readOnly: true, timeout: 30_000 });
  const row = database.prepare('SELECT entry FROM audit WHERE seq = ?').get(seq);
  database.close();
  return String(row?.['entry']);
};

describe('datamesh audit verify', () => {
  it('says how many entries a whole log has, and its last hash to write down', async () => {
    const first = await verify(secret);
    const { hash } = JSON.parse(entry(3)) as { hash: string };
    expect(first).toEqual({ code: 0, out: `the audit log is whole: 3 entries, the last with hash ${hash}\n`, err: '' });
  });

  it('is for whoever runs the instance: a publish token is refused, as is what is no token, and none', async () => {
    expect(await verify(publishToken)).toMatchObject({
      code: 1,
      out: '',
      err: 'bootstrap_required: This needs the secret in bootstrap.json (dmb_…), or an admin who is signed in\n',
    });
    expect(await verify(`dmb_${'x'.repeat(43)}`)).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^token_invalid: .+/) });
    expect(await verify(undefined)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('audit needs a token for'),
    });
  });

  it('says that nobody answers, which is not the same as a broken log', async () => {
    const port = await freePort();
    expect(await verify(secret, `http://127.0.0.1:${port}`)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^registry_unreachable: /),
    });
  });

  it('names the first entry that is not what was written', async () => {
    const original = entry(2);
    inDatabase(`UPDATE audit SET entry = replace(entry, 'CI', 'CD') WHERE seq = 2`);
    expect(await verify(secret)).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(/^audit_broken: Entry 2 is not what was written[^\n]*\n {2}first broken entry: 2; whole before it: 1\n$/),
    });
    inDatabase(`UPDATE audit SET entry = '${original.replaceAll("'", "''")}' WHERE seq = 2`);
    expect(await verify(secret)).toMatchObject({ code: 0 });
  });

  it('notices that the log was cut off, of which what is left is whole', async () => {
    expect(await verify(secret)).toMatchObject({ code: 0 });
    inDatabase('DELETE FROM audit WHERE seq = 3');
    expect(await verify(secret)).toEqual({
      code: 1,
      out: '',
      err: 'audit_broken: The log ends with entry 2, and had 3 before\n  first broken entry: 3; whole before it: 2\n',
    });
  });
});
