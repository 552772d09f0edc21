import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Parser } from 'tar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { archive } from './archive';
import { pack } from './pack';

const manifest = {
  name: 'sample-widget',
  title: 'Sample',
  description: 'A sample.',
  publisher: 'platform',
  expose: './widget',
  icon: 'icon.svg',
  screenshots: [{ src: 'shots/1.png', label: 'One' }],
};

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'datamesh-pack-'));
  await write('package.json', JSON.stringify({ name: 'sample-widget', version: '1.2.3', type: 'module' }));
  await write('widget.json', JSON.stringify(manifest));
  await write('icon.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await write('shots/1.png', 'png');
  await write('shots/unused.png', 'png');
  await write('src/widget.ts', 'source');
  await write('dist/remoteEntry.mjs', 'export {}');
  await write('dist/chunk.mjs.map', '{}');
  await write('dist/mf-stats.json', '{}');
});
afterEach(() => rm(folder, { recursive: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(join(folder, path, '..'), { recursive: true });
  await writeFile(join(folder, path), text);
}

/** What another program reads out of the tarball. */
async function unpacked(bytes: Uint8Array): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const parser = new Parser({ strict: true });
  const reads: Promise<void>[] = [];
  parser.on('entry', (entry) => {
    reads.push(
      buffer(entry as unknown as Readable).then((content) => {
        files[entry.path] = content.toString();
      }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    parser.on('end', resolve);
    parser.on('error', reject);
    Readable.from([Buffer.from(bytes)]).pipe(parser as unknown as NodeJS.WritableStream);
  });
  await Promise.all(reads);
  return files;
}

describe('pack', () => {
  it('holds package.json, widget.json, dist and the media named, and nothing else', async () => {
    const { bytes, name, version } = await pack(folder);
    expect({ name, version }).toEqual({ name: 'sample-widget', version: '1.2.3' });
    const files = await unpacked(bytes);
    expect(Object.keys(files)).toEqual(['dist/remoteEntry.mjs', 'icon.svg', 'package.json', 'shots/1.png', 'widget.json']);
    expect(files['dist/remoteEntry.mjs']).toBe('export {}');
  });

  it('takes the version that the build was stamped with', async () => {
    await write('dist/.build.json', JSON.stringify({ version: '1.2.3-dev.abc' }));
    const { bytes, version } = await pack(folder);
    expect(version).toBe('1.2.3-dev.abc');
    expect(JSON.parse((await unpacked(bytes))['package.json'] ?? '{}')).toMatchObject({ version: '1.2.3-dev.abc', name: 'sample-widget' });
  });

  it('makes the same bytes of the same files, whenever they were written', async () => {
    const first = await pack(folder);
    await utimes(join(folder, 'dist/remoteEntry.mjs'), new Date(0), new Date(0));
    const second = await pack(folder);
    expect(Buffer.from(second.bytes).equals(Buffer.from(first.bytes))).toBe(true);
  });

  it('names the unknown key in widget.json', async () => {
    await write('widget.json', JSON.stringify({ ...manifest, titel: 'x' }));
    await expect(pack(folder)).rejects.toMatchObject({ code: 'widget_invalid', detail: expect.stringContaining('did you mean "title"') });
  });

  it('leaves out what toolchains write for themselves, and keeps licences', async () => {
    for (const path of ['.vite/manifest.json', '@mf-types/widget.d.ts', '@mf-types.zip', 'index.html', 'widget.d.ts', 'a.js.LICENSE.txt'])
      await write(`dist/${path}`, '');
    const { files } = await pack(folder);
    expect(files.map(({ path }) => path).filter((path) => path.startsWith('dist/'))).toEqual(
      expect.arrayContaining(['dist/a.js.LICENSE.txt', 'dist/remoteEntry.mjs']),
    );
    expect(files).toHaveLength(6);
  });

  it('says how a style sheet gets into a shadow root, rather than publishing one that no dashboard loads', async () => {
    await write('dist/assets/style.css', 'a{}');
    await expect(pack(folder)).rejects.toMatchObject({ code: 'style_sheet_file', detail: expect.stringContaining('adoptedStyleSheets') });
  });

  describe('without a container of ours', () => {
    const entry = async () => {
      const { files } = await pack(folder);
      return Buffer.from(files.find(({ path }) => path === 'dist/remoteEntry.mjs')?.bytes ?? []).toString();
    };
    const manifestOf = (remoteEntry: object) => JSON.stringify({ metaData: { remoteEntry }, exposes: [{ path: './widget' }] });
    beforeEach(() => rm(join(folder, 'dist/remoteEntry.mjs')));

    it('goes by the manifest of the one that another toolchain built', async () => {
      await write('dist/mf-manifest.json', manifestOf({ name: 'remoteEntry.js', path: '', type: 'module' }));
      await write('dist/remoteEntry.js', '');
      expect(await entry()).toBe('export * from "./remoteEntry.js";\n');
      await write('dist/mf-manifest.json', manifestOf({ name: 'entry.js', path: 'static/js', type: 'module' }));
      await write('dist/static/js/entry.js', '');
      expect(await entry()).toBe('export * from "./static/js/entry.js";\n');
    });

    it('says of a script container how it becomes a module', async () => {
      await write('dist/mf-manifest.json', manifestOf({ name: 'remoteEntry.js', path: '', type: 'global' }));
      await write('dist/remoteEntry.js', '');
      await expect(pack(folder)).rejects.toMatchObject({ code: 'container_unusable', detail: expect.stringContaining("type: 'module'") });
    });

    it('makes one for a module that exports the class: the one that package.json names, or the only one', async () => {
      await write('dist/button.js', '');
      expect(await entry()).toContain('import("./button.js")');
      await write('dist/chunk.js', '');
      expect(await entry()).toBe('');
      const exports = { '.': { types: './dist/button.d.ts', import: './dist/button.js' } };
      await write('package.json', JSON.stringify({ version: '1.0.0', exports }));
      expect(await entry()).toContain('import("./button.js")');
    });
  });

  it('says what is missing', async () => {
    await rm(join(folder, 'icon.svg'));
    await expect(pack(folder)).rejects.toMatchObject({ code: 'folder_unreadable', detail: expect.stringContaining('icon.svg') });
    await rm(join(folder, 'dist'), { recursive: true });
    await expect(pack(folder)).rejects.toMatchObject({
      code: 'folder_unreadable',
      detail: expect.stringContaining('build the remote first'),
    });
  });
});

describe('archive', () => {
  it('keeps names that are longer than a plain tar header', async () => {
    const path = `dist/${'vendors-node_modules_'.repeat(9)}.mjs`;
    const files = await unpacked(
      archive([
        { path, bytes: Buffer.from('long') },
        { path: 'widget.json', bytes: Buffer.from('{}') },
      ]),
    );
    expect(files).toEqual({ [path]: 'long', 'widget.json': '{}' });
  });
});
