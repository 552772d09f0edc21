import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './service';

/** Where what the bench installs itself stays, by its name and version. */
export const cached = (name: string): string => join(ROOT, '.cache/bench', name);

/**
 * Fills a folder that is not there yet: under another name until all of it is. `install` answers with what keeps it from that, in one line, or
 * undefined, and so does this.
 */
export async function installOnce(home: string, install: (unfinished: string) => Promise<string | undefined>): Promise<string | undefined> {
  if (existsSync(home)) return undefined;
  const unfinished = `${home}.${process.pid}`;
  try {
    const obstacle = await install(unfinished);
    if (obstacle === undefined) await rename(unfinished, home);
    return obstacle;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}
