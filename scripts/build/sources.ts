/** What a build is made of, as one hash: its own folder, the workspace packages it uses, the lockfile, the shared settings. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { codeOf } from '../setup/failure.ts';
import { at, ROOT } from '../setup/repository.ts';

export const NOT_SOURCES = new Set(['node_modules', 'dist', 'dist-package', 'dist-server', 'dist-data', '.data', '.cache']);
export const isSource = (name: string): boolean => !/\.test\.tsx?$|\.md$|^tsconfig\.json$|^\./.test(name);

/** Folders of a workspace and of every @datamesh/* package that it uses, directly or not. */
export async function workspaceFolders(folder: string, seen: Set<string> = new Set()): Promise<string[]> {
  if (seen.has(folder)) return [...seen];
  seen.add(folder);
  const { dependencies = {} }: { dependencies?: Record<string, string> } = JSON.parse(await readFile(at(folder, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    if (name.startsWith('@datamesh/')) await workspaceFolders(name.replace('@datamesh/', 'packages/'), seen);
  }
  return [...seen];
}

/** sha256 over paths and contents of files and of all source files below folders; paths are relative to the repository. */
export async function hashOf(paths: readonly string[]): Promise<string> {
  const files = (await Promise.all(paths.map((path) => filesBelow(at(path))))).flat().sort();
  const hash = createHash('sha256');
  const contents = await Promise.all([...new Set(files)].map(async (file) => [relative(ROOT, file), await readFile(file)] as const));
  for (const [path, bytes] of contents) hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  return hash.digest('hex');
}

async function filesBelow(path: string): Promise<string[]> {
  if (!existsSync(path)) return [];
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    if (codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  });
  if (!entries) return [path];
  const wanted = entries.filter((entry) => !NOT_SOURCES.has(entry.name) && (entry.isDirectory() || isSource(entry.name)));
  return (
    await Promise.all(wanted.map((entry) => (entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)])))
  ).flat();
}
