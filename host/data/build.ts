/**
 * Writes the two demo data sources from the files of the vega-datasets package (its own loaders would fetch from a CDN):
 * `node host/data/build.ts [folder]`, by default host/dist-data. Node builtins only.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { markets } from './markets.ts';
import { operations } from './operations.ts';

const out = resolve(process.argv[2] ?? join(import.meta.dirname, '../dist-data'));
// The package exports only its loader, build/index.js; the files lie beside that folder.
const data = join(dirname(fileURLToPath(import.meta.resolve('vega-datasets'))), '../data');
const read = (file: string): string => readFileSync(join(data, file), 'utf8');

const sources = {
  markets: markets({ stocks: read('stocks.csv'), sp500: read('sp500.csv') }),
  operations: operations({ airports: read('airports.csv'), flights: read('flights-airport.csv') }),
};

// A build that fails half-way leaves the last whole one in place.
const fresh = `${out}.new`;
rmSync(fresh, { recursive: true, force: true });
for (const [source, files] of Object.entries(sources)) {
  for (const [path, content] of files) {
    const file = join(fresh, source, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(content));
  }
}
rmSync(out, { recursive: true, force: true });
renameSync(fresh, out);
console.log(
  `data: ${Object.entries(sources)
    .map(([name, files]) => `${name} (${files.size} files)`)
    .join(', ')}`,
);
