import { createHash } from 'node:crypto';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { compress, type Encodings, QUICK } from '../compression';
import { listsIn } from './lists';

export interface DataFile {
  bytes: Buffer;
  encodings: Encodings;
  etag: string;
  modified: Date;
}

interface Kept extends DataFile {
  mtimeMs: number;
  size: number;
}

/** `kept`, at most, in memory: bytes and both compressed forms together. */
const CAPACITY = 64 * 1024 * 1024;
const MAX_TABLES = 200;
/** Bytes; what is larger is not opened only to see what it is. */
const LARGEST_TABLE = 8 * 1024 * 1024;
const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/;

/** JSON files below one folder. A file that is replaced is noticed by its time and size. */
export class Folder {
  readonly #kept = new Map<string, Kept>();
  /** What files turned out to be. */
  readonly #looked = new Map<string, { mtimeMs: number; size: number; table: boolean }>();
  #weight = 0;

  constructor(private readonly folder: string) {}

  /** `undefined` for anything that is not a JSON file inside the folder: also links that lead out of it. */
  async read(path: string): Promise<DataFile | undefined> {
    const segments = path.split('/');
    if (!path.endsWith('.json') || !segments.every((segment) => SEGMENT.test(segment))) return undefined;
    const found = await this.#locate(segments);
    if (!found) return undefined;
    const { mtimeMs, size } = await stat(found);
    const kept = this.#kept.get(found);
    if (kept && kept.mtimeMs === mtimeMs && kept.size === size) return kept;
    const bytes = await readFile(found);
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
    const file: Kept = { bytes, encodings: await compress(bytes, QUICK), etag, modified: new Date(mtimeMs), mtimeMs, size };
    this.#keep(found, file);
    return file;
  }

  /** Tables that stand in the folder itself: what can be offered to somebody who sets up a widget. By name, at most 200. */
  async tables(): Promise<string[]> {
    const entries = await readdir(this.folder, { withFileTypes: true }).catch(() => []);
    const names = entries
      .filter((entry) => !entry.isDirectory() && entry.name.endsWith('.json') && SEGMENT.test(entry.name))
      .map(({ name }) => name);
    const found: string[] = [];
    for (const name of names.sort().slice(0, MAX_TABLES)) if (await this.#isTable(name)) found.push(name);
    return found;
  }

  async #isTable(name: string): Promise<boolean> {
    const path = await this.#locate([name]);
    if (!path) return false;
    const { mtimeMs, size } = await stat(path);
    const known = this.#looked.get(path);
    if (known?.mtimeMs === mtimeMs && known.size === size) return known.table;
    const table = size <= LARGEST_TABLE && (await hasColumns(await readFile(path)));
    this.#looked.set(path, { mtimeMs, size, table });
    return table;
  }

  async #locate(segments: string[]): Promise<string | undefined> {
    try {
      const root = await realpath(this.folder);
      const found = await realpath(join(root, ...segments));
      return found.startsWith(root + sep) && (await stat(found)).isFile() ? found : undefined;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined;
      throw error;
    }
  }

  #keep(path: string, file: Kept): void {
    this.#drop(path);
    this.#kept.set(path, file);
    this.#weight += weightOf(file);
    for (const oldest of this.#kept.keys()) {
      if (this.#weight <= CAPACITY) break;
      this.#drop(oldest);
    }
  }

  #drop(path: string): void {
    const file = this.#kept.get(path);
    if (file && this.#kept.delete(path)) this.#weight -= weightOf(file);
  }
}

const weightOf = ({ bytes, encodings }: DataFile): number => bytes.length + encodings.br.length + encodings.gzip.length;

async function hasColumns(text: Buffer): Promise<boolean> {
  const lists = await listsIn(text);
  return lists.has('columns') && lists.has('rows');
}
