/** npm run cluster:down: ends what npm run cluster:up has started. */
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { command } = await import('./setup/failure.mjs');
const { down } = await import('./cluster/up.mjs');

await command(down);
