/**
 * From a package as this repository uses it (TypeScript, workspace siblings) to the one that others install, in its dist-package/:
 * JavaScript and declarations, exports that point at them, siblings bundled in, licence and readme.
 */
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { at } from '../setup/repository.ts';
import { declare, declareAlone } from './declarations.ts';

/** What a package.json says, as far as it is looked at here. */
interface Manifest {
  name: string;
  bin?: Record<string, string>;
  exports: Record<string, string>;
  files?: string[];
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  scripts?: Record<string, string>;
  private?: boolean;
  publishConfig?: unknown;
}

const readManifest = async (path: string): Promise<Manifest> => JSON.parse(await readFile(path, 'utf8'));
const isTypeScript = (path: string): boolean => path.endsWith('.ts') && !path.endsWith('.d.ts');

/** `folder`: such as `packages/widget-sdk`; -> the staged folder, absolute. */
export async function stage(folder: string): Promise<string> {
  const from = at(folder);
  const to = join(from, 'dist-package');
  const source = await readManifest(join(from, 'package.json'));
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  const bin = Object.fromEntries(Object.keys(source.bin ?? {}).map((name) => [name, './dist/main.js']));
  // What a program exports by its own name is for this repository alone.
  const exports = Object.entries(source.exports).filter(([name]) => !source.bin || name !== '.');
  const modules = exports.filter(([, path]) => isTypeScript(path));
  const entries = {
    ...(source.bin ? { main: 'src/main.ts' } : {}),
    ...Object.fromEntries(modules.map(([, path]) => [nameOf(path), path])),
  };
  const imported = await bundle(from, join(to, 'dist'), entries);
  if (source.bin) for (const [, path] of modules) await declareAlone(join(from, path), join(to, 'dist', `${nameOf(path)}.d.ts`));
  else declare(from, join(to, 'dist'));
  // What a build step made to travel with the program.
  if (source.bin && existsSync(join(from, 'dist/workbench')))
    await cp(join(from, 'dist/workbench'), join(to, 'dist/workbench'), { recursive: true });
  for (const path of source.files ?? []) await cp(join(from, path), join(to, path.replace(/^src\//, 'dist/')), { recursive: true });
  await cp(at('LICENSE'), join(to, 'LICENSE'));
  if (existsSync(join(from, 'README.md'))) await cp(join(from, 'README.md'), join(to, 'README.md'));
  const { devDependencies: _dev, scripts: _scripts, private: _private, publishConfig: _publish, ...rest } = source;
  const manifest = {
    ...rest,
    ...(source.bin ? { bin } : {}),
    exports: Object.fromEntries(exports.map(exported)),
    files: ['dist', ...(source.files ?? []).filter((path) => !path.startsWith('src/'))],
    engines: { node: '>=22.18' },
    dependencies: await dependenciesOf(source, imported),
  };
  await writeFile(join(to, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return to;
}

/** `index` of `./src/index.ts`; a folder's index is called as the folder. */
const nameOf = (path: string): string =>
  path
    .replace(/^\.\/src\//, '')
    .replace(/\/index\.ts$|\.ts$/, '')
    .replaceAll('/', '-');

function exported([name, path]: [string, string]): [string, string | { types: string; default?: string }] {
  if (path.endsWith('.d.ts')) return [name, { types: path.replace('./src/', './dist/') }];
  if (!isTypeScript(path)) return [name, path];
  const types = `./dist/${path.replace(/^\.\/src\//, '').replace(/\.ts$/, '.d.ts')}`;
  return [name, { types, default: `./dist/${nameOf(path)}.js` }];
}

/** -> names of packages that the result imports. */
async function bundle(from: string, outdir: string, entryPoints: Record<string, string>): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: from,
    entryPoints,
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['import'],
    target: 'es2023',
    loader: { '.css': 'text', '.yaml': 'text' },
    metafile: true,
    logLevel: 'error',
    plugins: [
      {
        name: 'siblings-in',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
            kind === 'entry-point' || path.startsWith('@datamesh/') ? undefined : { path, external: true },
          ),
      },
    ],
  });
  const paths = Object.values(metafile.outputs).flatMap(({ imports }) =>
    imports.filter(({ external }) => external).map(({ path }) => path),
  );
  return [...new Set(paths.filter((path) => !isBuiltin(path)).map((path) => path.split('/', path.startsWith('@') ? 2 : 1).join('/')))];
}

/** Its own, and of its siblings' what the bundle imports; everything that is imported must be among them. */
async function dependenciesOf(source: Manifest, imported: readonly string[]): Promise<Record<string, string>> {
  const own = Object.entries(source.dependencies ?? {});
  const found = Object.fromEntries(own.filter(([name]) => !name.startsWith('@datamesh/')));
  const siblings = await siblingsOf(source);
  for (const name of imported) {
    if (found[name] || source.peerDependencies?.[name]) continue;
    const range = siblings.map(({ dependencies }) => dependencies?.[name]).find((one) => one !== undefined);
    if (range === undefined) throw new Error(`${source.name} imports ${name}, which neither it nor a sibling of it depends on`);
    found[name] = range;
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function siblingsOf({ dependencies = {} }: Manifest, seen: Map<string, Manifest> = new Map()): Promise<Manifest[]> {
  for (const name of Object.keys(dependencies).filter((one) => one.startsWith('@datamesh/') && !seen.has(one))) {
    const sibling = await readManifest(at('packages', basename(name), 'package.json'));
    seen.set(name, sibling);
    await siblingsOf(sibling, seen);
  }
  return [...seen.values()];
}
