/** npm run bench: measures the built system and writes docs/figures.md. */
import { requireNode } from './setup/node-version.mjs';

requireNode();
const { build } = await import('./build/build.mjs');
const { runNode } = await import('./build/program.mjs');
const { findBrowser } = await import('./setup/browser.mjs');
const { command } = await import('./setup/failure.mjs');
const { install } = await import('./setup/install.mjs');
const { at } = await import('./setup/repository.mjs');

await command(async () => {
  await install();
  await build();
  console.log(
    await runNode([at('node_modules/tsx/dist/cli.mjs'), at('bench/src/main.ts')], { env: { CHROMIUM_PATH: await findBrowser() } }),
  );
});
