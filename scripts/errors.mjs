/** Writes docs/errors.md, the list of every error's stable code; with --check: exit code 1 where it is not up to date. */
import { readFileSync, writeFileSync } from 'node:fs';
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { renderProblems } = await import('./errors/render.ts');
const { messageOf } = await import('./setup/failure.ts');
const { at } = await import('./setup/repository.ts');

const file = at('docs/errors.md');
try {
  const text = renderProblems(at());
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) throw new Error('Out of date, run npm run generate: docs/errors.md');
} catch (error) {
  console.error(messageOf(error));
  process.exit(1);
}
