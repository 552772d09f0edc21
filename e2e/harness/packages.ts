/** What teams outside this repository install, packed once for all journeys of a run: packing writes into the packages' own folders. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vi } from 'vitest';
import { sh } from './commands';
import { ROOT } from './documents';

/** The folder with the tarballs. Whoever makes the folder packs; journeys beside it wait until it is done, or has failed. */
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
  if (isFirst) {
    const failure = await sh(`npm run -s packages -- ${folder}`, { cwd: ROOT }).then(() => '', String);
    await writeFile(`${done}.new`, failure);
    await rename(`${done}.new`, done);
  } else await vi.waitUntil(() => existsSync(done), { timeout: 280_000, interval: 100 });
  const failure = await readFile(done, 'utf8');
  if (failure) throw new Error(failure);
  return folder;
}
