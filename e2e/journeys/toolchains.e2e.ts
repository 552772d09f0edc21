/** What other toolchains build is published as it is: each configuration of docs/toolchains.md, taken literally, mounted in Chromium. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chromiumPath } from '../harness/browser';
import { sh } from '../harness/commands';
import { commandsOf, configOf, firstSample, ROOT } from '../harness/documents';

const DOCUMENT = 'docs/toolchains.md';
/** The others install as much again, and differ in their configuration only: by hand with `TOOLCHAINS=all`. */
const TRIED =
  process.env['TOOLCHAINS'] === 'all' ? ['esbuild', 'rollup', 'Vite', 'webpack', 'rsbuild', 'Nx'] : ['esbuild', 'rollup', 'Vite'];
/** What stands in a folder before there is a remote in it. */
const BEFORE: Record<string, Record<string, string>> = {
  Nx: { 'nx.json': '{ "plugins": ["@nx/rspack/plugin"] }', 'tsconfig.base.json': '{ "compilerOptions": {} }' },
};
/** How each takes a style sheet as text, as the document says. */
const AS_TEXT: Record<string, string> = { Vite: './widget.css?inline', rsbuild: './widget.css?raw' };

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'datamesh-toolchain-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it.each(TRIED)('%s', async (toolchain) => {
  const name = `by-${toolchain.toLowerCase()}`;
  const config = await configOf(DOCUMENT, toolchain);
  const settings = { type: 'object', properties: { name: { type: 'string', default: 'everybody' } } };
  const manifest = { name, title: name, description: 'From elsewhere.', publisher: 'platform', expose: './widget', settings };
  const widget = (await firstSample(DOCUMENT)).replace('./widget.css', AS_TEXT[toolchain] ?? './widget.css');
  await mkdir(join(folder, 'src'));
  const files = {
    ...BEFORE[toolchain],
    'package.json': JSON.stringify({ name, version: '1.0.0', private: true, type: 'module' }),
    'widget.json': JSON.stringify(manifest),
    'src/widget.css': ':host { display: block; color: teal; }',
    'src/widget.js': widget,
    ...(config ? { [config.name]: config.text } : {}),
  };
  for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text);

  const shell = { cwd: folder, env: { CHROMIUM_PATH: chromiumPath(), XDG_CONFIG_HOME: folder, CI: 'true' } };
  let said = '';
  for (const command of await commandsOf(DOCUMENT, toolchain))
    said = await sh(command.replace('npx --no datamesh', `node ${join(ROOT, 'packages/cli/dist/main.mjs')}`), shell);
  expect(said).toMatch(new RegExp(`^${name}@1.0.0 has what publishing asks for.*\\nit runs in`));
});
