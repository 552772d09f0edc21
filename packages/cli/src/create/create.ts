/** `datamesh create`: a small project from a template, with nothing in it that the platform does not need. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { CliError } from '../problem';
import { merged } from './merged';

export const TEMPLATES = ['vanilla', 'react', 'vue', 'svelte', 'lit'] as const;
export type Template = (typeof TEMPLATES)[number];

export interface Creation {
  /** Of the widget, and of its folder. */
  name: string;
  template: Template;
  /** That owns the widget. */
  team: string;
  /** The folder with the tarballs of @datamesh/…; undefined: they come from the npm registry. */
  packages: string | undefined;
}

export interface Created {
  folder: string;
  /** Relative to it, with forward slashes. */
  files: string[];
}

/** `home` is the CLI's own folder, with package.json and templates/. */
export async function create(creation: Creation, home: string, where = process.cwd()): Promise<Created> {
  const folder = resolve(where, creation.name);
  if (existsSync(folder)) throw new CliError('folder_exists', `${folder} is there already; choose another name, or remove it`);
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string };
  const project = merged(await filesBelow(join(home, 'templates/shared')), await filesBelow(join(home, 'templates', creation.template)), {
    'package.json': { name: creation.name, devDependencies: await platformPackages(version, creation.packages, folder) },
    'widget.json': { name: creation.name, title: titleOf(creation.name), publisher: creation.team },
  });
  for (const [path, text] of project) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return { folder, files: [...project.keys()].sort() };
}

/** npm leaves files out whose names begin with a dot: here they begin with `_`. */
async function filesBelow(folder: string): Promise<Map<string, string>> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  const read = paths.map(
    async (path) => [relative(folder, path).split(sep).join('/').replace(/^_/, '.'), await readFile(path, 'utf8')] as const,
  );
  return new Map(await Promise.all(read));
}

const PACKAGES = ['cli', 'contracts', 'rspack', 'widget-sdk'];

/** The platform's packages as package.json names them. */
async function platformPackages(version: string, tarballs: string | undefined, folder: string): Promise<Record<string, string>> {
  if (tarballs === undefined) return Object.fromEntries(PACKAGES.map((name) => [`@datamesh/${name}`, `^${version}`]));
  const found = await readdir(tarballs).catch(() => [] as string[]);
  return Object.fromEntries(
    PACKAGES.map((name) => {
      const file = found.filter((one) => new RegExp(`^datamesh-${name}-\\d.*\\.tgz$`).test(one)).at(-1);
      if (!file)
        throw new CliError('packages_missing', `${tarballs} has no datamesh-${name}-….tgz; npm run packages of the platform makes it`);
      return [`@datamesh/${name}`, `file:${relative(folder, resolve(tarballs, file)).split(sep).join('/')}`];
    }),
  );
}

/** `price-alerts` -> `Price alerts`. */
function titleOf(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
