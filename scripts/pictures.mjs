/**
 * npm run pictures: docs/pictures, of every page and state in both themes and on a phone, out of the journey that looks at all of them, and of what takes
 * several people, a printer or another language out of the journeys of those.
 */
import { rm } from 'node:fs/promises';
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { build } = await import('./build/build.ts');
const { findBrowser } = await import('./setup/browser.ts');
const { command } = await import('./setup/failure.ts');
const { install } = await import('./setup/install.ts');
const { at } = await import('./setup/repository.ts');
const { runNode } = await import('./build/program.ts');

const FOLDER = 'docs/pictures';
const JOURNEYS = [
  ...['accessibility', 'administration', 'audit-broken', 'command-palette', 'conflict', 'deployments', 'editing', 'history', 'kiosk'],
  ...['languages', 'layout-files', 'library', 'notifications', 'phone', 'presence', 'print', 'pull', 'sharing', 'wires'],
];

await command(async () => {
  await install();
  await build();
  const browser = await findBrowser();
  await rm(at(FOLDER), { recursive: true, force: true });
  const env = { CHROMIUM_PATH: browser, PICTURES: FOLDER };
  await runNode(
    [at('node_modules/vitest/vitest.mjs'), 'run', '--project', 'e2e', ...JOURNEYS.map((name) => `e2e/journeys/${name}.e2e.ts`)],
    { env },
  );
});
