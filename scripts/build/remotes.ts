import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { codeOf, messageOf } from '../setup/failure.ts';
import { at } from '../setup/repository.ts';

export interface Remote {
  name: string;
  /** From the root of the repository. */
  folder: string;
  version: string;
  publisher: string;
  fault?: undefined;
}

/** `name` is the folder's; `fault` a sentence for people. */
export interface BrokenRemote {
  name: string;
  folder: string;
  fault: string;
}

/** Every folder in remotes/ that holds a widget.json and a build. What cannot be read comes with its fault: its neighbours need not suffer from it. */
export async function findRemotes(): Promise<(Remote | BrokenRemote)[]> {
  const entries = await readdir(at('remotes'), { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const remotes = names.filter((name) => ['widget.json', 'rspack.config.ts'].every((file) => existsSync(at('remotes', name, file))));
  return Promise.all(remotes.sort().map((name) => readRemote(name, `remotes/${name}`)));
}

async function readRemote(folderName: string, folder: string): Promise<Remote | BrokenRemote> {
  try {
    const widget = await readJson(`${folder}/widget.json`);
    const { version } = await readJson(`${folder}/package.json`);
    const text = (what: string, value: unknown): string => {
      if (typeof value === 'string' && value !== '') return value;
      throw new Error(`${folder} has no ${what}: widget.json says name and publisher, package.json the version.`);
    };
    return {
      name: text('name', widget['name']),
      folder,
      publisher: text('publisher', widget['publisher']),
      version: text('version', version),
    };
  } catch (error) {
    return { name: folderName, folder, fault: messageOf(error) };
  }
}

async function readJson(path: string): Promise<Record<string, unknown>> {
  const text = await readFile(at(path), 'utf8').catch((error: unknown) => {
    throw new Error(`${path} cannot be read: ${codeOf(error)}`);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is not JSON: ${messageOf(error)}`);
  }
}
