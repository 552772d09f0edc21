/** npm run bench: measures the built system and writes docs/figures.md. With `-- --growth`: what a large store costs against a small one. */
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { build } = await import('./build/build.mjs');
const { bundleForNode } = await import('./build/node-bundle.mjs');
const { runNode } = await import('./build/program.mjs');
const { findBrowser } = await import('./setup/browser.mjs');
const { command } = await import('./setup/failure.mjs');
const { install } = await import('./setup/install.mjs');
const { at } = await import('./setup/repository.mjs');

await command(async () => {
  await install();
  await build();
  // Bundled rather than run by tsx: functions that run in the page must come out as they were written.
  await bundleForNode('bench/dist', { main: 'bench/src/main.ts', growth: 'bench/src/growth/main.ts' });
  if (process.argv.includes('--growth')) console.log(await runNode([at('bench/dist/growth.mjs')]));
  else console.log(await runNode([at('bench/dist/main.mjs'), ...process.argv.slice(2)], { env: { CHROMIUM_PATH: await findBrowser() } }));
});
