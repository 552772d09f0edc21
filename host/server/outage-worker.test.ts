import { createServer } from 'node:http';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createApp } from './app';
import { PAGES } from './pages';
import { ask, codeOf, edgeOptions, listen, ORIGIN, startEdge, startRegistry } from './testing/edge';

let registry: Awaited<ReturnType<typeof startRegistry>>;
let edge: Awaited<ReturnType<typeof startEdge>>;
beforeEach(async () => {
  registry = await startRegistry();
  edge = await startEdge({ registry: registry.url, files: { 'language-de.1.mjs': '//' } });
});
afterEach(async () => {
  await edge.close();
  await registry.close();
});

interface Kept {
  html: string;
  headers: Record<string, string>;
  pages: string[];
  files: { address: string; integrity: string }[];
}
const PATH = '/outage-worker';
const script = async (headers: Record<string, string> = {}, of = edge): Promise<string> =>
  (await ask(of, PATH, { headers: { 'service-worker': 'script', 'sec-fetch-dest': 'serviceworker', ...headers } })).body;
/** What the script of the build was given. */
const kept = async (headers?: Record<string, string>): Promise<Kept> =>
  runInNewContext(`${(await script(headers)).replace('onfetch = answer(KEPT_PAGE);', '')} KEPT_PAGE`) as Kept;

it('has the page in it as it is served, policy and all, but for the nonce, which is each answer’s own', async () => {
  const page = await ask(edge, '/layouts');
  const nonce = /'nonce-([^']+)'/.exec(String(page.headers['content-security-policy']))?.[1] ?? '';
  const { html, headers, files } = await kept();
  expect(html.replaceAll('{nonce}', nonce)).toBe(page.body);
  expect(html.split('{nonce}')).toHaveLength(2);
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replaceAll('{nonce}', nonce)]));
  const {
    'content-length': _length,
    'x-request-id': _id,
    date: _date,
    connection: _connection,
    'keep-alive': _alive,
    ...served
  } = page.headers;
  expect(own).toEqual(served);
  expect(files.map(({ address }) => address)).toEqual(['/assets/main.1.mjs', '/assets/main.1.css']);
  expect(files.every(({ integrity }) => page.body.includes(integrity))).toBe(true);
});

it('keeps what every page comes to and what makes it a kiosk as well, and nothing else that comes on demand', async () => {
  const files = {
    'live.5.mjs': 'export default 3;',
    'actions.5.mjs': 'export default 4;',
    'kiosk.5.mjs': 'export default 5;',
    'kiosk.5.css': '.kiosk {}',
    'library.5.mjs': 'export default 6;',
  };
  const another = await startEdge({ registry: registry.url, files });
  try {
    const { files: named } = runInNewContext(
      `${(await script({}, another)).replace('onfetch = answer(KEPT_PAGE);', '')} KEPT_PAGE`,
    ) as Kept;
    const also = named.filter(({ address }) => !address.includes('main'));
    expect(also.map(({ address }) => address).sort()).toEqual([
      '/assets/actions.5.mjs',
      '/assets/kiosk.5.css',
      '/assets/kiosk.5.mjs',
      '/assets/live.5.mjs',
    ]);
    expect(also.every(({ integrity }) => integrity.startsWith('sha384-'))).toBe(true);
  } finally {
    await another.close();
  }
});

it('says nothing of who asks, and looks as this browser chose', async () => {
  const { html } = await kept({ cookie: 'dm_session=session-of-casey-0123456789abcdef; dm_theme=dark; dm_language=de' });
  expect(html).toMatch(/^<!doctype html><html lang="de" data-theme="dark">/);
  expect(html).toContain('/assets/language-de.1.mjs');
  expect(html).not.toMatch(/casey|api\/v1/);
});

it('is for service workers alone, kept nowhere, with a policy by which nothing else runs; and is no file of the page', async () => {
  const { status, headers } = await ask(edge, PATH, { headers: { 'service-worker': 'script' } });
  expect(status).toBe(200);
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'text/javascript; charset=utf-8' });
  expect(headers['service-worker-allowed']).toBeUndefined();
  expect(String(headers['content-security-policy']).split('; ')).toEqual([
    "default-src 'none'",
    "connect-src 'self'",
    "worker-src 'none'",
    "trusted-types 'none'",
    "require-trusted-types-for 'script'",
  ]);
  for (const kind of ['worker', 'sharedworker', 'document', 'script', 'empty', 'iframe']) {
    const answer = await ask(edge, PATH, { headers: { 'sec-fetch-dest': kind } });
    expect([answer.status, codeOf(answer)], kind).toEqual([403, 'worker_refused']);
  }
  for (const path of [`${PATH}/`, `${PATH}.js`, '/worker', '/assets/main.1.mjs']) {
    const answer = await ask(edge, path, { headers: { 'service-worker': 'script' } });
    expect([answer.status, codeOf(answer)], path).toEqual([403, 'worker_refused']);
  }
  expect((await ask(edge, '/assets/outage-worker.4.mjs')).status).toBe(404);
  expect((await ask(edge, '/layouts')).body).not.toContain('outage-worker');
});

it('is another script for another build, and the same for the same', async () => {
  const first = await script();
  expect(await script()).toBe(first);
  const another = await startEdge({ registry: registry.url, files: { 'lazy.2.mjs': 'export default 3;', 'language-de.1.mjs': '//' } });
  try {
    expect(await script({}, another)).not.toBe(first);
  } finally {
    await another.close();
  }
});

it('takes itself out of browsers where a build has none', async () => {
  const without = await listen(createServer(createApp(await edgeOptions())));
  try {
    const { body } = await ask(without, PATH, { headers: { 'service-worker': 'script' } });
    const done: string[] = [];
    const listeners = new Map<string, (event: object) => void>();
    runInNewContext(body, {
      addEventListener: (type: string, listener: (event: object) => void) => listeners.set(type, listener),
      skipWaiting: () => done.push('skips waiting'),
      registration: { unregister: () => done.push('unregisters') },
    });
    listeners.get('install')?.({});
    listeners.get('activate')?.({ waitUntil: () => undefined });
    expect(done).toEqual(['skips waiting', 'unregisters']);
    expect(listeners.has('fetch')).toBe(false);
  } finally {
    await without.close();
  }
});

it('stands in for every page that the edge has', () => {
  const paths = [
    ['/'],
    ['/d/sales', '/d/sales/0a1b2c3d'],
    ['/l/some-layout'],
    ['/layouts'],
    ['/preferences'],
    ['/marketplace', '/marketplace/notes'],
    ['/admin', '/admin/audit'],
    ['/departments/sales'],
    ['/deployments', '/deployments/notes'],
  ];
  expect(PAGES).toHaveLength(paths.length);
  for (const [index, [route, pattern]] of PAGES.entries())
    for (const path of paths[index] ?? []) {
      expect(typeof route === 'string' ? route === path : route.test(path), path).toBe(true);
      expect(new URLPattern({ pathname: pattern, baseURL: ORIGIN }).test(`${ORIGIN}${path}?kiosk=30s`), path).toBe(true);
    }
});
