/** npm run typecheck: every workspace. */
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { command } = await import('./setup/failure.mjs');
const { install } = await import('./setup/install.mjs');
const { typecheck } = await import('./test/typecheck.mjs');

await command(async () => {
  await install();
  if (!(await typecheck())) process.exitCode = 1;
});
