/** What nobody needs in a folder of blobs, and how it goes while others write there. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Collected, type Collection, isKey } from './blobs';
import { isMissing } from './missing';

interface Found {
  file: string;
  name: string;
  /** When its content or its date was last written, by this store and by the file system: milliseconds, the later counts. */
  modified: number;
  at: number;
  inode: number;
  bytes: number;
}

const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** As a write that did not end leaves it, and a look at the clock. */
const temporary = new RegExp(`\\.${uuid}$`);
/** As a sweep that did not end leaves it: the blob's name comes first. */
const aside = new RegExp(`\\.${uuid}\\.swept$`);

/** The file system's clock, which is another machine's where the folder is on a network. */
export async function timeOf(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, `clock.${randomUUID()}`);
  await writeFile(file, '');
  try {
    return (await stat(file)).mtimeMs;
  } finally {
    await rm(file, { force: true });
  }
}

export async function collectFiles(folder: string, { before, named, signal }: Collection): Promise<Collected> {
  const collected: Collected = { blobs: 0, leftovers: 0, bytes: 0 };
  const old: Found[] = [];
  for await (const found of filesIn(folder)) {
    signal?.throwIfAborted();
    if (aside.test(found.name)) await putBack(found);
    else if (found.at >= before) continue;
    else if (isKey(found.name)) old.push(found);
    else if (temporary.test(found.name)) {
      await rm(found.file, { force: true });
      collected.leftovers += 1;
    }
  }
  if (old.length === 0) return collected;
  const needed = await named();
  for (const found of old) {
    signal?.throwIfAborted();
    if (needed.has(found.name) || !(await sweep(found))) continue;
    collected.blobs += 1;
    collected.bytes += found.bytes;
  }
  return collected;
}

/**
 * Out of the way first and then looked at again. A put before that has dated the file, so it comes back; one after it finds nothing
 * and writes the file anew.
 */
async function sweep({ file, modified, inode }: Found): Promise<boolean> {
  const away = `${file}.${randomUUID()}.swept`;
  try {
    await rename(file, away);
    const now = await stat(away);
    if (now.mtimeMs === modified && now.ino === inode) {
      await rm(away);
      return true;
    }
    await rename(away, file);
  } catch (error) {
    // Another collection was faster, or took this sweep for one that was cut off and brought the file back.
    if (!isMissing(error)) throw error;
  }
  return false;
}

/** A sweep was cut off, perhaps just before it would have brought the file back. It counts as put now: who needs it may be at work. */
async function putBack({ file, name }: Found): Promise<void> {
  // biome-ignore lint/plugin: compared with the times of files, which are the machine’s own
  const now = new Date();
  try {
    await utimes(file, now, now);
    await rename(file, file.slice(0, -name.length) + name.replace(aside, ''));
  } catch (error) {
    // That sweep goes on in another process, and has ended by now.
    if (!isMissing(error)) throw error;
  }
}

async function* filesIn(folder: string, depth = 0): AsyncGenerator<Found> {
  for (const entry of await entriesOf(folder)) {
    const file = join(folder, entry.name);
    if (entry.isDirectory() && depth === 0) yield* filesIn(file, 1);
    if (!entry.isFile()) continue;
    const found = await stat(file).catch((error: unknown) => {
      if (isMissing(error)) return null;
      throw error;
    });
    if (!found) continue;
    const { mtimeMs: modified, ctimeMs, ino: inode, size: bytes } = found;
    yield { file, name: entry.name, modified, at: Math.max(modified, ctimeMs), inode, bytes };
  }
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
