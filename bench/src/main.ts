/** npm run bench: measures the built system and writes docs/figures.md. Figures compare two things in one run where they can. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from './figure';
import { HELP, readOptions } from './options';
import { alone, closeProduct, inBrowser, openProduct } from './parts';
import { comparison, markdown, type Run, runOf } from './report';
import { ROOT } from './service';

if (process.argv.includes('--help')) {
  console.log(HELP);
  process.exit();
}
const options = readOptions(process.argv.slice(2), [...Object.keys(inBrowser), ...Object.keys(alone)]);
const isWanted = ([name]: [string, unknown]): boolean => options.only.length === 0 || options.only.includes(name);
// Read first: what is not there must not be found out after ten minutes of measuring.
const before = options.against ? (JSON.parse(readFileSync(options.against, 'utf8')) as Run) : undefined;
const figures: Figure[] = [];

const pages = Object.entries(inBrowser).filter(isWanted);
if (pages.length > 0) {
  const product = await openProduct();
  try {
    for (const [, measure] of pages) figures.push(...(await measure(product, options)));
  } finally {
    await closeProduct(product);
  }
}
for (const [, measure] of Object.entries(alone).filter(isWanted)) figures.push(...(await measure(options)));

const run = runOf(figures, new Date());
const report = markdown(run);
if (options.only.length === 0) writeFileSync(join(ROOT, 'docs/figures.md'), report);
if (options.json) writeFileSync(options.json, `${JSON.stringify(run, null, 2)}\n`);
console.log(before ? comparison(before, run) : report);
