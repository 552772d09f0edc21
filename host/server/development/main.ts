import { resolve } from 'node:path';
import { runEdge } from '../run';
import { createDevelopmentApp } from './app';
import { Builds } from './builds';

/** scripts/dev/folders.ts: this bundle lies in .cache/dev/host/dist-server. */
const STATE = resolve(import.meta.dirname, '../../state');

await runEdge(process.env, async (base, { assets }) => {
  const builds = new Builds(STATE, assets, base.log);
  await builds.follow();
  return createDevelopmentApp(base, builds, assets);
});
