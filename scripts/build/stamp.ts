/** Beside every output lies the hash of what it was built from: `.build.json`. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../setup/failure.ts';

const NAME = '.build.json';

/** `version`: of a remote. */
export interface Stamp {
  sources?: string;
  version?: string;
}

/** {} where nothing was built. */
export async function readStamp(folder: string): Promise<Stamp> {
  try {
    return JSON.parse(await readFile(join(folder, NAME), 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError) return {};
    throw error;
  }
}

export async function writeStamp(folder: string, stamp: Stamp): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, NAME), `${JSON.stringify(stamp)}\n`);
}

/** Before building: a build that fails half-way must not pass for the former one. */
export const removeStamp = (folder: string): Promise<void> => rm(join(folder, NAME), { force: true });
