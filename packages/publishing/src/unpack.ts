/**
 * A gzip tarball to files in memory. Nothing is written to disk, so that no entry can reach it. The parser only parses: what it
 * is given was inflated once, and anything in there that is no tar header is refused, another gzip included.
 */
import { constants, Gunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { checkPath, PathsSoFar } from './entry-path';
import { limits } from './limits';
import { malformed, Refusal, refused, tooLarge } from './refusal';
import { type AtOnceResult, type Construct, constructAtOnce, processAtOnce } from './zlib-at-once';

export type Files = Map<string, Buffer>;

/** Headers and padding that come on top of the files: at most 3 blocks of 512 bytes for each entry, and a little. */
const envelope = limits.entries * 2048 + 1024 * 1024;

/** Throws a Refusal. */
export const unpack = async (upload: Uint8Array, construct: Construct = constructAtOnce): Promise<Files> =>
  readEntries(inflate(upload, construct));

/** Synchronous: it has a thread of its own. */
function inflate(upload: Uint8Array, construct: Construct): Buffer {
  if (upload[0] !== 0x1f || upload[1] !== 0x8b) throw malformed('The upload is not a gzip file');
  const options = { maxOutputLength: limits.unpacked + envelope };
  let inflated: AtOnceResult;
  try {
    inflated = processAtOnce(construct, () => new Gunzip(options), upload, constants.Z_FINISH);
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw unpackedTooLarge();
    throw malformed('The gzip file is damaged or cut off');
  }
  if (inflated.taken !== upload.length) throw malformed('Something follows the end of the gzip file');
  if (inflated.bytes.length === 0) throw malformed('The gzip file is empty');
  return inflated.bytes;
}

const unpackedTooLarge = () => tooLarge(`A tarball may have at most ${limits.unpacked / 1024 / 1024} MB when unpacked`);

const plain = new Set<unknown>(['file', 'contiguous-file']);

async function readEntries(archive: Buffer): Promise<Files> {
  const files: Files = new Map();
  const paths = new PathsSoFar();
  let entries = 0;
  let bytes = 0;

  /** Throws for an entry that must not be there; null for one that needs no reading. */
  function admit({ name, type, size = 0 }: Header): string | null {
    entries += 1;
    if (entries > limits.entries) throw refused('too_many_entries', `A tarball may have at most ${limits.entries} entries`);
    const isDirectory = type === 'directory';
    if (!isDirectory && !plain.has(type))
      throw refused('entry_type_refused', `${show(name)} is a ${type ?? 'thing of an unknown kind'}; only plain files are accepted`);
    const path = checkPath(name, isDirectory);
    if (path === null || isDirectory) return null;
    paths.add(path);
    bytes += size;
    if (bytes > limits.unpacked) throw unpackedTooLarge();
    return path;
  }

  const parser = extract();
  const parsing = watch();
  async function read(): Promise<void> {
    for await (const entry of parser) {
      parsing.goesOn();
      const path = admit(entry.header);
      const chunks: Buffer[] = [];
      for await (const chunk of entry) {
        parsing.goesOn();
        chunks.push(chunk as Buffer);
      }
      if (path !== null) files.set(path, Buffer.concat(chunks));
    }
  }
  parser.end(archive);
  try {
    await Promise.race([read(), parsing.stalls]);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw malformed(`The tarball cannot be read: ${(error as Error).message}`);
  } finally {
    parsing.end();
  }
  return files;
}

/** Rounds of the event loop. What is wholly in memory needs none to go on. */
const IDLE_ROUNDS = 100;

/** There are headers on which the parser waits for ever: folders with a size, and sizes that are none. All that it could wait for is in memory. */
function watch(): { stalls: Promise<never>; goesOn(): void; end(): void } {
  let idle = 0;
  let next: NodeJS.Immediate;
  const stalls = new Promise<never>((_resolve, reject) => {
    const look = (): void => {
      idle += 1;
      if (idle > IDLE_ROUNDS) reject(new Error('An entry does not end'));
      else next = setImmediate(look);
    };
    next = setImmediate(look);
  });
  return {
    stalls,
    goesOn: () => {
      idle = 0;
    },
    end: () => clearImmediate(next),
  };
}

/** Names come from the upload: control characters stay out of answers and logs. */
const show = (path: string): string => JSON.stringify(path.slice(0, limits.path));
