/** Beside every output lies the hash of what it was built from: `.build.json`. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = '.build.json';

/** `{ sources, version? }`, or {} where nothing was built. */
export async function readStamp(folder) {
  try {
    return JSON.parse(await readFile(join(folder, NAME), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return {};
    throw error;
  }
}

export async function writeStamp(folder, stamp) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, NAME), `${JSON.stringify(stamp)}\n`);
}

/** Before building: a build that fails half-way must not pass for the former one. */
export const removeStamp = (folder) => rm(join(folder, NAME), { force: true });
