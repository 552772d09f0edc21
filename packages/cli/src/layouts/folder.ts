/** A folder of layouts in a repository. What lies in it may be anything: it is read as plain files of a bounded size, and checked before it is used. */
import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readdir, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayoutContent, LayoutFile, LayoutsIndex } from '@datamesh/contracts';
import { deepest, isDeeperThan } from '@datamesh/contracts/nesting';
import { checkLayoutFile, checkLayoutsIndex, type Mistake } from '@datamesh/contracts/node';
import { contentOf, normalise, validate } from '@datamesh/layout';
import { inLine } from '../printable';
import { CliError } from '../problem';

export const INDEX = 'layouts.json';
export const EXTENSION = '.layout.json';

/** Bytes with all spaces, as the dashboard takes them; and of a layout without them, as the registry counts. */
const LARGEST_FILE = 4 * 1024 * 1024;
const LARGEST_LAYOUT = 512 * 1024;
const MAX_MISTAKES = 10;

/** undefined where there is none yet. */
export async function readIndex(folder: string): Promise<LayoutsIndex | undefined> {
  const text = await readPlain(folder, INDEX);
  if (text === undefined) return undefined;
  const index = parsed(INDEX, text, checkLayoutsIndex) as LayoutsIndex;
  const ids = index.layouts.map(({ id }) => id);
  // Where names differ by case alone, some systems see one file.
  const files = index.layouts.map(({ file }) => file.toLowerCase());
  const twice = [...ids, ...files].find((one, at, all) => all.indexOf(one) !== at);
  if (twice !== undefined) throw invalid(INDEX, [{ path: '/layouts', message: `${twice} is in it twice` }]);
  if (index.home === null ? ids.length > 0 : !ids.includes(index.home))
    throw invalid(INDEX, [{ path: '/home', message: 'is none of the layouts' }]);
  return index;
}

export const writeIndex = (folder: string, index: LayoutsIndex): Promise<void> =>
  writePlain(folder, INDEX, `${JSON.stringify(index, null, 2)}\n`);

/** undefined where there is no such file. */
export async function readLayout(folder: string, file: string): Promise<LayoutContent | undefined> {
  const text = await readPlain(folder, file);
  return text === undefined ? undefined : layoutIn(file, text);
}

/** What a layout's file says; throws `layout_file_invalid` with what is wrong. */
export function layoutIn(file: string, text: string): LayoutContent {
  const { layout } = parsed(file, text, checkLayoutFile) as LayoutFile;
  const bytes = Buffer.byteLength(JSON.stringify(layout));
  if (bytes > LARGEST_LAYOUT)
    throw invalid(file, [{ path: '', message: `has ${Math.ceil(bytes / 1024)} KB, and a layout has at most 512` }]);
  const id = Object.keys(layout.panels).find((one) => !/^[A-Za-z0-9_-]{1,40}$/.test(one) || one === '__proto__');
  if (id !== undefined) throw invalid(file, [{ path: '/layout/panels', message: 'a panel has an id of 1 to 40 letters, digits, - and _' }]);
  const misplaced = validate(layout);
  if (misplaced.length > 0) throw invalid(file, misplaced);
  return normalise(bare(layout));
}

/** Without with whom it is shared, which stays on the server. */
export function bare({ title, tree, panels, defaultChannel, filters }: LayoutFile['layout']): LayoutContent {
  return contentOf({
    title,
    tree,
    panels,
    ...(defaultChannel === undefined ? {} : { defaultChannel }),
    ...(filters === undefined ? {} : { filters }),
  });
}

/** Names of files that are there, in small letters. */
export async function namesIn(folder: string): Promise<Set<string>> {
  try {
    return new Set((await readdir(folder)).map((name) => name.toLowerCase()));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Set();
    throw unreadable(folder, error);
  }
}

/** In place of what is there, whole or not at all; a link is replaced, never followed. */
export async function writePlain(folder: string, file: string, text: string): Promise<void> {
  const path = join(folder, file);
  const next = join(folder, `.${file}.${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    await rm(next, { force: true });
    await writeFile(next, text, { flag: 'wx' });
    await rename(next, path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

export async function removePlain(folder: string, file: string): Promise<void> {
  const path = join(folder, file);
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw unreadable(path, error);
  });
}

async function readPlain(folder: string, file: string): Promise<string | undefined> {
  const path = join(folder, file);
  let handle: FileHandle | undefined;
  try {
    // First: to open a pipe would wait for whoever writes into it, and where the system cannot refuse links this does.
    if (!(await lstat(path)).isFile()) throw unsafe(path);
    handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    const stat = await handle.stat();
    if (!stat.isFile()) throw unsafe(path);
    if (stat.size > LARGEST_FILE) throw invalid(file, [{ path: '', message: 'has more than 4 MB' }]);
    return new TextDecoder('utf-8', { fatal: true }).decode(await handle.readFile());
  } catch (error) {
    if (error instanceof CliError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'ELOOP') throw unsafe(path);
    if (error instanceof TypeError) throw invalid(file, [{ path: '', message: 'is no text in UTF-8' }]);
    throw unreadable(path, error);
  } finally {
    await handle?.close();
  }
}

function parsed(file: string, text: string, check: (value: unknown) => Mistake[]): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid(file, [{ path: '', message: `is not JSON: ${error instanceof Error ? error.message : ''}` }]);
  }
  // Before the rest is checked: of a form that is not known here, every mistake would be a wrong hint.
  const version = (value as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version > 1)
    throw invalid(file, [{ path: '/version', message: `is ${version}, a form that this datamesh cannot read yet; install a newer one` }]);
  if (isDeeperThan(value, deepest)) throw invalid(file, [{ path: '', message: `is nested deeper than ${deepest} levels` }]);
  const mistakes = check(value);
  if (mistakes.length > 0) throw invalid(file, mistakes);
  return value;
}

const invalid = (file: string, mistakes: readonly Mistake[]): CliError =>
  new CliError(
    'layout_file_invalid',
    [
      `${file} cannot be used`,
      ...mistakes.slice(0, MAX_MISTAKES).map(({ path, message }) => `  ${inLine(path || '/')}: ${inLine(message)}`),
    ].join('\n'),
  );

const unsafe = (path: string): CliError =>
  new CliError('layout_file_unsafe', `${path} is a link, or no plain file; put the file itself there`);

const unreadable = (path: string, error: unknown): CliError =>
  new CliError('folder_unreadable', `${path}: ${error instanceof Error ? error.message : String(error)}`);
