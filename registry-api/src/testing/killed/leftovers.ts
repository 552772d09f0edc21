/** What publishes that were cut off left behind: as it lies in the store, whole or not. */
import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Storage } from '../../storage/storage';
import { blobKey } from '../../widgets/blob-key';
import type { WidgetStore } from '../../widgets/store';

export interface Leftovers {
  /** Keys of blobs that no version needs. */
  blobs: string[];
  /** Needed by a version and not there: never. */
  missing: string[];
  /** Files under the data folder that a write was to rename. */
  temporary: string[];
  /** GridFS chunks of no file. */
  chunks: number;
  /** Contents that no version names. */
  contents: string[];
}

const halfWritten = /\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.swept)?$/;

/** `dataDir`: of the registry. */
export async function leftoversOf(storage: Storage, store: WidgetStore, dataDir: string): Promise<Leftovers> {
  const temporary = filesIn(dataDir)
    // What is kept of another store's files makes room for itself.
    .filter(({ name, parentPath }) => halfWritten.test(name) && !parentPath.endsWith('cached-files'))
    .map(({ parentPath, name }) => join(parentPath, name));
  const named = new Set<string>();
  const contents: string[] = [];
  for await (const { name, version, digest, files: list } of store.contents()) {
    const widget = await store.find(name);
    if (!widget?.versions.some((one) => one.version === version && one.digest === digest)) {
      contents.push(`${name}@${version}`);
      continue;
    }
    for (const { integrity, encodings } of list)
      for (const encoding of ['identity' as const, ...encodings]) named.add(blobKey(integrity, encoding));
  }
  const [stored, chunks] = storage.kind === 'mongo' ? await inGridfs(storage) : [inFolder(join(dataDir, 'blobs')), 0];
  return {
    blobs: stored.filter((key) => !named.has(key)),
    missing: [...named].filter((key) => !stored.includes(key)),
    temporary,
    chunks,
    contents,
  };
}

const filesIn = (folder: string): Dirent[] =>
  existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()) : [];

const inFolder = (folder: string): string[] =>
  filesIn(folder)
    .map(({ name }) => name)
    .filter((name) => !halfWritten.test(name));

async function inGridfs({ connection }: Storage & { kind: 'mongo' }): Promise<[string[], number]> {
  const keys = (await connection.collection('blobs.files').distinct('filename')).map(String);
  const ids = await connection.collection('blobs.files').distinct('_id');
  return [keys, await connection.collection('blobs.chunks').countDocuments({ files_id: { $nin: ids } })];
}
