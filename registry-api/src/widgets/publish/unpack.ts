/** A gzip tarball to files in memory. Nothing is written to disk, so that no entry can reach it. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { checkPath, PathsSoFar } from './entry-path';
import { limits } from './limits';
import { malformed, refused, tooLarge } from './refusal';

export type Files = Map<string, Buffer>;

/** Headers and padding that come on top of the files: at most 3 blocks of 512 bytes for each entry, and a little. */
const envelope = limits.entries * 2048 + 1024 * 1024;

const gunzipBounded = promisify(gunzip);

export async function unpack(upload: Buffer): Promise<Files> {
  return readEntries(await inflate(upload));
}

async function inflate(upload: Buffer): Promise<Buffer> {
  if (upload[0] !== 0x1f || upload[1] !== 0x8b) throw malformed('The upload is not a gzip file');
  try {
    return await gunzipBounded(upload, { maxOutputLength: limits.unpacked + envelope });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw unpackedTooLarge();
    throw malformed('The gzip file is damaged or cut off');
  }
}

const unpackedTooLarge = () => tooLarge(`A tarball may have at most ${limits.unpacked / 1024 / 1024} MB when unpacked`);

const directory = 'Directory';
const regular = new Set(['File', 'OldFile', 'ContiguousFile']);

function readEntries(archive: Buffer): Promise<Files> {
  return new Promise((resolve, reject) => {
    const files: Files = new Map();
    const paths = new PathsSoFar();
    let entries = 0;
    let bytes = 0;
    let failed = false;
    // strict: what tar would only warn of (a wrong checksum, an archive that is cut off) is an error here.
    const parser = new Parser({ strict: true });

    function fail(error: Error): void {
      if (failed) return;
      failed = true;
      reject(error);
    }

    /** Throws for an entry that must not be there; null for one that needs no reading. */
    function admit(entry: ReadEntry): string | null {
      entries += 1;
      if (entries > limits.entries) throw refused('too_many_entries', `A tarball may have at most ${limits.entries} entries`);
      if (entry.type !== directory && !regular.has(entry.type)) {
        throw refused('entry_type_refused', `${show(entry.path)} is a ${entry.type}; only plain files are accepted`);
      }
      const isDirectory = entry.type === directory;
      const path = checkPath(entry.path, isDirectory);
      if (path === null || isDirectory) return null;
      paths.add(path);
      bytes += entry.size;
      if (bytes > limits.unpacked) throw unpackedTooLarge();
      return path;
    }

    function take(entry: ReadEntry): void {
      let path: string | null = null;
      try {
        if (!failed) path = admit(entry);
      } catch (error) {
        fail(error as Error);
      }
      if (path === null) {
        entry.resume();
        return;
      }
      const name = path;
      const chunks: Buffer[] = [];
      entry.on('data', (chunk) => chunks.push(chunk));
      entry.on('end', () => files.set(name, Buffer.concat(chunks)));
    }

    parser.on('entry', take);
    // Kinds of entries that tar itself would skip: they are refused as well.
    parser.on('ignoredEntry', take);
    parser.on('error', (error: Error) => fail(malformed(`The tarball cannot be read: ${error.message}`)));
    parser.on('end', () => {
      if (!failed) resolve(files);
    });
    parser.end(archive);
  });
}

/** Names come from the upload: control characters stay out of answers and logs. */
const show = (path: string): string => JSON.stringify(path.slice(0, limits.path));
