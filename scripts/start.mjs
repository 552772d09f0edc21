/**
 * npm start: the whole system on this machine. `--built` leaves installing and building to whoever did both; with
 * `--with-parent` it stops when its standard input ends, so that nothing outlives a test run that is killed.
 */
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { command } = await import('./setup/failure.ts');
const { start } = await import('./run/start.ts');

await command(() => start({ built: process.argv.includes('--built'), withParent: process.argv.includes('--with-parent') }));
