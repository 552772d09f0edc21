import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { npm } from '../setup/npm.mjs';
import { at } from '../setup/repository.mjs';
import { stage } from './stage.mjs';

/** Folders of packages/ that teams install: those that are not private. */
export async function publicPackages() {
  const folders = (await readdir(at('packages'))).map((name) => `packages/${name}`).sort();
  const read = await Promise.all(folders.map(async (folder) => JSON.parse(await readFile(at(folder, 'package.json'), 'utf8'))));
  return folders.filter((_, index) => read[index].private !== true);
}

/** -> the tarballs' paths. What `changeset publish` takes lies in each package's dist-package/ afterwards. */
export async function packPackages(out) {
  const folder = resolve(out);
  await mkdir(folder, { recursive: true });
  const tarballs = [];
  for (const name of await publicPackages()) tarballs.push(join(folder, await pack(await stage(name), folder)));
  return tarballs;
}

/** As npm itself packs it; -> the file's name. */
async function pack(staged, destination) {
  const [program, first] = npm();
  const child = spawn(program, [...first, 'pack', '--json', '--ignore-scripts', '--pack-destination', destination], {
    cwd: staged,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const code = await new Promise((settle, reject) => child.once('error', reject).once('close', settle));
  if (code !== 0) throw new Error(`npm pack of ${staged} ended with code ${code}`);
  const [packed] = Object.values(JSON.parse(said));
  return packed.filename;
}
