/** The commands of docs/operations.md, as they stand there, beside a registry that goes on writing: the copy is whole, and starts. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { LayoutSummary, Resolution } from '@datamesh/contracts';
import { expect, it } from 'vitest';
import { person, startTestApi, type TestApi } from '../testing/api';
import { widgetTarball } from '../testing/tarball';
import { openSqlite } from './storage';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const dana = person('dana', ['admin']);
/** Nobody signs in here: an issuer that is never asked. */
const oidc = { issuer: 'http://127.0.0.1:9', clientId: 'unused', clientSecret: null, scope: 'openid' };

const startOn = (data: string) =>
  startTestApi(async () => openSqlite(join(data, 'registry', 'registry.db')), {
    devIssuer: false,
    oidc,
    dataDir: join(data, 'registry'),
    bootstrapFile: join(data, 'bootstrap.json'),
  });

const commands = () =>
  /## Back up the registry on SQLite[^#]*?```sh\n(.*?)```/s.exec(readFileSync(join(root, 'docs/operations.md'), 'utf8'))?.[1] ?? 'exit 9';

/** Writes one after the other until `done`; what was acknowledged, as it comes. */
async function keepWriting(api: TestApi, write: (api: TestApi, nth: number) => Promise<string>, done: () => boolean): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let nth = 1; !done(); nth++) acknowledged.push(await write(api, nth));
  return acknowledged;
}

async function newLayout(api: TestApi, nth: number): Promise<string> {
  const tree = { type: 'stack', active: 0, panels: ['p1'] };
  const body = { title: `Layout ${nth}`, visibility: 'private', tree, panels: { p1: { widget: 'notes@latest' } } };
  const made = await api.call('/api/v1/layouts', { as: dana, method: 'POST', body });
  expect(made.status).toBe(201);
  return ((await made.json()) as { id: string }).id;
}

async function newVersion(api: TestApi, nth: number): Promise<string> {
  const version = `1.0.${nth}`;
  const published = await api.publish('notes', version, widgetTarball({ name: 'notes', version }));
  expect(published.status, await published.text()).toBe(201);
  return version;
}

async function read<T>(api: TestApi, path: string): Promise<T> {
  const answer = await api.call(`/api/v1${path}`, { as: dana });
  expect(answer.status, path).toBe(200);
  return (await answer.json()) as T;
}

it('a copy made while it writes has what was acknowledged before, whole, and starts', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'backup-'));
  const [data, copy] = [join(folder, 'data'), join(folder, 'copy')];
  const api = await startOn(data);
  const before = { version: await newVersion(api, 0), layout: await newLayout(api, 0) };
  // The end of the log is noted soon after.
  expect((await api.call('/api/v1/audit/verification', { as: dana, method: 'POST' })).status).toBe(200);

  let copied = false;
  const writing = Promise.all([keepWriting(api, newLayout, () => copied), keepWriting(api, newVersion, () => copied)]);
  await promisify(execFile)('sh', ['-ec', commands()], { cwd: root, env: { ...process.env, data, copy } }).finally(() => {
    copied = true;
  });
  const [layouts] = await writing;
  expect(layouts.length).toBeGreaterThan(1);
  await api.stop();

  const restored = await startOn(copy);
  const kept = (await read<{ items: LayoutSummary[] }>(restored, '/layouts')).items.map(({ id }) => id);
  expect(kept).toContain(before.layout);
  const { versions } = await read<{ versions: { version: string }[] }>(restored, '/widgets/notes');
  expect(versions.map(({ version }) => version)).toContain(before.version);
  for (const { version } of versions) {
    const asked = await restored.call('/api/v1/resolve', { as: dana, method: 'POST', body: { widgets: [`notes@${version}`] } });
    const [item] = ((await asked.json()) as { items: Resolution[] }).items;
    expect((await restored.call(`${item?.base}${item?.entry}`)).status, `the files of ${version}`).toBe(200);
  }
  const verified = await restored.call('/api/v1/audit/verification', { as: dana, method: 'POST' });
  expect(await verified.json()).toMatchObject({ ok: true });
  await newLayout(restored, 1);
  await restored.stop();
  rmSync(folder, { recursive: true, force: true });
});
