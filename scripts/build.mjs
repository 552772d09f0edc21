/** npm run build: what changed only; `-- --all` everything, `-- --only FOLDER` what is built into that folder. */
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { command } = await import('./setup/failure.ts');
const { install } = await import('./setup/install.ts');
const { build, clean } = await import('./build/build.ts');

await command(async () => {
  await install();
  if (process.argv.includes('--all')) await clean();
  const only = process.argv.indexOf('--only');
  await build(only === -1 ? {} : { only: process.argv[only + 1] });
});
