/** Everything there is to build. A step: { name, output, inputs, isRemote?, run(sources) -> what its stamp says beside the hash }. */
import { existsSync } from 'node:fs';
import { at } from '../setup/repository.mjs';
import { bundleForNode } from './node-bundle.mjs';
import { runNode } from './program.mjs';
import { findRemotes } from './remotes.mjs';
import { workspaceFolders } from './sources.mjs';

const RSPACK = at('node_modules/@rspack/cli/bin/rspack.js');
const EVERYWHERE = ['package-lock.json', 'tsconfig.base.json'];
const PAGE = [...EVERYWHERE, 'rspack.config.base.ts', 'packages/rspack'];

/** The longest first, so that two at a time end together. */
export async function buildSteps() {
  return [
    {
      name: 'host',
      output: 'host/dist',
      inputs: [...PAGE, ...(await hostInputs('src', 'rspack.config.ts'))],
      run: () => runNode([RSPACK, 'build', '-c', 'host/rspack.config.ts'], { env: { NODE_ENV: 'production' } }),
    },
    {
      name: 'workbench',
      output: 'packages/cli/dist/workbench',
      inputs: [...PAGE, ...(await hostInputs('src', 'rspack.config.ts', 'workbench.config.ts'))],
      run: () => runNode([RSPACK, 'build', '-c', 'host/workbench.config.ts'], { env: { NODE_ENV: 'production' } }),
    },
    ...(await Promise.all((await findRemotes()).map(remoteStep))),
    await trackerStep(),
    await nodeStep('registry-api', 'registry-api', 'registry-api/dist', {
      main: 'registry-api/src/main.ts',
      // Run in threads: src/workers/pool.ts finds them by these names.
      publishing: 'registry-api/src/workers/publishing.ts',
      settings: 'registry-api/src/workers/settings.ts',
    }),
    {
      name: 'host edge',
      output: 'host/dist-server',
      inputs: [...EVERYWHERE, ...(await hostInputs('server'))],
      run: () => bundleForNode('host/dist-server', { main: 'host/server/main.ts' }),
    },
    await nodeStep('datamesh (CLI)', 'packages/cli', 'packages/cli/dist', {
      main: 'packages/cli/src/main.ts',
      index: 'packages/cli/src/index.ts',
    }),
    await nodeStep('sidecar', 'packages/sidecar', 'packages/sidecar/dist', {
      main: 'packages/sidecar/src/main.ts',
      'publish-once': 'packages/sidecar/src/publish-once.ts',
      'serve-files': 'packages/sidecar/src/serve-files.ts',
    }),
    {
      name: 'demo data',
      output: 'host/dist-data',
      inputs: [...EVERYWHERE, 'host/data'],
      run: () => runNode([at('host/data/build.mjs')]),
    },
  ];
}

/** The page and the edge lie in one workspace: each is built for its own half only. */
async function hostInputs(...halves) {
  const used = (await workspaceFolders('host')).filter((folder) => folder !== 'host');
  return ['host/package.json', ...halves.map((half) => `host/${half}`), ...used];
}

/** A development build is a version of its own for every state of the sources, so that publishing it is never a conflict. */
async function remoteStep({ name, folder, version, fault }) {
  return {
    name,
    isRemote: true,
    output: `${folder}/dist`,
    inputs: [...PAGE, ...(fault ? [folder] : await workspaceFolders(folder))],
    run: async (sources) => {
      if (fault) throw new Error(fault);
      const stamped = `${version}-dev.${sources.slice(0, 12)}`;
      await runNode([RSPACK, 'build'], { cwd: at(folder), env: { NODE_ENV: 'production', WIDGET_VERSION: stamped } });
      return { version: stamped };
    },
  };
}

async function nodeStep(name, workspace, output, entries) {
  return { name, output, inputs: [...EVERYWHERE, ...(await workspaceFolders(workspace))], run: () => bundleForNode(output, entries) };
}

/** The tracker builds more than a service: its client script as well. */
async function trackerStep() {
  const step = await nodeStep('tracker', 'tracker', 'tracker/dist', { main: 'tracker/src/main.ts' });
  return existsSync(at('tracker/build.mjs')) ? { ...step, run: () => runNode([at('tracker/build.mjs')]) } : step;
}
