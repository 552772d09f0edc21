/**
 * Writes the catalogs of the page's texts (host/src/language), and says which texts have no translation yet; with --check: exit code 1 where
 * they are not up to date, or not complete.
 */
import { writeFileSync } from 'node:fs';
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { currentCatalogs, read } = await import('./messages/catalogs.ts');
const { messageOf } = await import('./setup/failure.ts');
const { ROOT } = await import('./setup/repository.ts');
const { relative } = await import('node:path');

try {
  const { files, missing } = await currentCatalogs();
  const stale = [...files].filter(([file, text]) => read(file) !== text);
  if (!process.argv.includes('--check')) for (const [file, text] of stale) writeFileSync(file, text);
  else if (stale.length > 0)
    throw new Error(`Out of date, run npm run generate: ${stale.map(([file]) => relative(ROOT, file)).join(', ')}`);
  if (missing.length > 0)
    throw new Error(
      `Not translated yet (fill the empty msgstr in host/src/language/catalogs/<language>.po, then npm run generate):\n${missing.join('\n')}`,
    );
} catch (error) {
  console.error(messageOf(error));
  process.exit(1);
}
