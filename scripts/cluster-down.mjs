/** npm run cluster:down: ends what npm run cluster:up has started. */
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { command } = await import('./setup/failure.ts');
const { down } = await import('./cluster/up.ts');

await command(down);
