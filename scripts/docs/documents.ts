/** The documents that people read: Markdown at the root, in docs/, .github/ and .changeset/. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** `path`: from the root, with slashes. */
export interface Document {
  path: string;
  text: string;
}

export function documentsIn(root: string): Document[] {
  const files = ['.', 'docs', '.github', '.changeset'].flatMap((folder) => markdownIn(join(root, folder), folder !== '.'));
  return files.map((file) => ({ path: relative(root, file).split(sep).join('/'), text: readFileSync(file, 'utf8') }));
}

function markdownIn(folder: string, recursive: boolean): string[] {
  return readdirSync(folder, { recursive, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
