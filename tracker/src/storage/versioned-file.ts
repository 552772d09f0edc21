/** Small files of JSON, kept whole by durable-file.ts, that say in which form they are written: a later form is refused, not misread. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { NewerData } from '@datamesh/service';
import { readIfThere } from './durable-file';

/** Of all of them: salts, erased ids, sessions, positions. Files from before there were versions are of the first. */
const VERSION = 1;

interface Versioned {
  version: number;
  content: unknown;
}

/** How `content` stands in a file. */
export const versioned = (content: unknown): string => JSON.stringify({ version: VERSION, content } satisfies Versioned);

/** The content, null when there is no such file. Throws NewerData. */
export function readVersioned(path: string): unknown {
  const text = readIfThere(path);
  if (text === null) return null;
  const read: unknown = JSON.parse(text);
  if (!isVersioned(read)) return read;
  if (read.version > VERSION)
    throw new NewerData({
      program: 'the tracker',
      where: `The file ${basename(path)}`,
      found: `data version ${read.version}`,
      known: `up to version ${VERSION}`,
    });
  return read.content;
}

/** Before anything is opened, and with that perhaps changed: throws NewerData where one of the files below `folder` is newer. */
export function refuseNewerFiles(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) refuseNewerFiles(path);
    else if (entry.name.endsWith('.json')) readVersioned(path);
  }
}

const isVersioned = (read: unknown): read is Versioned =>
  typeof read === 'object' && read !== null && 'content' in read && 'version' in read && typeof read.version === 'number';
