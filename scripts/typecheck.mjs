/** npm run typecheck: every workspace. */
import { requireNode } from './setup/node-version.mjs';

requireNode();
const { command } = await import('./setup/failure.mjs');
const { install } = await import('./setup/install.mjs');
const { typecheck } = await import('./test/typecheck.mjs');

await command(async () => {
  await install();
  if (!(await typecheck())) process.exitCode = 1;
});
