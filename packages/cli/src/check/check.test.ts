import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkFolder } from './check';

const manifest = { name: 'sample-widget', title: 'Sample', description: 'A sample.', publisher: 'platform', expose: './widget' };
const exposes = JSON.stringify({ exposes: [{ path: './widget' }] });

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'datamesh-check-'));
  await write('package.json', JSON.stringify({ name: 'sample-widget', version: '1.2.3' }));
  await write('widget.json', JSON.stringify(manifest));
  await write('dist/remoteEntry.mjs', 'export {}');
  await write('dist/mf-manifest.json', exposes);
});
afterEach(() => rm(folder, { recursive: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

describe('datamesh check', () => {
  it('lets pass what the registry takes', async () => {
    await expect(checkFolder(folder)).resolves.toMatchObject({ packed: { name: 'sample-widget', version: '1.2.3' }, warnings: [] });
  });

  it('warns of what only costs', async () => {
    await write('dist/mf-manifest.json', JSON.stringify({ shared: [{ name: 'react', singleton: false, requiredVersion: '^18.0.0' }] }));
    await expect(checkFolder(folder)).resolves.toMatchObject({ warnings: [{ code: 'shared_own_copy' }] });
  });

  it.each<[string, string, string, string]>([
    [
      'settings_invalid',
      'a setting that cannot be an attribute',
      'widget.json',
      JSON.stringify({ ...manifest, settings: { type: 'object', properties: { onClick: { type: 'string' } } } }),
    ],
    ['expose_missing', 'another expose', 'dist/mf-manifest.json', exposes.replace('./widget', './other')],
    ['public_path_refused', 'a public path that is code', 'dist/mf-manifest.json', '{"metaData":{"getPublicPath":"return 1"}}'],
    [
      'shared_out_of_range',
      'a React that the page does not have',
      'dist/mf-manifest.json',
      JSON.stringify({ shared: [{ name: 'react', singleton: true, requiredVersion: '^18.0.0' }] }),
    ],
    ['file_type_refused', 'a file of a type that nobody serves', 'dist/engine.wasm', ''],
    ['path_unsafe', 'a path that becomes no address', 'dist/a file.mjs', ''],
    ['version_invalid', 'a version that is none', 'package.json', '{"version":"one"}'],
    ['widget_invalid', 'an unknown key', 'widget.json', JSON.stringify({ ...manifest, titel: '' })],
  ])('says %s for %s', async (code, _what, path, text) => {
    await write(path, text);
    await expect(checkFolder(folder)).rejects.toMatchObject({ code, exitCode: 1 });
  });
});
