import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How a part of the system fares, as its builder left it in a file (scripts/dev/state.ts, host/development.config.ts). */
export interface Part {
  part: string;
  /** What is wrong, for people. */
  fault?: string;
}

/** The builders' own part: the page's. */
export const PAGE = 'page';

export async function readParts(folder: string): Promise<Part[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const texts = await Promise.all(names.sort().map((name) => readFile(join(folder, name), 'utf8')));
  return texts.map((text) => JSON.parse(text) as Part);
}
