/** npm run typecheck: every workspace. */
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { command } = await import('./setup/failure.ts');
const { install } = await import('./setup/install.ts');
const { typecheck } = await import('./test/typecheck.ts');

await command(async () => {
  await install();
  if (!(await typecheck())) process.exitCode = 1;
});
