/** An element in a file of somebody's own: it is copied into the project with the files that it imports, and the packages are named. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { init, parse } from 'es-module-lexer';
import { CliError } from '../../problem';
import { manifestOf, type PackageJson, packageOver } from './package';

export interface ReadFile {
  /** Below src/ of the project, each with its text. */
  files: Map<string, string>;
  /** The module among them. */
  module: string;
  hasDefault: boolean;
  /** That the code defines, as far as it is written there. */
  tags: string[];
  dependencies: Record<string, string>;
  manifest: { manifest: unknown; at: string } | undefined;
}

/** `versions`: of packages that no package.json above the file names, as `echarts@6.1.0`. */
export async function readElementFile(path: string, versions: readonly string[]): Promise<ReadFile> {
  await init;
  const folder = dirname(path);
  const files = new Map<string, string>();
  const packages = new Set<string>();
  const reached = [path];
  for (const file of reached) {
    const text = await readFile(file, 'utf8').catch(() => {
      throw new CliError('folder_unreadable', `${file} is not there`);
    });
    const name = relative(folder, file).split(sep).join('/');
    if (name.startsWith('../'))
      throw new CliError(
        'element_scattered',
        `${path} imports ${file}, which is outside its folder; wrap the folder of its package.json instead`,
      );
    files.set(name, text);
    if (!/\.[cm]?[jt]s$/.test(file)) continue;
    for (const { n: specifier } of importsOf(file, text)) {
      if (specifier === undefined || /^[a-z]+:/.test(specifier)) continue;
      if (!specifier.startsWith('.')) packages.add(packageIn(specifier));
      else {
        const imported = join(dirname(file), specifier);
        if (!reached.includes(imported)) reached.push(imported);
      }
    }
  }
  const over = await packageOver(path);
  const module = basename(path);
  const own = files.get(module) ?? '';
  return {
    files,
    module,
    hasDefault: parse(own)[1].some(({ n }) => n === 'default'),
    tags: [...own.matchAll(/customElements\s*\.\s*define\(\s*(['"`])([a-z][a-z0-9._]*-[a-z0-9._-]*)\1/g)].flatMap(([, , tag]) => tag ?? []),
    dependencies: Object.fromEntries([...packages].map((name) => [name, versionOf(name, versions, over?.json, path)])),
    manifest: (await manifestOf({ folder, json: {} })) ?? (over && (await manifestOf(over))),
  };
}

function importsOf(file: string, text: string) {
  try {
    return parse(text)[0];
  } catch (error) {
    throw new CliError(
      'folder_unreadable',
      `${file} is no module of JavaScript: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

const packageIn = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

function versionOf(name: string, versions: readonly string[], json: PackageJson | undefined, path: string): string {
  const given = versions.find((one) => one.startsWith(`${name}@`))?.slice(name.length + 1);
  const known = given ?? json?.dependencies?.[name] ?? json?.peerDependencies?.[name] ?? json?.devDependencies?.[name];
  if (known === undefined)
    throw new CliError(
      'dependency_unknown',
      `${path} imports ${name}, and no package.json above it says in which version: add --with ${name}@<version>`,
    );
  return known;
}
