import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { at } from '../setup/repository.ts';

export interface TypedFolder {
  folder: string;
  dependencies: Record<string, string>;
}

/** Every workspace and room with a tsconfig.json. */
export async function typescriptFolders(): Promise<TypedFolder[]> {
  const { workspaces }: { workspaces: string[] } = JSON.parse(await readFile(at('package.json'), 'utf8'));
  const folders = (await Promise.all([...workspaces, 'scripts', 'tools'].map(expand))).flat();
  const typed = folders.filter((folder) => existsSync(at(folder, 'tsconfig.json')));
  return Promise.all(typed.map(async (folder) => ({ folder, dependencies: await dependenciesOf(folder) })));
}

async function expand(pattern: string): Promise<string[]> {
  if (!pattern.endsWith('/*')) return [pattern];
  const parent = pattern.slice(0, -2);
  const entries = await readdir(at(parent), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => `${parent}/${entry.name}`);
}

async function dependenciesOf(folder: string): Promise<Record<string, string>> {
  if (!existsSync(at(folder, 'package.json'))) return {};
  const { dependencies = {} }: Partial<TypedFolder> = JSON.parse(await readFile(at(folder, 'package.json'), 'utf8'));
  return dependencies;
}
