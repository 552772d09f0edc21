/** How each part fares: said here, and left in a file where the edge reads it for the open pages. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { STATE } from './folders.ts';

/** Nothing is known of a run before this one. */
export async function clearStates(): Promise<void> {
  await rm(STATE, { recursive: true, force: true });
  await mkdir(STATE, { recursive: true });
}

/** `fault`: what is wrong, for people; undefined when all is well. */
export async function reportState(part: string, fault?: string): Promise<void> {
  const file = join(STATE, `${part}.json`);
  // Whole or not at all: it is read the moment it changes.
  await writeFile(`${file}.new`, JSON.stringify({ part, fault }));
  await rename(`${file}.new`, file);
}
