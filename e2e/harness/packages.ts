/** What teams outside this repository install, packed once for all journeys of a run: packing writes into the packages' own folders. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { sh } from './commands';
import { ROOT } from './documents';

/** The folder with the tarballs. Whoever makes the folder packs; journeys beside it wait until it is done. */
export async function packedPackages(): Promise<string> {
  const folder = join(process.env['E2E_RUN'] ?? '', 'packages');
  const done = join(folder, 'done');
  const isFirst = await mkdir(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
      return false;
    },
  );
  if (isFirst) await writeFile(done, await sh(`npm run -s packages -- ${folder}`, { cwd: ROOT }));
  else await expect.poll(() => existsSync(done), { timeout: 180_000 }).toBe(true);
  return folder;
}
