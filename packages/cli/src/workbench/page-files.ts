/** The files of the workbench's page, as it was built, in the shape in which the edge holds its own. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { integrityOf } from '@datamesh/publishing';
import type { Assets } from '../../../../host/server/assets';
import { takeWorker } from '../../../../host/server/worker';
import { CliError } from '../problem';

const TYPES: Record<string, string> = { mjs: 'text/javascript', css: 'text/css', woff2: 'font/woff2', svg: 'image/svg+xml' };

export async function readPageFiles(folder: string): Promise<Assets> {
  try {
    const entry = JSON.parse(await readFile(join(folder, 'entry.json'), 'utf8')) as string[];
    const found = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((item) => item.isFile());
    const read = found.map(async ({ parentPath, name }) => {
      const bytes = await readFile(join(parentPath, name));
      const type = TYPES[name.replace(/.*\./, '')] ?? 'application/octet-stream';
      return [
        relative(folder, join(parentPath, name)).split(sep).join('/'),
        { bytes, encodings: undefined, integrity: integrityOf(bytes), type },
      ] as const;
    });
    const files = new Map(await Promise.all(read));
    return { entry, worker: takeWorker(files), outageWorker: null, files };
  } catch (error) {
    throw new CliError(
      'workbench_missing',
      `the page of the workbench is not whole: ${(error as Error).message}; install @datamesh/cli anew`,
    );
  }
}
