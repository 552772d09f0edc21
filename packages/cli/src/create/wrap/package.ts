/** The package that an element comes in: as npm gives it, or a folder of this machine. It is read, and nothing of it runs. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { extract } from 'tar';
import { CliError } from '../../problem';

export interface ReadPackage {
  /** Where its files lie while it is read. */
  folder: string;
  name: string;
  version: string;
  json: PackageJson;
  /** As the `dependencies` of the project name it. */
  range: string;
}

export interface PackageJson {
  name?: string;
  version?: string;
  license?: string;
  homepage?: string;
  customElements?: string;
  module?: string;
  main?: string;
  exports?: unknown;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/** A name with or without a version, a tag or a range, as `npm install` takes it. */
const SPEC = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*(@[\w.^~<>=*+-]+)?$/;

/** `project`: the folder that a local package is named from. `npm`: npm's own script; undefined: `npm` on the path. */
export async function withPackage<T>(
  from: string,
  { where, project, npm }: { where: string; project: string; npm: string | undefined },
  use: (read: ReadPackage) => Promise<T>,
): Promise<T> {
  const local = resolve(where, from);
  const isLocal = existsSync(local);
  if (isLocal && !from.endsWith('.tgz')) return use(await readPackage(local, fileRange(project, local)));
  if (!isLocal && !SPEC.test(from))
    throw new CliError('usage', `--from ${from} is no package such as @acme/rating@1.2.3, and no file or folder of ${where}`, 2);
  const scratch = await mkdtemp(join(tmpdir(), 'datamesh-wrap-'));
  try {
    const tarball = isLocal ? local : join(scratch, await fetchTarball(from, scratch, npm));
    await extract({ file: tarball, cwd: scratch, strip: 1 });
    return await use(await readPackage(scratch, isLocal ? fileRange(project, local) : undefined));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const fileRange = (project: string, path: string): string => `file:${relative(project, path).split(sep).join('/')}`;

async function readPackage(folder: string, range: string | undefined): Promise<ReadPackage> {
  const json = (await readJson(join(folder, 'package.json'))) as PackageJson | undefined;
  const { name, version = '0.0.0' } = json ?? {};
  if (!json || !name) throw new CliError('package_unreadable', `${folder} has no package.json with a name`);
  return { folder, name, version, json, range: range ?? version };
}

/** By the npm of this machine, with its registries and credentials. -> the file's name in `folder` */
async function fetchTarball(spec: string, folder: string, npm: string | undefined): Promise<string> {
  const [program, first] = npm ? [process.execPath, [npm]] : ['npm', []];
  const child = spawn(program, [...first, 'pack', spec, '--json', '--ignore-scripts', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    // npm is a script of the shell's on Windows; nothing but a checked name goes into it.
    shell: npm === undefined && process.platform === 'win32',
  });
  let [said, complained] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    complained += chunk.toString();
  });
  const code = await new Promise<number | null>((settle, reject) => child.once('error', reject).once('close', settle));
  if (code !== 0) throw new CliError('package_unreadable', `npm has no ${spec} for you:\n${complained.trim().slice(-1000)}`);
  const [packed] = Object.values(JSON.parse(said) as Record<string, { filename: string }>);
  // A scope stands in the file's name with a dash; older versions of npm say it with a slash.
  return (packed?.filename ?? '').replace(/^@/, '').replace('/', '-');
}

/** Undefined: there is no such file. */
export async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CliError('package_unreadable', `${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What the package says of its elements, and the folder of it that paths in there may be meant from. */
export async function manifestOf({
  folder,
  json,
}: Pick<ReadPackage, 'folder' | 'json'>): Promise<{ manifest: unknown; at: string } | undefined> {
  for (const path of [json.customElements, 'custom-elements.json', 'dist/custom-elements.json'])
    if (path !== undefined) {
      const manifest = await readJson(join(folder, path));
      if (manifest !== undefined) return { manifest, at: posix.dirname(posix.normalize(path)) };
    }
  return undefined;
}

/**
 * What is imported to get a module that the manifest names: makers write the path of the source, of the build, or from the manifest's own
 * folder. Undefined: none of them is in the package, or its `exports` keep it in.
 */
export function specifierFor({ folder, name, json }: ReadPackage, written: string, manifestAt: string): string | undefined {
  const path = written.replace(/^\.?\//, '').replace(/\.[cm]?tsx?$/, '.js');
  const bare = path.replace(/^src\//, '');
  const places = [path, `${manifestAt}/${path}`, ...['dist', 'dist/esm', 'es', 'lib', 'esm', '.'].map((place) => `${place}/${bare}`)];
  for (const place of new Set(places.map((one) => posix.normalize(one)))) {
    if (!existsSync(join(folder, place)) || place.endsWith('.ts')) continue;
    const reached = reach(place, json.exports);
    if (reached !== undefined) return reached === '.' ? name : `${name}/${reached.replace(/^\.\//, '')}`;
  }
  return undefined;
}

/** The subpath of the package that gives a file of it, by `exports`; without `exports` each file is its own. */
function reach(path: string, exports: unknown): string | undefined {
  if (exports === undefined) return `./${path}`;
  const entries = isSubpaths(exports) ? Object.entries(exports) : ([['.', exports]] as [string, unknown][]);
  const ways = entries.flatMap(([subpath, target]) => targetsOf(target).map((one) => [subpath, one] as const));
  for (const [subpath, target] of ways) if (target === `./${path}` && !subpath.includes('*')) return subpath;
  for (const [subpath, target] of ways) {
    const [before = '', after] = target.split('*');
    if (after === undefined || !`./${path}`.startsWith(before) || !path.endsWith(after)) continue;
    return subpath.replace('*', `./${path}`.slice(before.length, after ? -after.length : undefined));
  }
  // A folder as a whole, as it was before patterns.
  for (const [subpath, target] of ways)
    if (subpath.endsWith('/') && `./${path}`.startsWith(target)) return subpath + `./${path}`.slice(target.length);
  return undefined;
}

const isSubpaths = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.keys(value).every((key) => key.startsWith('.'));

/** In any condition a browser's bundler takes, types apart. */
function targetsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([condition]) => !['types', 'require', 'node'].includes(condition))
    .flatMap(([, inner]) => targetsOf(inner));
}

/** The package.json that a file of a folder belongs to. */
export async function packageOver(file: string): Promise<{ folder: string; json: PackageJson } | undefined> {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const json = (await readJson(join(folder, 'package.json'))) as PackageJson | undefined;
    if (json) return { folder, json };
    if (folder === dirname(folder)) return undefined;
  }
}
