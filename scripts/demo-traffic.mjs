/** npm run demo:traffic: a month of made-up visits through the tracker's real front door. Never run by anything but a person. */
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { command } = await import('./setup/failure.ts');
const { run } = await import('./demo/traffic/run.ts');

await command(() => run(process.argv.slice(2)));
