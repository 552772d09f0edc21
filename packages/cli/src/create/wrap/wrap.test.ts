import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { create } from '../create';
import type { Ask } from './questions';
import type { Wrapping } from './wrap';

const HOME = join(import.meta.dirname, '../../..');
const NOTHING = {
  element: undefined,
  module: undefined,
  exported: undefined,
  content: undefined,
  styles: [],
  attributes: [],
  inputs: [],
  outputs: [],
  with: [],
};

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'datamesh-wrap-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function lay(files: Record<string, string | object>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

const wrapped = (wrapping: Partial<Wrapping> & { from: string }, ask?: Ask) =>
  create(
    { name: 'acme-stars', template: 'wrap', team: 'platform', packages: undefined, wrapping: { ...NOTHING, ...wrapping } },
    { home: HOME, where: folder, ask },
  );
const text = (path: string) => readFile(join(folder, 'acme-stars', path), 'utf8');
const json = async (path: string) => JSON.parse(await text(path)) as Record<string, Record<string, unknown>>;

const element = (name: string, tag: string, path: string) => ({
  path,
  declarations: [
    {
      kind: 'class',
      name,
      tagName: tag,
      customElement: true,
      summary: `${name} it is. More of it.`,
      attributes: [
        { name: 'value', type: { text: 'number' } },
        { name: 'label', type: { text: 'string' } },
        { name: 'rows', type: { text: 'Row[]' } },
      ],
      events: [{ name: 'acme-change' }],
      members: [{ kind: 'field', name: 'value' }],
    },
  ],
  exports: [
    { kind: 'js', name, declaration: { name } },
    { kind: 'custom-element-definition', name: tag, declaration: { name } },
  ],
});

const LIBRARY = {
  'library/package.json': {
    name: '@acme/ui',
    version: '2.1.0',
    license: 'MIT',
    customElements: 'dist/custom-elements.json',
    exports: { './stars': './dist/stars.js', './parts/*': './dist/parts/*.js', './secret/*': null },
  },
  'library/dist/custom-elements.json': {
    modules: [
      element('Stars', 'acme-stars', 'stars.js'),
      element('Part', 'acme-part', 'src/parts/part.ts'),
      element('Kept', 'acme-kept', 'kept.js'),
    ],
  },
  'library/dist/stars.js': '',
  'library/dist/parts/part.js': '',
  'library/dist/kept.js': '',
};

describe('an element of a package', () => {
  beforeEach(() => lay(LIBRARY));

  it('becomes a project: the class imported as the package allows, its attributes as settings, what is bound', async () => {
    const { files, notes } = await wrapped({
      from: './library',
      element: 'acme-stars',
      attributes: ['value=3'],
      inputs: ['fdc3.instrument:name=label'],
      outputs: ['acme-change:.value=team.stars:count', 'acme-change:detail.0=team.stars:first'],
    });
    expect(files).toEqual([
      '.github/workflows/widget.yml',
      '.gitignore',
      'icon.svg',
      'package.json',
      'rspack.config.mjs',
      'src/widget.js',
      'widget.json',
    ]);
    expect(await text('src/widget.js')).toBe("export { Stars as default } from '@acme/ui/stars';\n");
    expect((await json('package.json'))['dependencies']).toEqual({ '@acme/ui': 'file:../library' });
    expect(await json('widget.json')).toMatchObject({
      description: 'Stars it is.',
      license: 'MIT',
      listensFor: ['fdc3.instrument'],
      broadcasts: ['team.stars'],
      settings: { properties: { value: { type: 'number', title: 'Value', default: 3 } } },
      bindings: {
        inputs: [{ context: 'fdc3.instrument', take: 'name', attribute: 'label' }],
        outputs: [
          { event: 'acme-change', property: 'value', context: 'team.stars', as: 'count' },
          { event: 'acme-change', take: 'detail.0', context: 'team.stars', as: 'first' },
        ],
      },
    });
    expect(Object.keys((await json('widget.json'))['settings']?.['properties'] as object)).toEqual(['value']);
    expect(notes).toEqual([expect.stringContaining('rows (Row[])')]);
  });

  it('is found by a pattern of `exports` where the manifest names the source', async () => {
    await wrapped({ from: './library', element: 'acme-part' });
    expect(await text('src/widget.js')).toBe("export { Part as default } from '@acme/ui/parts/part';\n");
  });

  it('is taken from the whole package where `exports` keep its module in: by the tag', async () => {
    await wrapped({ from: './library', element: 'acme-kept' });
    expect(await text('src/widget.js')).toContain("import '@acme/ui';\n");
    expect(await json('widget.json')).toMatchObject({ element: 'acme-kept' });
  });

  it('is asked for among several, and refused with their names where nobody can be asked', async () => {
    await expect(wrapped({ from: './library' })).rejects.toMatchObject({
      code: 'element_unknown',
      detail: expect.stringContaining('acme-kept, acme-part, acme-stars'),
    });
    const asked: string[] = [];
    const answers = ['4', '3', 'nonsense', 'fdc3.instrument:name=label', '', ''];
    await wrapped({ from: './library' }, async (question) => {
      asked.push(question);
      return answers.shift() ?? '';
    });
    expect(asked[0]).toContain('2  acme-part');
    expect(await json('widget.json')).toMatchObject({ bindings: { inputs: [{ attribute: 'label' }] } });
    expect(await text('src/widget.js')).toContain('Stars as default');
  });

  it('is told of what its manifest does not have', async () => {
    const { notes } = await wrapped({
      from: './library',
      element: 'acme-stars',
      inputs: ['team.x:a=lable'],
      outputs: ['chagne:.vlaue=team.x:a'],
    });
    expect(notes.slice(0, 3)).toEqual([
      'its Custom Elements Manifest has no attribute lable; it has value, label, rows',
      'its Custom Elements Manifest has no event chagne; it has acme-change',
      'its Custom Elements Manifest has no property vlaue; it has value',
    ]);
  });

  it('may have something between its tags', async () => {
    await wrapped({ from: './library', element: 'acme-stars', content: `<b slot="x">\`$${'{1}'}\`\\</b>` });
    expect(await text('src/widget.js')).toContain("import { Stars as Element } from '@acme/ui/stars';");
    expect(await text('src/widget.js')).toContain(`<b slot="x">\\\`\\$${'{1}'}\\\`\\\\</b>`);
  });

  it('may need styles that its maker means for the page: they are for its tag alone', async () => {
    await wrapped({ from: './library', element: 'acme-stars', styles: ['@acme/ui/light.css', '@acme/ui/more.css'] });
    const entry = await text('src/widget.js');
    expect(entry).toContain("import style1 from '@acme/ui/more.css';");
    expect(entry).toContain('@scope (acme-stars) { $');
    expect(entry).toContain("{style.replaceAll(':root', ':scope')} }`);");
    expect(entry).toContain("export { Stars as default } from '@acme/ui/stars';");
  });

  it.each([
    ['a place that is nowhere', { from: './nowhere' }, 'usage'],
    ['a command in the place of a package', { from: 'a; rm -rf b' }, 'usage'],
    ['an attribute that cannot be one', { from: './library', element: 'acme-stars', attributes: ['onclick=x'] }, 'usage'],
    ['an input without its form', { from: './library', element: 'acme-stars', inputs: ['label'] }, 'usage'],
    [
      'a setting that is an attribute of the page',
      { from: './library', element: 'acme-stars', inputs: ['team.x:a=style'] },
      'widget_invalid',
    ],
  ])('refuses %s', async (_what, wrapping, code) => {
    await expect(wrapped(wrapping)).rejects.toMatchObject({ code });
  });
});

describe('an element in a file', () => {
  it('is copied with what it imports, and the packages in the versions that its own package.json names', async () => {
    await lay({
      'package.json': { name: 'ours', dependencies: { echarts: '6.1.0' } },
      'src/acme-gauge.js': `import * as echarts from 'echarts/core'; import { x } from './parts/x.js'; import css from './gauge.css';
        customElements.define('acme-gauge', class extends HTMLElement {});`,
      'src/parts/x.js': `import '@acme/base'; export const x = 1;`,
      'src/gauge.css': ':host {}',
    });
    await expect(wrapped({ from: 'src/acme-gauge.js' })).rejects.toMatchObject({ code: 'dependency_unknown' });
    const { files, notes } = await wrapped({ from: 'src/acme-gauge.js', with: ['@acme/base@1.0.0'], attributes: ['max:number=5'] });
    expect(files).toEqual(expect.arrayContaining(['src/acme-gauge.js', 'src/parts/x.js', 'src/gauge.css', 'src/widget.js']));
    expect((await json('package.json'))['dependencies']).toEqual({ echarts: '6.1.0', '@acme/base': '1.0.0' });
    expect(await text('src/widget.js')).toContain("import './acme-gauge.js';");
    expect(await json('widget.json')).toMatchObject({ element: 'acme-gauge', settings: { properties: { max: { default: 5 } } } });
    expect(notes).toEqual([expect.stringContaining('no Custom Elements Manifest')]);
  });

  it('is the class that it exports by default', async () => {
    await lay({ 'gauge.js': 'export default class extends HTMLElement {}' });
    await wrapped({ from: './gauge.js' });
    expect(await text('src/widget.js')).toBe("export { default } from './gauge.js';\n");
  });

  it('is asked for its attributes where no manifest has them', async () => {
    await lay({ 'gauge.js': 'export default class extends HTMLElement {}' });
    const answers = ['not an attribute!', 'max:number=5', '', 'team.x:a=max', '', ''];
    await wrapped({ from: './gauge.js' }, async () => answers.shift() ?? '');
    expect(await json('widget.json')).toMatchObject({
      settings: { properties: { max: { type: 'number', default: 5 } } },
      bindings: { inputs: [{ attribute: 'max' }] },
    });
  });

  it('does not reach outside its folder, and must define or export something', async () => {
    await lay({ 'a/gauge.js': `import '../b.js';`, 'b.js': '', 'none.js': 'export const x = 1;' });
    await expect(wrapped({ from: 'a/gauge.js' })).rejects.toMatchObject({ code: 'element_scattered' });
    await expect(wrapped({ from: 'none.js' })).rejects.toMatchObject({ code: 'element_unknown' });
  });
});
