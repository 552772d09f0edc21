/** What may be in the tarball besides the two manifests, and what must. */
import { posix } from 'node:path';
import type { WidgetManifest } from '@datamesh/contracts';
import { json, parse, shallow } from './read-manifest';
import { refused } from './refusal';
import type { Files } from './unpack';

/** Of every version: the Module Federation container. */
export const entryFile = 'dist/remoteEntry.mjs';

/** Content types by extension; what is not here is not accepted. */
export const fileTypes: Readonly<Record<string, string>> = {
  '.mjs': 'text/javascript; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  // Licences of what is bundled: bundlers write them beside the code that they are about.
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.woff2': 'font/woff2',
};

export const extensionOf = (path: string): string => posix.extname(path).toLowerCase();

/** Why a type is not accepted that one could expect to be. */
const REFUSED: Readonly<Record<string, string>> = {
  '.wasm':
    'WebAssembly: a page that lets published modules run would let any bytes run (wasm-unsafe-eval names no module), so the dashboard lets none run; build that part to JavaScript (wasm2js), or compute it behind /data/',
};

export function checkFileTypes(files: Files): void {
  for (const path of files.keys()) {
    const why = REFUSED[extensionOf(path)];
    if (why) throw refused('file_type_refused', `${path} is ${why}`);
    if (!Object.hasOwn(fileTypes, extensionOf(path))) {
      throw refused('file_type_refused', `${path} is of a type that is not accepted; accepted are ${Object.keys(fileTypes).join(' ')}`);
    }
  }
}

/** Nothing beside package.json, widget.json, dist/ and the media that widget.json names; and those must be there. */
export function checkPlaces(files: Files, manifest: WidgetManifest): void {
  const media = [...(manifest.icon ? [manifest.icon] : []), ...(manifest.screenshots ?? []).map(({ src }) => src)];
  const missing = media.find((path) => !files.has(path));
  if (missing) throw refused('media_missing', `widget.json names ${missing}, which is not in the tarball`);
  const known = new Set(['package.json', 'widget.json', ...media]);
  const stray = [...files.keys()].find((path) => !known.has(path) && !path.startsWith('dist/'));
  if (stray)
    throw refused('path_unexpected', `${stray} does not belong here: package.json, widget.json, dist/ and media that widget.json names`);
}

/** The Module Federation container: its entry is there, and its manifest carries nothing that a runtime would run. */
export function checkContainer(files: Files, manifest: WidgetManifest): void {
  if (!files.has(entryFile)) throw refused('entry_missing', `The tarball has no ${entryFile}`);
  for (const [path, file] of files) {
    if (extensionOf(path) !== '.json') continue;
    // Whatever it is called: it is the widget's own code that says which file is its manifest.
    const isManifest = path.toLowerCase().endsWith('mf-manifest.json');
    const value = isManifest ? parse(file, path, 'container_invalid') : shallow(jsonOrNull(file), path, 'container_invalid');
    if (hasKey(value, 'getPublicPath')) {
      throw refused('public_path_refused', `${path} has getPublicPath, which the runtime would run as code; build with a fixed publicPath`);
    }
    if (isManifest) checkExpose(value, path, manifest.expose);
  }
}

/** Data of the widget's own, which need not be right: what is no JSON is no manifest either. */
function jsonOrNull(file: Buffer): unknown {
  try {
    return json(file);
  } catch {
    return null;
  }
}

function checkExpose(value: unknown, path: string, expose: string): void {
  const exposes = typeof value === 'object' && value !== null ? (value as { exposes?: unknown }).exposes : undefined;
  if (!Array.isArray(exposes)) return;
  const paths = exposes.map((item: unknown) => (item as { path?: unknown } | null)?.path);
  if (!paths.includes(expose))
    throw refused('expose_missing', `widget.json says expose ${expose}, ${path} has ${paths.join(', ') || 'none'}`);
}

function hasKey(value: unknown, key: string): boolean {
  if (Array.isArray(value)) return value.some((item) => hasKey(item, key));
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, key) || Object.values(value).some((member) => hasKey(member, key));
}
