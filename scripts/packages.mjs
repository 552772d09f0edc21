/** npm run packages [-- folder]: packs what teams outside this repository install, one .tgz each, into .packages/ or the folder. */
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { at } = await import('./setup/repository.ts');
const { packPackages } = await import('./packages/pack.ts');

for (const file of await packPackages(process.argv[2] ?? at('.packages'))) console.log(file);
