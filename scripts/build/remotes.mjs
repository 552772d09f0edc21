import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { at } from '../setup/repository.mjs';

/**
 * Every folder in remotes/ that holds a widget.json and a build: [{ name, folder, version, publisher }]. What cannot be read comes as
 * { name, folder, fault }, with the folder's name and a sentence for people: its neighbours need not suffer from it.
 */
export async function findRemotes() {
  const entries = await readdir(at('remotes'), { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const remotes = names.filter((name) => ['widget.json', 'rspack.config.ts'].every((file) => existsSync(at('remotes', name, file))));
  return Promise.all(remotes.sort().map((name) => readRemote(name, `remotes/${name}`)));
}

async function readRemote(folderName, folder) {
  try {
    const { name, publisher } = await readJson(`${folder}/widget.json`);
    const { version } = await readJson(`${folder}/package.json`);
    for (const [what, value] of Object.entries({ name, publisher, version }))
      if (typeof value !== 'string' || value === '')
        return {
          name: folderName,
          folder,
          fault: `${folder} has no ${what}: widget.json says name and publisher, package.json the version.`,
        };
    return { name, folder, version, publisher };
  } catch (error) {
    return { name: folderName, folder, fault: error.message };
  }
}

async function readJson(path) {
  const text = await readFile(at(path), 'utf8').catch((error) => {
    throw new Error(`${path} cannot be read: ${error.code}`);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is not JSON: ${error.message}`);
  }
}
