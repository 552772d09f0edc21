/** npm run map: who imports whom against the rules, and what nobody uses; exit code 1 where something is wrong. */
import { runNode } from './build/program.mjs';
import { underWantedNode } from './setup/node/bring.mjs';
import { IMPORTS, UNUSED } from './test/map.mjs';

await underWantedNode();
for (const check of [IMPORTS, UNUSED]) await runNode(check);
