/** The manifest that a Module Federation build writes beside its container, as far as it says what it should. `files` have passed checkContent. */
import { json } from './read-manifest';
import type { Files } from './unpack';

/** Every one below dist/, in the archive's order; an archive that was built without federation has none. */
export function* containerManifests(files: Files): Generator<{ path: string; value: unknown }> {
  for (const [path, file] of files) if (path.startsWith('dist/') && path.endsWith('mf-manifest.json')) yield { path, value: json(file) };
}

/** Names of scripts beside the manifest, of a part that it describes: those needed at once, and those that may come later. */
export function scriptsOf(assets: unknown): { sync: string[]; later: string[] } {
  const { sync, async: later } = ((assets as { js?: unknown } | null | undefined)?.js ?? {}) as Record<string, unknown>;
  return { sync: namesIn(sync), later: namesIn(later) };
}

const namesIn = (list: unknown): string[] => (Array.isArray(list) ? list.filter((name): name is string => typeof name === 'string') : []);
