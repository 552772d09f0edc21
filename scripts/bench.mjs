/**
 * npm run bench: measures the built system and writes docs/figures.md. With `-- --growth`: what a large store costs against a small one. With
 * `-- --tracker`: the tracker by itself, into docs/figures-tracker.md; `-- --tracker --help` lists its parts.
 */
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { build } = await import('./build/build.ts');
const { bundleForNode, whereTheyAre } = await import('./build/node-bundle.ts');
const { runNode } = await import('./build/program.ts');
const { findBrowser } = await import('./setup/browser.ts');
const { command } = await import('./setup/failure.ts');
const { install } = await import('./setup/install.ts');
const { at } = await import('./setup/repository.ts');

await command(async () => {
  await install();
  await build();
  // Bundled rather than run by tsx: functions that run in the page must come out as they were written.
  const asked = process.argv.slice(2);
  const part = ['growth', 'tracker'].find((name) => asked.includes(`--${name}`));
  const source = part === undefined ? 'bench/src/main.ts' : `bench/src/${part}/main.ts`;
  await bundleForNode('bench/dist', { [part ?? 'main']: source }, [whereTheyAre]);
  const options = asked.filter((option) => option !== `--${part}`);
  const program = [at(`bench/dist/${part ?? 'main'}.mjs`), ...options];
  console.log(await runNode(['--enable-source-maps', ...program], { env: part ? {} : { CHROMIUM_PATH: await findBrowser() } }));
});
