/** Writes the tables of settings into their documents, between two marks; with --check: exit code 1 where one is not up to date. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderSettings } from './settings';

const BEGIN = '<!-- settings: written by npm run generate -->';
const END = '<!-- end of settings -->';

const stale: string[] = [];
for (const [path, tables] of Object.entries(renderSettings())) {
  const file = join(import.meta.dirname, '../..', path);
  const text = readFileSync(file, 'utf8');
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`${path} has no ${BEGIN} … ${END}`);
  const written = `${before}${BEGIN}\n\n${tables}\n\n${END}${after}`;
  if (written === text) continue;
  stale.push(path);
  if (!process.argv.includes('--check')) writeFileSync(file, written);
}
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`Out of date, run npm run generate: ${stale.join(', ')}`);
  process.exit(1);
}
