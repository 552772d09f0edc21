/** npm run bench -w tracker: builds what is measured, and measures it. `-- --help` says what can be chosen. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { build } from 'esbuild';
import { underWantedNode } from '../../scripts/setup/node/bring.mjs';

await underWantedNode();
const { build: buildTracker } = await import('../build.mjs');
const at = (path) => new URL(path, import.meta.url).pathname;

/** Sources find what lies beside them, as if they ran from where they are. */
const whereTheyAre = {
  name: 'where-they-are',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@datamesh/') ? undefined : { path, external: true },
    );
    onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replaceAll('import.meta.dirname', JSON.stringify(dirname(path))),
      loader: 'ts',
    }));
  },
};

await buildTracker(at('../dist'));
await build({
  entryPoints: { main: at('main.ts') },
  outdir: at('dist'),
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  sourcemap: true,
  logLevel: 'error',
  plugins: [whereTheyAre],
});
const child = spawn(process.execPath, ['--enable-source-maps', at('dist/main.mjs'), ...process.argv.slice(2)], { stdio: 'inherit' });
child.once('close', (code) => {
  process.exitCode = code ?? 1;
});
