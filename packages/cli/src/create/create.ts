/** `datamesh create`: a small project from a template, with nothing in it that the platform does not need. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { checkWidgetManifest } from '@datamesh/contracts/node';
import { CliError } from '../problem';
import { type Json, merged } from './merged';
import { type Ask, askAbout, chooseBy } from './wrap/questions';
import { findElement, type Wrapped, type Wrapping, wrap } from './wrap/wrap';

/** What each is put together from, in templates/. */
const LAYERS = {
  vanilla: ['shared', 'greeting', 'vanilla'],
  react: ['shared', 'greeting', 'react'],
  vue: ['shared', 'greeting', 'vue'],
  svelte: ['shared', 'greeting', 'svelte'],
  lit: ['shared', 'greeting', 'lit'],
  solid: ['shared', 'greeting', 'solid'],
  angular: ['shared', 'greeting', 'angular'],
  wrap: ['shared', 'wrap'],
} as const satisfies Record<string, readonly string[]>;
export type Template = keyof typeof LAYERS;
export const TEMPLATES = Object.keys(LAYERS) as Template[];

export interface Creation {
  /** Of the widget, and of its folder. */
  name: string;
  template: Template;
  /** That owns the widget. */
  team: string;
  /** The folder with the tarballs of @datamesh/…; undefined: they come from the npm registry. */
  packages: string | undefined;
  /** The element that is wrapped, with the template `wrap`. */
  wrapping?: Wrapping;
}

export interface Created {
  folder: string;
  /** Relative to it, with forward slashes. */
  files: string[];
  /** What somebody should know of the wrapped element; none of it is in the way. */
  notes: string[];
}

export interface Surroundings {
  /** The CLI's own folder, with package.json and templates/. */
  home: string;
  where?: string;
  /** npm's own script; undefined: `npm` on the path. */
  npm?: string | undefined;
  /** Who can be asked for what the command line leaves open; undefined: nobody. */
  ask?: Ask | undefined;
}

export async function create(creation: Creation, { home, where = process.cwd(), npm, ask }: Surroundings): Promise<Created> {
  const folder = resolve(where, creation.name);
  if (existsSync(folder)) throw new CliError('folder_exists', `${folder} is there already; choose another name, or remove it`);
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string };
  const wrapped = creation.wrapping && (await wrappedElement(creation.wrapping, { where, project: folder, npm }, ask));
  const layers = await Promise.all(LAYERS[creation.template].map((layer) => filesBelow(join(home, 'templates', layer))));
  const project = merged([...layers, ...(wrapped ? [wrapped.files] : [])], {
    'package.json': [{ name: creation.name }, { ...wrapped?.packageJson }],
    'widget.json': [{ name: creation.name, title: titleOf(creation.name), publisher: creation.team }, { ...wrapped?.widgetJson }],
  });
  const packages = await platformPackages(version, creation.packages, folder);
  project.set('package.json', withPlatform(project.get('package.json') ?? '{}', packages));
  const [mistake] = checkWidgetManifest(JSON.parse(project.get('widget.json') ?? '{}'));
  if (mistake) throw new CliError('widget_invalid', `widget.json would not be one: ${mistake.path}: ${mistake.message}`);
  for (const [path, text] of project) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return { folder, files: [...project.keys()].sort(), notes: wrapped?.notes ?? [] };
}

async function wrappedElement(wish: Wrapping, place: Parameters<typeof findElement>[1], ask: Ask | undefined): Promise<Wrapped> {
  const found = await findElement(wish, { ...place, choose: ask && chooseBy(ask) });
  return wrap(found, ask ? await askAbout(found, wish, ask) : wish);
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

/** Versions of the platform's packages, for those that the template names. */
function withPlatform(text: string, packages: ReadonlyMap<string, string>): string {
  const json = JSON.parse(text) as { devDependencies: Json };
  const own = Object.keys(json.devDependencies).flatMap((name) => (packages.has(name) ? [[name, packages.get(name)]] : []));
  return `${JSON.stringify({ ...json, devDependencies: { ...json.devDependencies, ...Object.fromEntries(own) } }, null, 2)}\n`;
}

const PACKAGES = ['cli', 'contracts', 'rspack', 'widget-sdk'];

/** The platform's packages as package.json names them. */
async function platformPackages(version: string, tarballs: string | undefined, folder: string): Promise<Map<string, string>> {
  if (tarballs === undefined) return new Map(PACKAGES.map((name) => [`@datamesh/${name}`, `^${version}`]));
  const found = await readdir(tarballs).catch(() => [] as string[]);
  return new Map(
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
