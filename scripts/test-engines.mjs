/** npm run test:engines: the tracker on a real Kafka and a real Apache Pinot, everything installed that this takes; ends with `N passed, N failed`. */
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { build } = await import('./build/build.mjs');
const { findBrowser } = await import('./setup/browser.mjs');
const { install } = await import('./setup/install.mjs');
const { Parts } = await import('./test/parts.mjs');
const { runProject } = await import('./test/vitest.mjs');

const run = new Parts();
if ((await run.part('install', install)) && (await run.part('build', build))) {
  const browser = await run.part('browser', findBrowser);
  if (browser) await run.suite('engines', () => runProject('engines', { CHROMIUM_PATH: browser }));
}
run.finish();
