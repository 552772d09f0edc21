/** `datamesh layouts` as a person or a build server types it, with a token for the layouts of a department, against a real registry. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditEntry, Layout, LayoutContentInput, LayoutFile, LayoutsIndex, Pin } from '@datamesh/contracts';
import { freePort } from '@datamesh/test-servers/process';
import { type RegistryProcess, startRegistry } from '@datamesh/test-servers/registry/server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { widgetTarball } from '../../../../registry-api/src/testing/tarball';
import { readCommand } from '../command-line';
import { CliError } from '../problem';
import { pull } from './pull';
import { push } from './push';

const PROGRAM = join(import.meta.dirname, '../../dist/main.mjs');
const WIDGET = 'team-chart';

let root: string;
let registry: RegistryProcess;
let setUp: string;
let publishToken: string;
let count = 0;

/** For each test: a department that pins two layouts, its token, and a folder that is not there yet. */
let department: string;
let token: string;
let folder: string;
let overview: Layout;
let prices: Layout;

async function api<T>(method: string, path: string, body?: unknown, bearer = setUp, headers: Record<string, string> = {}): Promise<T> {
  const answer = await fetch(`${registry.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

const content = (title: string): LayoutContentInput => ({
  title,
  department,
  visibility: 'department',
  tree: {
    type: 'row',
    children: [
      { size: 0.5, node: stack('left') },
      { size: 0.5, node: stack('right') },
    ],
  },
  panels: { left: { widget: `${WIDGET}@stable`, settings: { note: 'a' } }, right: { widget: `${WIDGET}@stable`, settings: { note: 'b' } } },
});
const stack = (id: string) => ({ type: 'stack' as const, active: 0, panels: [id] });

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'datamesh-layouts-'));
  registry = await startRegistry({ folder: root, port: await freePort() });
  setUp = await registry.secret();
  publishToken = (await api<{ secret: string }>('POST', '/tokens', { team: 'markets-data', name: 'CI' })).secret;
  const tarball = widgetTarball({ name: WIDGET, version: '1.0.0', manifest: { publisher: 'markets-data' } });
  await api('PUT', `/widgets/${WIDGET}/versions/1.0.0`, tarball, publishToken, { 'content-type': 'application/gzip' });
  await api('PUT', `/widgets/${WIDGET}/channels/stable`, { version: '1.0.0' }, publishToken);
});
afterAll(async () => {
  await registry?.end();
  await rm(root, { recursive: true, force: true });
});
beforeEach(async () => {
  count += 1;
  department = `dept-${count}`;
  folder = join(root, `repository-${count}`, 'layouts');
  await api('PUT', `/departments/${department}`, { title: 'A department' });
  overview = await api<Layout>('POST', '/layouts', content('Übersicht: Größen'));
  prices = await api<Layout>('POST', '/layouts', content('../../Prices'));
  for (const { id } of [overview, prices]) await api('PUT', `/pins/${department}/${id}`, {});
  token = (await api<{ secret: string }>('POST', '/tokens', { department, name: 'CI' })).secret;
});

interface Said {
  code: number;
  out: string;
  err: string;
}
/** The command in this process: the registry is a real one, and a program for each call would take a second. */
async function layouts(args: string[], { bearer = token, url = registry.url } = {}): Promise<Said> {
  const lines: string[] = [];
  const out = (): string => lines.map((line) => `${line}\n`).join('');
  try {
    const command = readCommand(['layouts', ...args], { url, token: () => bearer, argocd: { url: undefined, token: undefined } });
    if (command.kind === 'layouts-pull') await pull(command.wish, command.target, (line) => lines.push(line));
    else if (command.kind === 'layouts-push') await push(command.wish, command.target, (line) => lines.push(line));
    return { code: 0, out: out(), err: '' };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { code: error.exitCode, out: out(), err: `${error.code}: ${error.detail}\n` };
  }
}

/** As a shell and a build server see it. */
function program(...args: string[]): Promise<Said> {
  const env = { PATH: process.env['PATH'], DATAMESH_URL: registry.url, DATAMESH_TOKEN: token };
  return new Promise((resolve) =>
    execFile(process.execPath, [PROGRAM, 'layouts', ...args], { env, cwd: root }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    ),
  );
}
const pulled = async (): Promise<void> =>
  expect(await layouts(['pull', folder, '--department', department])).toMatchObject({ code: 0, err: '' });
const pushed = (...more: string[]): Promise<Said> => layouts(['push', folder, ...more]);

const [OVERVIEW, PRICES] = ['ubersicht-grossen.layout.json', 'prices.layout.json'];
const read = async <T>(file: string): Promise<T> => JSON.parse(await readFile(join(folder, file), 'utf8')) as T;
const write = (file: string, value: unknown): Promise<void> =>
  writeFile(join(folder, file), typeof value === 'string' ? value : `${JSON.stringify(value, null, 2)}\n`);
async function note(file: string, panel: 'left' | 'right', text: string): Promise<void> {
  const value = await read<LayoutFile>(file);
  (value.layout.panels[panel] as { settings: object }).settings = { note: text };
  await write(file, value);
}
const now = async ({ id }: Layout): Promise<Layout> => (await api<{ layout: Layout }>('GET', `/layouts/${id}`)).layout;
const noteOf = async (layout: Layout, panel: 'left' | 'right'): Promise<unknown> => (await now(layout)).panels[panel]?.settings?.['note'];
/** As somebody in the dashboard does. */
async function noteThere(layout: Layout, panel: 'left' | 'right', text: string): Promise<void> {
  const { revision, tree, panels, title, visibility, grants, department: of } = await now(layout);
  const next = { ...panels, [panel]: { ...panels[panel], settings: { note: text } } };
  await api('PUT', `/layouts/${layout.id}`, { title, tree, visibility, grants, department: of, panels: next }, setUp, {
    'if-match': `"${revision}"`,
  });
}
const pinnedThere = async (): Promise<[string | null, string[]]> => {
  const { department: record } = await api<Pin>('GET', `/pins/${department}`);
  return [record.layout, record.layouts];
};

describe('datamesh layouts pull', () => {
  it('writes one file for each pinned layout, and their order; again it changes nothing', async () => {
    await pulled();
    expect((await readdir(folder)).sort()).toEqual(['layouts.json', PRICES, OVERVIEW].sort());
    expect(await read<LayoutsIndex>('layouts.json')).toEqual({
      kind: 'datamesh.layouts',
      version: 1,
      department,
      home: overview.id,
      layouts: [
        { file: OVERVIEW, id: overview.id, revision: 1 },
        { file: PRICES, id: prices.id, revision: 1 },
      ],
      pulled: { home: overview.id, layouts: [overview.id, prices.id] },
    });
    const { layout } = await read<LayoutFile>(OVERVIEW);
    expect(layout).toMatchObject({ title: 'Übersicht: Größen', panels: { left: { settings: { note: 'a' } } } });
    expect(Object.keys(layout).sort()).toEqual(['defaultChannel', 'filters', 'panels', 'title', 'tree']);
    const before = await readFile(join(folder, OVERVIEW), 'utf8');
    expect(await layouts(['pull', folder])).toMatchObject({ code: 0, out: expect.stringContaining('has what') });
    expect(await readFile(join(folder, OVERVIEW), 'utf8')).toBe(before);
  });

  it('merges what was changed here and there, and is a conflict that names both sides where that is the same', async () => {
    await pulled();
    await note(OVERVIEW, 'left', 'mine');
    await noteThere(overview, 'right', 'theirs');
    expect(await layouts(['pull', folder])).toMatchObject({ code: 0, out: expect.stringContaining(`merged   ${OVERVIEW}`) });
    expect((await read<LayoutFile>(OVERVIEW)).layout.panels).toMatchObject({
      left: { settings: { note: 'mine' } },
      right: { settings: { note: 'theirs' } },
    });

    await noteThere(overview, 'left', 'no, theirs');
    const before = await readFile(join(folder, OVERVIEW), 'utf8');
    const refused = await layouts(['pull', folder]);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toMatch(/^layout_conflict: .*\n.*Setting “note” of team-chart: "mine" here, "no, theirs" there\n.*--prefer mine/);
    expect(await readFile(join(folder, OVERVIEW), 'utf8')).toBe(before);
    expect((await layouts(['pull', folder, '--prefer', 'mine'])).code).toBe(0);
    expect((await pushed()).code).toBe(0);
    expect([await noteOf(overview, 'left'), await noteOf(overview, 'right')]).toEqual(['mine', 'theirs']);
    await note(OVERVIEW, 'left', 'not wanted');
    expect((await layouts(['pull', folder, '--force'])).code).toBe(0);
    expect((await read<LayoutFile>(OVERVIEW)).layout.panels['left']).toMatchObject({ settings: { note: 'mine' } });
  });

  it('takes away the file of what is pinned no longer, unless it has changes of its own', async () => {
    await pulled();
    await note(PRICES, 'left', 'mine');
    await api('DELETE', `/pins/${department}/${prices.id}`);
    expect((await layouts(['pull', folder])).out).toContain(`left     ${PRICES}`);
    expect(await readdir(folder)).toContain(PRICES);
    await api('PUT', `/pins/${department}/${prices.id}`, {});
    await rm(join(folder, PRICES));
    await layouts(['pull', folder]);
    await api('DELETE', `/pins/${department}/${prices.id}`);
    expect((await layouts(['pull', folder])).out).toContain(`removed  ${PRICES}`);
    expect(await readdir(folder)).not.toContain(PRICES);
  });
});

describe('datamesh layouts push', () => {
  it('says what would change, and makes a revision with a message and an entry in the audit log', async () => {
    await pulled();
    expect(await program('push', folder, '--dry-run')).toMatchObject({ code: 0, out: expect.stringContaining('has what is in') });
    await note(OVERVIEW, 'left', 'mine');
    const tried = await program('push', folder, '--dry-run');
    expect(tried).toMatchObject({ code: 3, err: '' });
    expect(tried.out).toContain(`change   ${OVERVIEW}  “Übersicht: Größen”\n  changed Setting “note” of team-chart: "a" → "mine"`);
    expect(await noteOf(overview, 'left')).toBe('a');

    expect(await pushed('--message', 'Notes as agreed')).toMatchObject({ code: 0, err: '' });
    const saved = await now(overview);
    expect(saved).toMatchObject({
      revision: 2,
      updatedByName: 'CI (token)',
      message: 'Notes as agreed',
      visibility: 'department',
      department,
    });
    expect([await noteOf(overview, 'left'), (await now(prices)).revision]).toEqual(['mine', 1]);
    expect((await read<LayoutsIndex>('layouts.json')).layouts[0]).toMatchObject({ revision: 2 });
    expect(await program('push', folder, '--dry-run')).toMatchObject({ code: 0 });
    expect(saved.updatedBy).toMatch(/^token:/);
  });

  it('is refused where somebody changed the same since the pull, and pushes over it with --force alone', async () => {
    await pulled();
    await note(OVERVIEW, 'left', 'mine');
    await note(PRICES, 'left', 'mine too');
    await noteThere(overview, 'left', 'theirs');
    for (const refused of [await pushed(), await program('push', folder, '--dry-run')]) {
      expect(refused).toMatchObject({ code: 1, out: '' });
      expect(refused.err).toMatch(
        /^layout_conflict: [\s\S]*ubersicht[\s\S]*Set-up saved revision 2, this is from 1[\s\S]*datamesh layouts pull merges/,
      );
    }
    // Neither of them: all, or nothing.
    expect([await noteOf(overview, 'left'), await noteOf(prices, 'left')]).toEqual(['theirs', 'a']);
    expect((await pushed('--force')).code).toBe(0);
    expect([await noteOf(overview, 'left'), await noteOf(prices, 'left')]).toEqual(['mine', 'mine too']);
  });

  it('leaves what was changed only on the server, and says so', async () => {
    await pulled();
    await noteThere(overview, 'left', 'theirs');
    await note(PRICES, 'left', 'mine');
    expect((await pushed()).out).toContain(`behind   ${OVERVIEW}: Set-up saved revision 2`);
    expect([await noteOf(overview, 'left'), await noteOf(prices, 'left')]).toEqual(['theirs', 'mine']);
  });

  it.each([
    ['a widget', 'no-such-widget@stable'],
    ['a version', `${WIDGET}@9.9.9`],
  ])('checks that the instance has %s before anything is changed', async (_, widget) => {
    await pulled();
    await note(OVERVIEW, 'left', 'mine');
    const value = await read<LayoutFile>(PRICES);
    (value.layout.panels['left'] as { widget: string }).widget = widget;
    await write(PRICES, value);
    const refused = await pushed();
    expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^instance_lacks: /) });
    expect(refused.err).toContain(`${PRICES}: ${widget}: `);
    expect(await noteOf(overview, 'left')).toBe('a');
  });

  it('says exactly what was changed where it is stopped half-way, and goes on from there', async () => {
    await pulled();
    await note(OVERVIEW, 'left', 'mine');
    await note(PRICES, 'left', 'mine');
    const away = await inFront({ saves: 1 });
    const stopped = await layouts(['push', folder], { url: away.url });
    await away.close();
    expect(stopped.code).toBe(1);
    expect(stopped.err).toMatch(/^push_unfinished: registry_unreachable: /);
    expect(stopped.err).toContain(`changed: ${OVERVIEW}: revision 2\n  not changed: ${PRICES}\n`);
    expect([await noteOf(overview, 'left'), await noteOf(prices, 'left')]).toEqual(['mine', 'a']);
    expect((await pushed()).code).toBe(0);
    expect([(await now(overview)).revision, (await now(prices)).revision]).toEqual([2, 2]);
  });

  it('pins what layouts.json says, in its order; what was pinned on the server meanwhile is a conflict', async () => {
    await pulled();
    const index = await read<LayoutsIndex>('layouts.json');
    await write('layouts.json', { ...index, home: prices.id, layouts: index.layouts.toReversed() });
    expect((await pushed('--dry-run')).out).toContain(`change   layouts.json: make ${PRICES} the home`);
    expect(await pinnedThere()).toEqual([overview.id, [overview.id, prices.id]]);
    expect((await pushed()).code).toBe(0);
    expect(await pinnedThere()).toEqual([prices.id, [prices.id, overview.id]]);

    const next = await read<LayoutsIndex>('layouts.json');
    await write('layouts.json', { ...next, home: overview.id, layouts: next.layouts.filter(({ id }) => id === overview.id) });
    const another = await api<Layout>('POST', '/layouts', content('Another'));
    await api('PUT', `/pins/${department}/${another.id}`, {});
    expect(await pushed()).toMatchObject({ code: 1, err: expect.stringMatching(/^layout_conflict: [\s\S]*layouts\.json: what is pinned/) });
    await api('DELETE', `/pins/${department}/${another.id}`);
    expect((await pushed()).code).toBe(0);
    expect(await pinnedThere()).toEqual([overview.id, [overview.id]]);
  });

  it('asks for a token that keeps layouts, of the department that the folder is about', async () => {
    await pulled();
    expect(await layouts(['push', folder], { bearer: publishToken })).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^layout_token_required: .*tokens\/new/),
    });
    await api('PUT', '/departments/elsewhere', { title: 'Elsewhere' });
    const foreign = (await api<{ secret: string }>('POST', '/tokens', { department: 'elsewhere', name: 'CI' })).secret;
    await note(OVERVIEW, 'left', 'mine');
    expect(await layouts(['push', folder], { bearer: foreign })).toMatchObject({ code: 1 });
    expect(await layouts(['pull', folder, '--department', 'elsewhere'])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^layouts_elsewhere: /),
    });
    expect(await noteOf(overview, 'left')).toBe('a');
  });
});

describe('a build server that pushes each commit', () => {
  const git = (...args: string[]): Promise<string> =>
    new Promise((resolve, reject) =>
      execFile('git', ['-C', join(folder, '..'), '-c', 'user.name=Alex', '-c', 'user.email=alex@example.com', ...args], (error, out) =>
        error ? reject(error) : resolve(out),
      ),
    );
  const commit = async (message: string): Promise<void> => {
    await git('add', '-A');
    await git('commit', '-q', '-m', message);
  };

  it('goes on from its own pushes, also back, without what it notes; what somebody saved in between is a conflict', async () => {
    await pulled();
    await git('init', '-q');
    await commit('As pulled');
    for (const text of ['first', 'second']) {
      await note(OVERVIEW, 'left', text);
      await commit(`Note: ${text}`);
      expect(await pushed()).toMatchObject({ code: 0, err: '' });
      await git('checkout', '-q', '--', '.');
      expect(await now(overview)).toMatchObject({ message: `Note: ${text}` });
    }
    await git('revert', '--no-edit', 'HEAD');
    await git('revert', '--no-edit', 'HEAD~2');
    expect((await pushed()).code).toBe(0);
    expect(await noteOf(overview, 'left')).toBe('a');

    await git('checkout', '-q', '--', '.');
    await noteThere(overview, 'left', 'by hand');
    await note(OVERVIEW, 'left', 'third');
    await commit('Note: third');
    expect(await pushed()).toMatchObject({ code: 1, err: expect.stringMatching(/^layout_conflict/) });
  });
});

describe('files that are not what they should be', () => {
  const deep = `{"kind":"datamesh.layout","version":1,"layout":{"title":"x","panels":{},"tree":${'{"type":"row","children":[{"size":1,"node":'.repeat(20_000)}`;
  const closed = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const index = (more: object): object => ({
    kind: 'datamesh.layouts',
    version: 1,
    department,
    home: overview.id,
    layouts: [{ file: OVERVIEW, id: overview.id, revision: 1 }],
    pulled: { home: overview.id, layouts: [overview.id] },
    ...more,
  });
  const named = (file: string) => () => index({ layouts: [{ file, id: overview.id, revision: 1 }] });
  const layout = (more: object): object => ({
    kind: 'datamesh.layout',
    version: 1,
    layout: { title: 'x', tree: stack('p'), panels: { p: { widget: `${WIDGET}@stable` } }, ...more },
  });

  it.each<[string, string, () => unknown]>([
    ['a layout that is no JSON', OVERVIEW, () => '<<<<<<< HEAD\n{}'],
    ['a layout of nothing', OVERVIEW, () => ''],
    ['a layout that is no UTF-8', OVERVIEW, () => Buffer.from([0xff, 0xfe, 0x7b])],
    ['a layout of 5 MB', OVERVIEW, () => ' '.repeat(5 * 1024 * 1024)],
    [
      'a layout of more than 512 KB',
      OVERVIEW,
      () => layout({ panels: { p: { widget: `${WIDGET}@stable`, settings: { note: 'x'.repeat(600_000) } } } }),
    ],
    ['a layout that is not closed', OVERVIEW, () => deep],
    ['a layout that is only depth', OVERVIEW, () => closed],
    [
      'a layout with a panel that nothing places',
      OVERVIEW,
      () => layout({ panels: { p: { widget: `${WIDGET}@stable` }, q: { widget: `${WIDGET}@stable` } } }),
    ],
    ['a layout with a panel called __proto__', OVERVIEW, () => JSON.stringify(layout({})).replaceAll('"p"', '"__proto__"')],
    ['a layout with a title that steers text', OVERVIEW, () => layout({ title: 'a\u202eb' })],
    ['a layout with what belongs to nobody', OVERVIEW, () => layout({ owner: 'user:alex' })],
    ['a layout with a name that would write over the terminal', OVERVIEW, () => layout({ '\u001b[2J\n::stop-commands::': 1 })],
    ['something else', OVERVIEW, () => ({ kind: 'datamesh.panels' })],
    ['an index that is a list', 'layouts.json', () => []],
    ['an index that leads out of the folder', 'layouts.json', named('../secret.json')],
    ['an index with an absolute path', 'layouts.json', named('/etc/secret.json')],
    ['an index with a path of Windows', 'layouts.json', named('..\\secret.json')],
    ['an index with a NUL', 'layouts.json', named('a\u0000.json')],
    ['an index that names itself', 'layouts.json', named('layouts.json')],
    [
      'an index with an id that leads elsewhere',
      'layouts.json',
      () => index({ home: '../../tokens', layouts: [{ file: OVERVIEW, id: '../../tokens', revision: 1 }] }),
    ],
    [
      'an index with a file twice',
      'layouts.json',
      () => index({ layouts: [overview, prices].map(({ id }) => ({ file: OVERVIEW, id, revision: 1 })) }),
    ],
    ['an index of another home', 'layouts.json', () => index({ home: prices.id })],
  ])('%s is refused with its reason, and nothing is changed', async (_, file, value) => {
    await pulled();
    const made = value();
    await writeFile(join(folder, file), Buffer.isBuffer(made) || typeof made === 'string' ? made : JSON.stringify(made));
    const refused = await pushed();
    expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^layout_file_invalid: /) });
    expect(refused.err.length).toBeLessThan(3000);
    expect(refused.err).not.toMatch(/[^\P{Cc}\n]|\n\S/u);
    expect((await now(overview)).revision).toBe(1);
  });

  it.each([OVERVIEW, 'layouts.json'])(
    '%s of a later form says that it is one, not what is wrong with it by the rules of today',
    async (file) => {
      await pulled();
      await write(file, { ...(await read<object>(file)), version: 2, more: true });
      for (const refused of [await pushed(), await layouts(['pull', folder])])
        expect(refused.err).toBe(
          `layout_file_invalid: ${file} cannot be used\n  /version: is 2, a form that this datamesh cannot read yet; install a newer one\n`,
        );
    },
  );

  it('what only a newer dashboard has is neither written into a file nor taken away on the server', async () => {
    await pulled();
    await note(OVERVIEW, 'left', 'mine');
    const newer = await inFront({ said: (text) => text.replaceAll('"settings":', '"rotation":90,"settings":') });
    const before = await readFile(join(folder, OVERVIEW), 'utf8');
    for (const command of ['pull', 'push'])
      expect(await layouts([command, folder], { url: newer.url })).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringMatching(/^layout_newer: the server’s “Übersicht: Größen” has .*rotation/),
      });
    await newer.close();
    expect([await readFile(join(folder, OVERVIEW), 'utf8'), (await now(overview)).revision]).toEqual([before, 1]);
  });

  it('a link is neither followed nor written through', async () => {
    await pulled();
    const outside = join(root, `outside-${count}.json`);
    await writeFile(outside, await readFile(join(folder, OVERVIEW)));
    await rm(join(folder, OVERVIEW));
    await symlink(outside, join(folder, OVERVIEW));
    expect(await pushed()).toMatchObject({ code: 1, err: expect.stringMatching(/^layout_file_unsafe: /) });
    expect(await layouts(['pull', folder])).toMatchObject({ code: 1, err: expect.stringMatching(/^layout_file_unsafe: /) });
    const before = await readFile(outside, 'utf8');
    await noteThere(overview, 'left', 'theirs');
    expect((await layouts(['pull', folder, '--force'])).code).toBe(0);
    expect(await readFile(outside, 'utf8')).toBe(before);
    expect((await read<LayoutFile>(OVERVIEW)).layout.panels['left']).toMatchObject({ settings: { note: 'theirs' } });
  });

  it('a folder or a pipe in a file’s place is refused at once', async () => {
    await pulled();
    await rm(join(folder, OVERVIEW));
    await mkdir(join(folder, OVERVIEW));
    expect(await pushed()).toMatchObject({ code: 1, err: expect.stringMatching(/^layout_file_unsafe: /) });
    await rm(join(folder, OVERVIEW), { recursive: true });
    await new Promise<void>((resolve, reject) =>
      execFile('mkfifo', [join(folder, OVERVIEW)], (error) => (error ? reject(error) : resolve())),
    );
    expect(await pushed()).toMatchObject({ code: 1, err: expect.stringMatching(/^layout_file_unsafe: /) });
  });
});

it('the audit log says which token saved and pinned', async () => {
  await pulled();
  await note(OVERVIEW, 'left', 'mine');
  const index = await read<LayoutsIndex>('layouts.json');
  await write('layouts.json', { ...index, home: prices.id });
  expect((await pushed()).code).toBe(0);
  const { updatedBy } = await now(overview);
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(join(root, 'registry', 'registry.db'), { readOnly: true, timeout: 30_000 });
  const entries = (): AuditEntry[] =>
    database
      .prepare('SELECT entry FROM audit ORDER BY seq')
      .all()
      .map((row) => JSON.parse(String(row['entry'])) as AuditEntry);
  await expect
    .poll(() =>
      entries()
        .filter(({ actor }) => actor === updatedBy)
        .map(({ action, subject }) => [action, subject]),
    )
    .toEqual([
      ['layout.save', `layout:${overview.id}`],
      ['pin.put', `department:${department}`],
    ]);
  database.close();
});

/** In front of the registry; breaks off after so many saves, and may change what is answered. */
async function inFront({
  saves = Number.POSITIVE_INFINITY,
  said = (text: string) => text,
}): Promise<{ url: string; close(): Promise<void> }> {
  let left = saves;
  const server = createServer(async (request, response) => {
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    if (request.method === 'PUT' && left-- <= 0) return void request.socket.destroy();
    const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers as Record<string, string>;
    const answer = await fetch(`${registry.url}${request.url}`, {
      method: request.method ?? 'GET',
      headers,
      ...(body.length > 0 ? { body: new Uint8Array(Buffer.concat(body)) } : {}),
    });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(said(await answer.text()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
