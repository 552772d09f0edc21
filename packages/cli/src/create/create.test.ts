import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkWidgetManifest } from '@datamesh/contracts/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { create, TEMPLATES } from './create';
import { merged } from './merged';

const HOME = join(import.meta.dirname, '../..');
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'datamesh-create-'));
});
afterEach(() => rm(folder, { recursive: true }));

const creation = { name: 'price-alerts', template: 'vanilla', team: 'markets-data', packages: undefined } as const;
const json = async (path: string) => JSON.parse(await readFile(join(folder, 'price-alerts', path), 'utf8')) as Record<string, never>;

describe('a project that is created', () => {
  it.each(TEMPLATES.filter((template) => template !== 'wrap'))(
    'from %s has a manifest that can be published, tests, and a workflow',
    async (template) => {
      const { files } = await create({ ...creation, template }, { home: HOME, where: folder });
      const manifest = await json('widget.json');
      expect(checkWidgetManifest(manifest)).toEqual([]);
      expect(manifest).toMatchObject({ name: 'price-alerts', title: 'Price alerts', publisher: 'markets-data' });
      expect(files).toEqual(
        expect.arrayContaining([
          '.gitignore',
          '.github/workflows/widget.yml',
          'src/widget.test.ts',
          'src/widget.browser.test.ts',
          'rspack.config.mjs',
        ]),
      );
    },
  );

  it('takes the platform’s packages from the registry, in the version that made it, or from a folder of tarballs', async () => {
    const { version } = JSON.parse(await readFile(join(HOME, 'package.json'), 'utf8')) as { version: string };
    await create(creation, { home: HOME, where: folder });
    expect((await json('package.json'))['devDependencies']).toMatchObject({ '@datamesh/cli': `^${version}` });
    await rm(join(folder, 'price-alerts'), { recursive: true });
    await expect(create({ ...creation, packages: folder }, { home: HOME, where: folder })).rejects.toMatchObject({
      code: 'packages_missing',
    });
    for (const name of ['cli', 'contracts', 'rspack', 'widget-sdk']) await writeFile(join(folder, `datamesh-${name}-1.2.3.tgz`), '');
    await create({ ...creation, packages: folder }, { home: HOME, where: folder });
    expect((await json('package.json'))['devDependencies']).toMatchObject({ '@datamesh/cli': 'file:../datamesh-cli-1.2.3.tgz' });
  });

  it('never overwrites a folder', async () => {
    await create(creation, { home: HOME, where: folder });
    await expect(create(creation, { home: HOME, where: folder })).rejects.toMatchObject({ code: 'folder_exists' });
  });
});

it('templates are put over what all have in common, JSON key by key', () => {
  const files = merged(
    [
      new Map([
        ['a.json', '{"x":{"y":1,"z":2},"list":[1],"gone":true}'],
        ['b.txt', 'shared'],
      ]),
      new Map([
        ['a.json', '{"x":{"z":3},"list":[2],"gone":null}'],
        ['b.txt', 'own'],
      ]),
    ],
    { 'a.json': [{ name: 'n' }] },
  );
  expect(JSON.parse(files.get('a.json') ?? '')).toEqual({ x: { y: 1, z: 3 }, list: [2], name: 'n' });
  expect(files.get('b.txt')).toBe('own');
});
