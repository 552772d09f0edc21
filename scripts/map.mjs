/** npm run map: who imports whom against the rules, what nobody uses, and what documents name that is not there; exit code 1 where something is wrong. */
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { runNode } = await import('./build/program.ts');
const { DOCUMENTS, IMPORTS, UNUSED } = await import('./test/map.ts');

for (const check of [IMPORTS, UNUSED, DOCUMENTS]) await runNode(check);
