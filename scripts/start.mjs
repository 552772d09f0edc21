/** npm start: the whole system on this machine. `-- --built` leaves installing and building to whoever did both. */
import { requireNode } from './setup/node-version.mjs';

requireNode();
const { command } = await import('./setup/failure.mjs');
const { start } = await import('./run/start.mjs');

await command(() => start({ built: process.argv.includes('--built') }));
