/** Bundles the service, its command line and the script for web pages: `node tracker/build.ts [folder]`, by default tracker/dist. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { nodeProgram } from '../scripts/build/node-bundle.ts';

const here = (path: string): string => new URL(path, import.meta.url).pathname;
const SCRIPT_LIMIT = 1536;

/** The script for web pages; returns its size as it travels. */
async function buildScript(outfile: string): Promise<number> {
  await esbuild.build({
    entryPoints: [here('src/client/tracker.ts')],
    outfile,
    bundle: true,
    minify: true,
    // It is one function that calls itself: nothing of it is anybody else's, as a script and as a module.
    format: 'esm',
    target: 'es2021',
    legalComments: 'none',
  });
  const size = gzipSync(readFileSync(outfile), { level: 9 }).length;
  if (size > SCRIPT_LIMIT) throw new Error(`tracker.js is ${size} bytes gzipped, more than ${SCRIPT_LIMIT}`);
  return size;
}

/** The program of a sink's process alone, for tests that start the rest from its sources. */
export async function buildSink(outfile: string): Promise<void> {
  await esbuild.build({ ...nodeProgram, entryPoints: [here(SINK)], outfile });
}

const SINK = 'src/sinks/process/main.ts';

/** -> bytes of the script for web pages, as it travels. */
export async function build(outdir: string): Promise<number> {
  await esbuild.build({
    ...nodeProgram,
    entryPoints: { main: here('src/main.ts'), cli: here('src/cli.ts'), sink: here(SINK) },
    outdir,
    outExtension: { '.js': '.mjs' },
    sourcemap: true,
    banner: { js: `#!/usr/bin/env node\n${nodeProgram.banner.js}` },
  });
  return buildScript(`${outdir}/tracker.js`);
}

if (process.argv[1] === here('build.ts')) {
  const size = await build(process.argv[2] ?? here('dist'));
  console.log(`tracker: main.mjs, sink.mjs, cli.mjs, tracker.js (${size} bytes gzipped)`);
}
