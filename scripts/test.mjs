/** npm test: sets itself up (dependencies, build, a browser), then everything; ends with `N passed, N failed`. */
import { requireNode } from './setup/node-version.mjs';

requireNode();
const { build } = await import('./build/build.mjs');
const { runNode } = await import('./build/program.mjs');
const { findBrowser } = await import('./setup/browser.mjs');
const { Failure } = await import('./setup/failure.mjs');
const { install } = await import('./setup/install.mjs');
const { at } = await import('./setup/repository.mjs');
const { Tally } = await import('./test/tally.mjs');
const { typecheck } = await import('./test/typecheck.mjs');
const { runProject } = await import('./test/vitest.mjs');

const tally = new Tally();

/** What the work resolves to, or true; false when it threw, which counts as a failure. */
async function part(title, work) {
  const since = performance.now();
  console.log(`\n== ${title}`);
  try {
    return (await work()) ?? true;
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error);
    tally.check(false);
    return false;
  } finally {
    console.log(`== ${title}: ${((performance.now() - since) / 1000).toFixed(0)} s`);
  }
}

const node = (args) =>
  runNode(args).then(
    () => true,
    (error) => {
      console.error(error.message);
      return false;
    },
  );

const installed = await part('install', install);
if (installed) {
  await part('lint', async () => tally.check(await node([at('node_modules/@biomejs/biome/bin/biome'), 'ci', '--colors=off', '.'])));
  await part('generated contracts', async () => tally.check(await node([at('packages/contracts/generate.mjs'), '--check'])));
  await part('types', async () => tally.check(await typecheck()));
  // Before the unit suites: some of them start what was built.
  const built = await part('build', build);
  await part('unit and contract suites', async () => tally.add(await runProject('unit')));
  const browser = built && (await part('browser', findBrowser));
  if (browser) await part('journeys', async () => tally.add(await runProject('e2e', { CHROMIUM_PATH: browser })));
}

const { line, code } = tally.result(process.env.CI === 'true');
console.log(`\n${line}`);
process.exitCode = code;
