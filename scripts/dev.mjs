/**
 * npm run dev: the whole system from its sources, and again whatever of it changes. With `--with-parent` it stops when its standard input
 * ends, so that nothing outlives a test run that is killed.
 */
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { command } = await import('./setup/failure.ts');
const { dev } = await import('./dev/dev.ts');

await command(() => dev({ withParent: process.argv.includes('--with-parent') }));
