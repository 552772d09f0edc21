/** From a remote's folder to the tarball that the registry takes: package.json, widget.json, dist/** and the media named. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { WidgetManifest } from '@datamesh/contracts';
import { checkWidgetManifest } from '@datamesh/contracts/node';
import { archive, type PackedFile } from './archive';
import { containerFor } from './container';
import { CliError } from './problem';

export interface Packed {
  name: string;
  version: string;
  manifest: WidgetManifest;
  files: PackedFile[];
  /** The gzip tarball. */
  bytes: Uint8Array;
}

/** Written beside a build's output when it was built under another version than package.json's. */
export const BUILD_STAMP = 'dist/.build.json';

export async function pack(folder: string): Promise<Packed> {
  const root = resolve(folder);
  const manifest = await readManifest(root);
  const version = await versionOf(root);
  const packageJson = { ...(await readObject(root, 'package.json')), version };
  const built = await Promise.all((await builtFiles(root)).map(async (path) => ({ path, bytes: await readBytes(root, path) })));
  const files: PackedFile[] = [
    { path: 'package.json', bytes: Buffer.from(`${JSON.stringify(packageJson, null, 2)}\n`) },
    { path: 'widget.json', bytes: await readBytes(root, 'widget.json') },
  ];
  files.push(...built, ...containerFor(built, packageJson, manifest));
  for (const path of mediaOf(manifest)) files.push({ path, bytes: await readBytes(root, path) });
  return { name: manifest.name, version, manifest, files, bytes: archive(files) };
}

async function readManifest(root: string): Promise<WidgetManifest> {
  const value = await readObject(root, 'widget.json');
  const mistakes = checkWidgetManifest(value);
  if (mistakes.length > 0) {
    const lines = mistakes.map(({ path, message }) => `  ${path || '/'}: ${message}`);
    throw new CliError('widget_invalid', [`${join(root, 'widget.json')} is not a widget manifest`, ...lines].join('\n'));
  }
  return value as unknown as WidgetManifest;
}

/** A development build stamps its version; a release build has none and goes by package.json. */
async function versionOf(root: string): Promise<string> {
  const stamp = await readBytes(root, BUILD_STAMP).catch(() => undefined);
  const { version } = stamp ? (JSON.parse(Buffer.from(stamp).toString()) as { version?: unknown }) : await readObject(root, 'package.json');
  if (typeof version !== 'string') throw new CliError('version_missing', `${join(root, 'package.json')} names no version`);
  return version;
}

async function builtFiles(root: string): Promise<string[]> {
  const dist = join(root, 'dist');
  const entries = await readdir(dist, { recursive: true, withFileTypes: true }).catch(() => {
    throw new CliError('folder_unreadable', `${dist} is not there; build the remote first`);
  });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter(isPublished);
  const sheet = paths.find((path) => path.endsWith('.css'));
  if (sheet) throw new CliError('style_sheet_file', `${sheet} would not be loaded by any dashboard: ${ADOPT}`);
  return paths;
}

/**
 * Source maps and build statistics stay at home: sources are not the registry's business, and stats are large. So do a toolchain's notes to
 * itself (.vite/), types for other builds, and pages of its own.
 */
const isPublished = (path: string): boolean =>
  !path.split('/').some((part) => part.startsWith('.') || part === '@mf-types') &&
  !/\.(map|html|d\.[cm]?ts)$|(^|\/)(mf-stats\.json|@mf-types\.(zip|d\.ts))$/.test(path);

/** A style sheet belongs to the element's shadow root, where each toolchain can put it. */
const ADOPT = [
  'take it as text and adopt it in the shadow root,',
  'const sheet = new CSSStyleSheet(); sheet.replaceSync(css); root.adoptedStyleSheets = [sheet];',
  "where css comes from: Vite: import css from './x.css?inline';",
  "esbuild: --loader:.css=text; rollup: rollup-plugin-string; webpack, rspack, rsbuild: a rule { test: /\\.css$/, type: 'asset/source' }",
].join('\n  ');

function mediaOf(manifest: WidgetManifest): string[] {
  const named = [manifest.icon, ...(manifest.screenshots ?? []).map(({ src }) => src)];
  return [...new Set(named.filter((path): path is string => typeof path === 'string' && !path.startsWith('dist/')))];
}

async function readBytes(root: string, path: string): Promise<Uint8Array> {
  try {
    return await readFile(join(root, path));
  } catch (error) {
    throw new CliError('folder_unreadable', `${join(root, path)}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function readObject(root: string, path: string): Promise<Record<string, unknown>> {
  const text = Buffer.from(await readBytes(root, path)).toString();
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    throw new CliError('widget_invalid', `${join(root, path)} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new CliError('widget_invalid', `${join(root, path)} is not a JSON object`);
}
