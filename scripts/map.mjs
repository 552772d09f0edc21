/** npm run map: who imports whom against the rules, what nobody uses, and what documents name that is not there; exit code 1 where something is wrong. */
import { runNode } from './build/program.mjs';
import { underWantedNode } from './setup/node/bring.mjs';
import { DOCUMENTS, IMPORTS, UNUSED } from './test/map.mjs';

await underWantedNode();
for (const check of [IMPORTS, UNUSED, DOCUMENTS]) await runNode(check);
