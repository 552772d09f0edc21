/** `datamesh check` and `datamesh dev`: a widget in a real browser under the dashboard's own policies, without any dashboard. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { ended, freePort, line } from '@datamesh/test-servers/process';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { CONTAINER } from '../../host/src/testing/published';
import { findings } from '../harness/axe';
import { chromiumPath } from '../harness/browser';
import { ROOT } from '../harness/documents';
import { FLAGS } from '../harness/flags';

const PROGRAM = join(ROOT, 'packages/cli/dist/main.mjs');
let folder = '';
let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath(), args: FLAGS });
});
afterAll(() => browser.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'datamesh-workbench-'));
});
let running: ChildProcess | undefined;
afterEach(async () => {
  if (running) await ended(running, 'SIGINT');
  running = undefined;
  await rm(folder, { recursive: true });
});

/** An element with this in its body, as somebody's bundler would have packed it. */
async function write(members: string): Promise<void> {
  const files = {
    'package.json': '{ "version": "1.0.0" }',
    'widget.json': JSON.stringify({
      name: 'bench-widget',
      title: 'Bench widget',
      description: 'For the workbench.',
      publisher: 'platform',
      expose: './widget',
      listensFor: ['fdc3.instrument'],
      settings: { type: 'object', properties: { word: { type: 'string', title: 'Word', default: 'Hello' } } },
    }),
    'dist/widget.mjs': `export default class extends HTMLElement { ${members} }`,
    'dist/remoteEntry.mjs': CONTAINER,
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

const datamesh = (...args: string[]): ChildProcess =>
  spawn(process.execPath, [PROGRAM, ...args], {
    cwd: folder,
    env: { ...process.env, CHROMIUM_PATH: chromiumPath(), XDG_CONFIG_HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

async function check(members: string): Promise<{ code: number | null; said: string }> {
  await write(members);
  const child = datamesh('check');
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, said };
}

const HEARS = `connectedCallback() { this.fdc3.addContextListener('fdc3.instrument', ({ name }) => {`;

it('check mounts a widget, says to it what it hears, and tells what it said', async () => {
  const well = await check(`${HEARS} this.textContent = name; this.fdc3.broadcast({ type: 'team.heard', name }); }); }`);
  expect(well).toMatchObject({ code: 0, said: expect.stringMatching(/it runs in .* in both themes, and says .*team\.heard/) });
});

it.each([
  [
    'throws as it is connected',
    `connectedCallback() { throw new Error('no such table'); }`,
    /mount_failed: bench-widget@1\.0\.0 does not run[\s\S]*Code threw Message no such table/,
  ],
  ['throws when it hears', `${HEARS} throw new Error('not that one'); }); }`, /mount_failed[\s\S]*not that one/],
  [
    'makes code of text',
    `connectedCallback() { try { eval('1'); } catch { this.textContent = 'refused'; } }`,
    /policy: require-trusted-types-for refuses .*widget\.mjs:1/,
  ],
  [
    'asks another origin',
    `connectedCallback() { fetch('https://example.com/').catch(() => undefined); }`,
    /policy: connect-src refuses https:\/\/example\.com/,
  ],
])('check refuses one that %s', async (_what, members, says) => {
  expect(await check(members)).toMatchObject({ code: 1, said: expect.stringMatching(says) });
});

/** What `datamesh dev` shows, once the widget is ready. */
async function openWorkbench(): Promise<Page> {
  const port = await freePort();
  running = datamesh('dev', '--port', String(port));
  await line(running, 'datamesh dev', /http:\/\/localhost:\d+\//);
  const page = await browser.newPage();
  await page.goto(`http://localhost:${port}/`);
  await page.getByRole('status').filter({ hasText: 'ready' }).waitFor();
  return page;
}

it('dev says which port it cannot have, and ends', async () => {
  await write('');
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const child = datamesh('dev', '--port', String(port));
  const said = text(child.stderr ?? Readable.from([]));
  const [code] = await once(child, 'close');
  expect([code, await said]).toEqual([
    1,
    `port_taken: port ${port} of this machine cannot be had (EADDRINUSE): name another one with --port\n`,
  ]);
  taken.close();
});

it('dev shows it with its settings and contexts, and anew when it is built', async () => {
  await write(`${HEARS} this.textContent = this.settings.word + ', ' + name; this.fdc3.broadcast({ type: 'team.heard', name }); }); }`);
  const page = await openWorkbench();
  await page.getByLabel('Word').fill('Good evening');
  const panel = page.getByRole('region', { name: 'Bench widget' });
  await expect
    .poll(async () => {
      await page.getByRole('button', { name: 'On its channel' }).click();
      return panel.innerText();
    })
    .toContain('Good evening, Apple Inc.');
  await page.getByRole('region', { name: 'It said' }).getByText('team.heard').waitFor();
  await page.getByLabel('Theme').selectOption('dark');
  await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');

  await write(`connectedCallback() { this.textContent = 'built anew: ' + this.settings.word; }`);
  await expect.poll(() => panel.innerText().catch(() => '')).toContain('built anew: Good evening');
  await page.close();
});

it('dev tells what axe finds in it, on demand and after each change, so that everybody can read it', async () => {
  await write(`connectedCallback() {
    this.attachShadow({ mode: 'open' }).innerHTML = '<button></button><p style="color: #999; background: #fff">Too pale to be read</p>';
  }`);
  const page = await openWorkbench();
  const scripts = (): Promise<string[]> =>
    page.evaluate(() => performance.getEntriesByType('resource').flatMap(({ name }) => (/axe/.test(name) ? [name] : [])));
  expect(await scripts(), 'axe is fetched when it is asked for').toEqual([]);

  const section = page.getByRole('region', { name: 'Accessibility' });
  await section.getByRole('button', { name: 'Check now' }).click();
  await section.getByText(/^2 findings \(axe \d.*, (light|dark) theme\)/).waitFor();
  expect(await scripts()).toHaveLength(1);
  const items = section.getByRole('listitem');
  expect(await items.nth(0).innerText()).toMatch(/^critical: Buttons must have discernible text \(button-name\)\s+\S+ › button$/);
  expect(await items.nth(1).innerText()).toMatch(/^serious: .*contrast.*\(color-contrast\)\s+\S+ › p$/);
  const link = items.nth(0).getByRole('link', { name: 'button-name' });
  expect(await link.getAttribute('href')).toMatch(/^https:\/\/dequeuniversity\.com\/rules\/axe\/.*button-name/);

  // What is said of it breaks none of the rules itself: only the widget does.
  expect((await findings(page)).filter((finding) => !finding.includes(': bench-widget-'))).toEqual([]);

  await section.getByLabel('After each change').check();
  await write(`connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '<button>Go on</button>'; }`);
  await section.getByText(/^Nothing found \(axe/).waitFor();
  expect(await items.count()).toBe(0);
  // Something that it draws later on.
  await page
    .locator('[data-theme]', { has: page.getByRole('button', { name: 'Go on' }) })
    .last()
    .evaluate((widget) => {
      const picture = document.createElement('img');
      picture.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
      widget.shadowRoot?.append(picture);
    });
  await section.getByRole('link', { name: 'image-alt' }).waitFor();
  expect(await page.getByRole('region', { name: 'Trouble' }).getByRole('listitem').allInnerTexts(), 'nothing of axe is refused').toEqual(
    [],
  );
  await page.close();
});
