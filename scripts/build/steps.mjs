/** Everything there is to build. A step: { name, output, inputs, isRemote?, run(sources) -> what its stamp says beside the hash }. */
import { cp } from 'node:fs/promises';
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
      inputs: [...PAGE, ...(await hostInputs('src', 'rspack.config.ts', 'server/compression.ts'))],
      run: () => runNode([RSPACK, 'build', '-c', 'host/rspack.config.ts'], { env: { NODE_ENV: 'production' } }),
    },
    {
      name: 'workbench',
      output: 'packages/cli/dist/workbench',
      inputs: [...PAGE, ...(await hostInputs('src', 'rspack.config.ts', 'server/compression.ts', 'workbench.config.ts'))],
      run: () => runNode([RSPACK, 'build', '-c', 'host/workbench.config.ts'], { env: { NODE_ENV: 'production' } }),
    },
    ...(await Promise.all((await findRemotes()).map((remote) => remoteStep(remote)))),
    ...(await Promise.all(services.map(serviceStep))),
    await nodeStep('datamesh (CLI)', 'packages/cli', 'packages/cli/dist', {
      main: 'packages/cli/src/main.ts',
      index: 'packages/cli/src/index.ts',
    }),
    await nodeStep('sidecar', 'packages/sidecar', 'packages/sidecar/dist', {
      main: 'packages/sidecar/src/main.ts',
      'publish-once': 'packages/sidecar/src/publish-once.ts',
      'serve-files': 'packages/sidecar/src/serve-files.ts',
    }),
    demoDataStep('host/dist-data'),
  ];
}

/** What development has built as a build does, in folders of its own; services and the page it builds by itself, and again. */
export async function developmentSteps(builtAt) {
  return [
    ...(await Promise.all((await findRemotes()).map((remote) => developmentRemoteStep(remote, builtAt)))),
    // What publishes.
    await nodeStep('datamesh (CLI)', 'packages/cli', builtAt('packages/cli/dist'), { index: 'packages/cli/src/index.ts' }),
    demoDataStep(builtAt('host/dist-data')),
  ];
}

/** The three services: { name, output, inputs() -> files and folders, bundle(folder) }. */
export const services = [
  {
    name: 'tracker',
    output: 'tracker/dist',
    inputs: () => workspaceFolders('tracker'),
    // More than a service: its client script as well.
    bundle: (folder) => runNode([at('tracker/build.mjs'), at(folder)]),
  },
  {
    name: 'registry-api',
    output: 'registry-api/dist',
    inputs: () => workspaceFolders('registry-api'),
    bundle: (folder) =>
      bundleForNode(folder, {
        main: 'registry-api/src/main.ts',
        // Run in threads: src/workers/pool.ts finds them by these names.
        publishing: 'registry-api/src/workers/publishing.ts',
        settings: 'registry-api/src/workers/settings.ts',
      }),
  },
  {
    name: 'host edge',
    output: 'host/dist-server',
    inputs: () => hostInputs('server'),
    bundle: (folder, main = 'host/server/main.ts') => bundleForNode(folder, { main }),
  },
];

const serviceStep = async ({ name, output, inputs, bundle }) => ({
  name,
  output,
  inputs: [...EVERYWHERE, ...(await inputs())],
  run: () => bundle(output),
});

const demoDataStep = (output) => ({
  name: 'demo data',
  output,
  inputs: [...EVERYWHERE, 'host/data'],
  run: () => runNode([at('host/data/build.mjs'), at(output)]),
});

/** The page and the edge lie in one workspace: each is built for its own half only. */
async function hostInputs(...halves) {
  const used = (await workspaceFolders('host')).filter((folder) => folder !== 'host');
  return ['host/package.json', ...halves.map((half) => `host/${half}`), ...used];
}

/** A development build is a version of its own for every state of the sources, so that publishing it is never a conflict. */
async function remoteStep({ name, folder, version, fault }, output = `${folder}/dist`, env = {}) {
  return {
    name,
    isRemote: true,
    output,
    inputs: [...PAGE, ...(fault ? [folder] : await workspaceFolders(folder))],
    run: async (sources) => {
      if (fault) throw new Error(fault);
      const stamped = `${version}-dev.${sources.slice(0, 12)}`;
      await runNode([RSPACK, 'build'], {
        cwd: at(folder),
        env: { NODE_ENV: 'production', WIDGET_VERSION: stamped, WIDGET_OUT: at(output), ...env },
      });
      return { version: stamped };
    },
  };
}

/** With source maps, and beside it what else is packed: widget.json, its pictures. */
export async function developmentRemoteStep(remote, builtAt) {
  const folder = builtAt(remote.folder);
  const step = await remoteStep(remote, `${folder}/dist`, { WIDGET_SOURCE_MAPS: 'inline' });
  return {
    ...step,
    run: async (sources) => {
      const stamp = await step.run(sources);
      const rest = (path) => !/[\\/](dist|src|node_modules)$/.test(path);
      await cp(at(remote.folder), at(folder), { recursive: true, filter: rest });
      return stamp;
    },
  };
}

async function nodeStep(name, workspace, output, entries) {
  return { name, output, inputs: [...EVERYWHERE, ...(await workspaceFolders(workspace))], run: () => bundleForNode(output, entries) };
}
