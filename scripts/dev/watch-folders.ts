/**
 * Tells which files change below folders. Each folder has a watcher of its own: Node's recursive one loses a file that an editor saves by
 * renaming another over it.
 */
import { type FSWatcher, watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isSource, NOT_SOURCES } from '../build/sources.ts';
import { codeOf } from '../setup/failure.ts';

/** An editor writes several files, and each more than once: they are told once none has come for so long; milliseconds. */
const QUIET = 60;

/** `onChange(paths)`: sources that changed, came or went; `fail(error)`: a folder that came is not watched. -> what ends it. */
export async function watchFolders(
  folders: readonly string[],
  onChange: (paths: string[]) => void,
  fail: (error: unknown) => void,
): Promise<() => void> {
  const watchers = new Map<string, FSWatcher>();
  const changed = new Set<string>();
  let quiet: NodeJS.Timeout | undefined;

  async function add(folder: string): Promise<void> {
    if (watchers.has(folder)) return;
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      if (['ENOTDIR', 'ENOENT'].includes(String(codeOf(error)))) return undefined;
      throw error;
    });
    // Somebody else may have been as quick.
    if (!entries || watchers.has(folder)) return;
    const watcher = watch(folder, (_event, name) => {
      if (name === null || NOT_SOURCES.has(name) || !isSource(name)) return;
      const path = join(folder, name);
      changed.add(path);
      clearTimeout(quiet);
      quiet = setTimeout(emit, QUIET);
      // A folder that came, perhaps.
      add(path).catch(fail);
    });
    // It went.
    watcher.on('error', () => forget(folder));
    watchers.set(folder, watcher);
    await Promise.all(
      entries.filter((entry) => entry.isDirectory() && !NOT_SOURCES.has(entry.name)).map(({ name }) => add(join(folder, name))),
    );
  }

  function forget(folder: string): void {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  }

  function emit(): void {
    const paths = [...changed];
    changed.clear();
    onChange(paths);
  }

  await Promise.all(folders.map(add));
  return () => {
    clearTimeout(quiet);
    for (const watcher of watchers.values()) watcher.close();
  };
}
