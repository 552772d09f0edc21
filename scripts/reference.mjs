/** Writes docs/reference/, the API documents as pages; with --check: exit code 1 where one is not up to date. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { REFERENCES, renderReference } = await import('./reference/render.ts');
const { at } = await import('./setup/repository.ts');

const stale = [];
for (const name of /** @type {(keyof typeof REFERENCES)[]} */ (Object.keys(REFERENCES))) {
  const file = `docs/reference/${name}.md`;
  const text = renderReference(at(), name);
  if (!process.argv.includes('--check')) {
    mkdirSync(at('docs/reference'), { recursive: true });
    writeFileSync(at(file), text);
  } else if (!existsSync(at(file)) || readFileSync(at(file), 'utf8') !== text) stale.push(file);
}
if (stale.length > 0) {
  console.error(`Out of date, run npm run generate: ${stale.join(', ')}`);
  process.exit(1);
}
