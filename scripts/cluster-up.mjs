/** npm run cluster:up: Kubernetes, Argo CD and the product on this machine, until Ctrl-C or npm run cluster:down. */
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { command } = await import('./setup/failure.mjs');
const { up } = await import('./cluster/up.mjs');

await command(up);
