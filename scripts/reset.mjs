/** npm run reset: forgets everything below .data (layouts, widgets, views, sign-ins). */
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { rm, rmdir } = await import('node:fs/promises');
const { join } = await import('node:path');
const { codeOf, command, Failure } = await import('./setup/failure.ts');
const { holderOf } = await import('./run/claim.ts');
const { readSettings } = await import('./run/settings.ts');

const WRITTEN = ['registry', 'tracker', 'logs', 'bootstrap.json', 'published.json', 'demo-traffic.json', 'running.json'];

await command(async () => {
  const { data } = readSettings();
  const holder = await holderOf(data);
  if (holder) throw new Failure(`It is running (process ${holder.pid}): stop it first.`);
  // Only what a start writes: DATAMESH_DATA may name a folder that holds other things as well.
  for (const name of WRITTEN) await rm(join(data, name), { recursive: true, force: true });
  await rmdir(data).catch((error) => {
    if (!['ENOENT', 'ENOTEMPTY'].includes(String(codeOf(error)))) throw error;
  });
  console.log(`Cleared ${data}.`);
});
