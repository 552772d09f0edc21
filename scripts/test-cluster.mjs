/** npm run test:cluster: the product on a real Kubernetes and Argo CD, everything installed that this takes; ends with `N passed, N failed`. */
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { build } = await import('./build/build.ts');
const { findBrowser } = await import('./setup/browser.ts');
const { clusterTools } = await import('./setup/cluster-tools.ts');
const { install } = await import('./setup/install.ts');
const { runCluster } = await import('./test/cluster.ts');
const { Parts } = await import('./test/parts.ts');

const run = new Parts();
if ((await run.part('install', install)) && (await run.part('build', build))) {
  const browser = await run.part('browser', findBrowser);
  const tools = browser && (await run.part('Kubernetes, Argo CD and containerd', clusterTools));
  if (tools) await run.suite('cluster', () => runCluster({ tools, browser }));
}
run.finish();
