/** npm run cluster:up: Kubernetes, Argo CD and the product on this machine, until Ctrl-C or npm run cluster:down. */
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { command } = await import('./setup/failure.ts');
const { up } = await import('./cluster/up.ts');

await command(up);
