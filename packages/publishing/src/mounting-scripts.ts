/** Which scripts a browser needs before a widget can be mounted, as the container's manifest says: a page that knows them asks for all at once. */

import { posix } from 'node:path';
import type { WidgetManifest } from '@datamesh/contracts';
import { entryFile, extensionOf } from './check-files';
import { containerManifests, scriptsOf } from './container-manifest';
import type { Files } from './unpack';

/** A publisher's own list: more than this is more than a page should ask for ahead. */
const MAX_SCRIPTS = 20;

/**
 * Paths of the archive, the entry not among them, in the manifest's order; empty where there is no manifest, or none that says so. `files` have
 * passed checkContent.
 */
export function mountingScripts(files: Files, manifest: Pick<WidgetManifest, 'expose'>): string[] {
  for (const { path, value } of containerManifests(files)) {
    const { exposes } = (value ?? {}) as { exposes?: unknown };
    const exposed = Array.isArray(exposes) ? exposes.find((item) => (item as { path?: unknown } | null)?.path === manifest.expose) : null;
    const { sync } = scriptsOf((exposed as { assets?: unknown } | null | undefined)?.assets);
    if (sync.length === 0) continue;
    const paths = sync.map((name) => posix.join(posix.dirname(path), name));
    const scripts = paths.filter((name) => name !== entryFile && files.has(name) && ['.mjs', '.js'].includes(extensionOf(name)));
    return [...new Set(scripts)].slice(0, MAX_SCRIPTS);
  }
  return [];
}
