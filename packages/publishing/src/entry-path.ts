/** Which paths an archive may name. They become URLs and keys, so their alphabet is small. */
import { limits } from './limits';
import { refused } from './refusal';

/** Letters, digits and a few marks; no segment starts with a dot, so there is neither `..` nor a hidden file. */
const segment = /^[A-Za-z0-9_@+~,=-][A-Za-z0-9_@+~,=.-]*$/;

/** The path without `./` in front, or null for the root folder itself. */
export function checkPath(given: string, isDirectory: boolean): string | null {
  const shown = JSON.stringify(given.slice(0, limits.path));
  const unsafe = (why: string) => refused('path_unsafe', `The entry ${shown} ${why}`);
  if (given.length > limits.path) throw unsafe(`has a path of more than ${limits.path} characters`);
  if (given.startsWith('/') || /^[A-Za-z]:/.test(given)) throw unsafe('has an absolute path');
  if (given.includes('\\')) throw unsafe('has a backslash in its path');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
  if (/[\u0000-\u001f\u007f]/.test(given)) throw unsafe('has a control character in its path');
  const path = (given.startsWith('./') ? given.slice(2) : given).replace(isDirectory ? /\/$/ : /$^/, '');
  if (isDirectory && (path === '' || path === '.')) return null;
  const segments = path.split('/');
  if (segments.includes('..')) throw unsafe('leaves the archive');
  if (!segments.every((part) => segment.test(part))) {
    throw unsafe('has a path with an empty or hidden part, or with characters other than letters, digits and _ @ + ~ , = . -');
  }
  return path;
}

/** No path twice, none that differs only in case (one file on some file systems), none that is a file and a folder. */
export class PathsSoFar {
  #files = new Map<string, string>();
  #folders = new Set<string>();

  add(path: string): void {
    const key = path.toLowerCase();
    const other = this.#files.get(key);
    if (other === path) throw refused('path_duplicate', `${path} is in the tarball twice`);
    if (other !== undefined) throw refused('path_duplicate', `${other} and ${path} differ only in case`);
    const folders = foldersOf(key);
    const file = folders.find((folder) => this.#files.has(folder));
    if (file !== undefined || this.#folders.has(key)) throw refused('path_duplicate', `${path} makes one name a file and a folder`);
    this.#files.set(key, path);
    for (const folder of folders) this.#folders.add(folder);
  }
}

function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
