/**
 * `node tools/images/collect-modules.ts OUT BUNDLE…`: copies to OUT/node_modules the packages that the bundles import, and what those need in
 * turn; so an image holds what runs and nothing that only builds or tests. Fails when one is missing. In order, so that the same comes of the same.
 */
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { build, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/** `@scope/name` of `@scope/name/a/file`. */
const packageOf = (path: string): string => path.split('/', path.startsWith('@') ? 2 : 1).join('/');

/** What a bundle imports from outside, and the folder that it is looked for from, as esbuild reads it. */
async function importsOf(bundles: readonly string[]): Promise<{ name: string; from: string }[]> {
  const found = new Map<string, string>();
  const collect: Plugin = {
    name: 'collect',
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, ({ path, kind, resolveDir }) => {
        if (kind === 'entry-point') return undefined;
        if (!isBuiltin(path)) found.set(packageOf(path), resolveDir);
        return { path, external: true };
      });
    },
  };
  await build({
    entryPoints: bundles.map((path) => resolve(path)),
    bundle: true,
    write: false,
    outdir: 'out',
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
    plugins: [collect],
  });
  return [...found].map(([name, from]) => ({ name, from })).sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** As Node looks for it: the folder, or undefined. */
function find(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (folder === root) return undefined;
  }
}

/** Folders of packages, relative to the repository, that the bundles need. */
export async function modulesOf(bundles: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  const follow = (name: string, from: string, optional: boolean): void => {
    const folder = find(name, from);
    if (!folder) {
      if (optional) return;
      throw new Error(`${relative(root, from) || '.'} needs ${name}, which is not installed`);
    }
    if (found.has(folder)) return;
    found.add(folder);
    const {
      dependencies = {},
      optionalDependencies = {},
      peerDependencies = {},
    }: Partial<Record<'dependencies' | 'optionalDependencies' | 'peerDependencies', Record<string, string>>> = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    for (const one of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }).sort())
      follow(one, folder, !(one in dependencies) || one in optionalDependencies);
  };
  for (const { name, from } of await importsOf(bundles)) follow(name, from, false);
  return [...found].map((folder) => relative(root, folder)).sort();
}

export async function collect(out: string, bundles: readonly string[]): Promise<void> {
  for (const folder of await modulesOf(bundles)) {
    // What is nested in it comes by itself, where it is needed.
    cpSync(join(root, folder), join(out, folder), {
      recursive: true,
      filter: (path) => !relative(join(root, folder), path).split(sep).includes('node_modules'),
    });
    for (const useless of ['.github', 'test', 'tests', '__tests__']) rmSync(join(out, folder, useless), { recursive: true, force: true });
  }
}

if (import.meta.filename === process.argv[1]) {
  const [out = '', ...bundles] = process.argv.slice(2);
  await collect(out, bundles);
}
