/** Tests that a document cites for what it says: `path/to/some.test.ts` › "its name", "another one of that file". */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Document } from './documents.ts';

/** One line for each test that is not there. */
export function missingTests(root: string, { path, text }: Document): string[] {
  const plain = text.replace(/\s+/g, ' ');
  const missing: string[] = [];
  let file: string | undefined;
  let end = -1;
  for (const found of plain.matchAll(/`([^`\s*]+\/[^`\s*]+\.(?:test|e2e)\.ts)`|"([^"]+)"/g)) {
    const [all, named, quoted] = found;
    const before = plain.slice(0, found.index);
    if (named !== undefined) {
      file = named;
      if (!existsSync(join(root, file))) missing.push(`${path}: there is no ${file}`);
      continue;
    }
    if (!before.endsWith('› ') && !(end >= 0 && plain.slice(end, found.index) === ', ')) continue;
    end = found.index + all.length;
    if (
      file !== undefined &&
      quoted !== undefined &&
      existsSync(join(root, file)) &&
      !readFileSync(join(root, file), 'utf8').includes(quoted)
    )
      missing.push(`${path}: ${file} has no test “${quoted}”`);
  }
  return missing;
}
