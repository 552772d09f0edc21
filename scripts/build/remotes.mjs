import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { at } from '../setup/repository.mjs';

/** Every folder in remotes/ that holds a widget.json and a build: [{ name, folder, version, publisher }]. */
export async function findRemotes() {
  const entries = await readdir(at('remotes'), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => `remotes/${entry.name}`);
  const remotes = folders.filter((folder) => existsSync(at(folder, 'widget.json')) && existsSync(at(folder, 'rspack.config.ts')));
  return Promise.all(
    remotes.sort().map(async (folder) => {
      const { name, publisher } = JSON.parse(await readFile(at(folder, 'widget.json'), 'utf8'));
      const { version } = JSON.parse(await readFile(at(folder, 'package.json'), 'utf8'));
      return { name, folder, version, publisher };
    }),
  );
}
