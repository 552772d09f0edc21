/**
 * npm run test:engines, test:zoo: one of vitest's projects that is no part of npm test, with everything installed that it takes; ends with
 * `N passed, N failed`. engines: the tracker on a real Kafka and a real Apache Pinot; zoo: elements of other makers.
 */
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { build } = await import('./build/build.ts');
const { findBrowser } = await import('./setup/browser.ts');
const { install } = await import('./setup/install.ts');
const { Parts } = await import('./test/parts.ts');
const { runProject } = await import('./test/vitest.ts');

const [project = ''] = process.argv.slice(2);
const run = new Parts();
if ((await run.part('install', install)) && (await run.part('build', build))) {
  const browser = await run.part('browser', findBrowser);
  if (browser) await run.suite(project, () => runProject(project, { CHROMIUM_PATH: browser }));
}
run.finish();
