/** npm test: sets itself up (dependencies, build, a browser), then everything; ends with `N passed, N failed`. */
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { build } = await import('./build/build.ts');
const { findBrowser } = await import('./setup/browser.ts');
const { install } = await import('./setup/install.ts');
const { at } = await import('./setup/repository.ts');
const { ClusterAhead, runCluster } = await import('./test/cluster.ts');
const { DOCUMENTS, IMPORTS, UNUSED } = await import('./test/map.ts');
const { Parts } = await import('./test/parts.ts');
const { typecheck } = await import('./test/typecheck.ts');
const { runProject } = await import('./test/vitest.ts');

const run = new Parts();
if (await run.part('install', install)) {
  // Built while the rest runs: Kubernetes and Argo CD, from nothing once on a machine.
  const cluster = new ClusterAhead(process.env.DATAMESH_TEST_MINUTES);
  await run.check('lint', () => run.program([at('node_modules/@biomejs/biome/bin/biome'), 'ci', '--colors=off', '.']));
  await run.check('generated contracts', () => run.program([at('packages/contracts/generate.ts'), '--check']));
  await run.check('list of errors', () => run.program([at('scripts/errors.mjs'), '--check']));
  await run.check('reference of the APIs', () => run.program([at('scripts/reference.mjs'), '--check']));
  await run.check('tables of settings', () => run.program(['--import', 'tsx', at('tools/documents/write-settings.ts'), '--check']));
  await run.check('texts and translations', () => run.program([at('scripts/messages.mjs'), '--check']));
  await run.check('map', () => run.program(IMPORTS));
  await run.check('nothing unused', () => run.program(UNUSED));
  await run.check('documents', () => run.program(DOCUMENTS));
  await run.check('types', typecheck);
  await run.suite('unit suites', () => runProject('unit'));
  const browser = await run.part('browser', findBrowser);
  if (browser) await run.suite('rooms of the page', () => runProject('browser', { CHROMIUM_PATH: browser }));
  // Before what starts what was built.
  const built = await run.part('build', build);
  await run.suite('integration suites', () => runProject('integration'));
  if (built && browser) {
    await run.suite('journeys', () => runProject('e2e', { CHROMIUM_PATH: browser }));
    await run.suite('engines', () => runProject('engines', { CHROMIUM_PATH: browser }));
    const tools = await run.part('Kubernetes and Argo CD', () => cluster.tools());
    if (tools) await run.suite('a remote on Kubernetes', () => runCluster({ tools, browser }));
  }
  cluster.abandon();
}
run.finish();
