import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, expect, it } from 'vitest';
import { nodeProgram } from './node-bundle.ts';

const root = mkdtempSync(join(tmpdir(), 'bundle-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const install = (folder: string, name: string, version: string, script: string): void => {
  put(`${folder}/node_modules/${name}/package.json`, JSON.stringify({ name, version, main: 'index.cjs' }));
  put(`${folder}/node_modules/${name}/index.cjs`, script);
};

it('runs each package in the version that its importer has, and bundles in only those that are another one where the bundle is', async () => {
  install('.', 'shared', '1.0.0', `module.exports = 'shared 1';`);
  install('.', 'nested', '1.0.0', `module.exports = 'nested 1';`);
  install(
    'library',
    'nested',
    '2.0.0',
    `module.exports = 'nested 2, with ' + require('shared') + ', ' + require('node:path').basename('a/b');`,
  );
  put('library/library.js', `export { default as shared } from 'shared'; export { default as nested } from 'nested';`);
  put(
    'service/main.js',
    `import nested from 'nested'; import * as library from '../library/library.js'; console.log(JSON.stringify({ own: nested, ...library }));`,
  );
  await build({
    ...nodeProgram,
    absWorkingDir: root,
    entryPoints: ['service/main.js'],
    outdir: 'service/dist',
    outExtension: { '.js': '.mjs' },
  });

  const said = execFileSync(process.execPath, [join(root, 'service/dist/main.mjs')], { encoding: 'utf8' });
  expect(JSON.parse(said)).toEqual({ own: 'nested 1', shared: 'shared 1', nested: 'nested 2, with shared 1, b' });
  expect(readFileSync(join(root, 'service/dist/main.mjs'), 'utf8')).not.toContain(`module.exports = 'shared 1'`);
});
