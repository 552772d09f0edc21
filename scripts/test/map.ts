/** Arguments for Node: what checks the map of the house, and what is written about it. */
import { at } from '../setup/repository.ts';

/** Who may import whom: `.dependency-cruiser.mjs`. */
export const IMPORTS = [
  at('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
  '--config',
  at('.dependency-cruiser.mjs'),
  ...['packages', 'registry-api', 'tracker', 'host', 'remotes', 'scripts', 'tools', 'e2e', 'bench'],
];

/** Files, exports and dependencies that nobody uses: `knip.json`. */
export const UNUSED = [at('node_modules/knip/bin/knip.js'), '--no-config-hints'];

/** Whether the documents' links lead somewhere, and the tests that they name are there. */
export const DOCUMENTS = [at('scripts/docs.ts')];
