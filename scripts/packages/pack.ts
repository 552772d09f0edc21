import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { npm } from '../setup/npm.ts';
import { at } from '../setup/repository.ts';
import { stage } from './stage.ts';

/** Folders of packages/ that teams install: those that are not private. */
async function publicPackages(): Promise<string[]> {
  const folders = (await readdir(at('packages'))).map((name) => `packages/${name}`).sort();
  const isPrivate = await Promise.all(
    folders.map(async (folder) => {
      const manifest: { private?: boolean } = JSON.parse(await readFile(at(folder, 'package.json'), 'utf8'));
      return manifest.private === true;
    }),
  );
  return folders.filter((_, index) => !isPrivate[index]);
}

/** -> the tarballs' paths. What `changeset publish` takes lies in each package's dist-package/ afterwards. */
export async function packPackages(out: string): Promise<string[]> {
  const folder = resolve(out);
  await mkdir(folder, { recursive: true });
  const tarballs: string[] = [];
  for (const name of await publicPackages()) tarballs.push(join(folder, await pack(await stage(name), folder)));
  return tarballs;
}

/** As npm itself packs it; -> the file's name. */
async function pack(staged: string, destination: string): Promise<string> {
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
  // A list or, by another version of npm, an object by name.
  const answer: Record<string, { filename: string }> = JSON.parse(said);
  const [packed] = Object.values(answer);
  if (!packed) throw new Error(`npm pack of ${staged} names no file`);
  return packed.filename;
}
