/** Everything there is to build. */
import { cp } from 'node:fs/promises';
import { at } from '../setup/repository.ts';
import { bundleForNode, bundleSmall } from './node-bundle.ts';
import { runNode } from './program.ts';
import { type BrokenRemote, findRemotes, type Remote } from './remotes.ts';
import { workspaceFolders } from './sources.ts';

const RSPACK = at('node_modules/@rspack/cli/bin/rspack.js');
/** What each part is made with: how it is built as well, or a changed way of building would leave what the earlier one made. */
const EVERYWHERE = ['package-lock.json', 'tsconfig.base.json', 'scripts/build'];
const PAGE = [...EVERYWHERE, 'rspack.config.base.ts', 'packages/rspack'];

export interface Step {
  name: string;
  /** A folder. */
  output: string;
  /** Files and folders. */
  inputs: string[];
  isRemote?: boolean;
  /** Is given the hash of its inputs; an object is what its stamp says beside that. */
  run(sources: string): Promise<unknown>;
}

/** Where what belongs at a path of the repository is built. */
export type BuiltAt = (path: string) => string;

/** The longest first, so that two at a time end together. */
export async function buildSteps(): Promise<Step[]> {
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
    await sidecarStep(),
    demoDataStep('host/dist-data'),
  ];
}

/** What development has built as a build does, in folders of its own; services and the page it builds by itself, and again. */
export async function developmentSteps(builtAt: BuiltAt): Promise<Step[]> {
  return [
    ...(await Promise.all((await findRemotes()).map((remote) => developmentRemoteStep(remote, builtAt)))),
    // What publishes.
    await nodeStep('datamesh (CLI)', 'packages/cli', builtAt('packages/cli/dist'), { index: 'packages/cli/src/index.ts' }),
    demoDataStep(builtAt('host/dist-data')),
  ];
}

interface Service {
  name: string;
  output: string;
  /** Files and folders. */
  inputs(): Promise<string[]>;
  /** Into the folder; `main`: another program than its own. */
  bundle(folder: string, main?: string): Promise<unknown>;
}

export const services: readonly Service[] = [
  {
    name: 'tracker',
    output: 'tracker/dist',
    inputs: () => workspaceFolders('tracker'),
    // More than a service: its client script as well.
    bundle: (folder) => runNode([at('tracker/build.ts'), at(folder)]),
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

const serviceStep = async ({ name, output, inputs, bundle }: Service): Promise<Step> => ({
  name,
  output,
  inputs: [...EVERYWHERE, ...(await inputs())],
  run: () => bundle(output),
});

const demoDataStep = (output: string): Step => ({
  name: 'demo data',
  output,
  inputs: [...EVERYWHERE, 'host/data'],
  run: () => runNode([at('host/data/build.ts'), at(output)]),
});

/** The page and the edge lie in one workspace: each is built for its own half only. */
async function hostInputs(...halves: string[]): Promise<string[]> {
  const used = (await workspaceFolders('host')).filter((folder) => folder !== 'host');
  return ['host/package.json', ...halves.map((half) => `host/${half}`), ...used];
}

interface RemoteStep extends Step {
  run(sources: string): Promise<{ version: string }>;
}

/** A development build is a version of its own for every state of the sources, so that publishing it is never a conflict. */
async function remoteStep(
  remote: Remote | BrokenRemote,
  output = `${remote.folder}/dist`,
  env: NodeJS.ProcessEnv = {},
): Promise<RemoteStep> {
  const { name, folder } = remote;
  return {
    name,
    isRemote: true,
    output,
    inputs: [...PAGE, ...(remote.fault === undefined ? await workspaceFolders(folder) : [folder])],
    run: async (sources) => {
      if (remote.fault !== undefined) throw new Error(remote.fault);
      const stamped = `${remote.version}-dev.${sources.slice(0, 12)}`;
      await runNode([RSPACK, 'build'], {
        cwd: at(folder),
        env: { NODE_ENV: 'production', WIDGET_VERSION: stamped, WIDGET_OUT: at(output), ...env },
      });
      return { version: stamped };
    },
  };
}

/** With source maps, and beside it what else is packed: widget.json, its pictures. */
export async function developmentRemoteStep(remote: Remote | BrokenRemote, builtAt: BuiltAt): Promise<RemoteStep> {
  const folder = builtAt(remote.folder);
  const step = await remoteStep(remote, `${folder}/dist`, { WIDGET_SOURCE_MAPS: 'inline' });
  return {
    ...step,
    run: async (sources) => {
      const stamp = await step.run(sources);
      const rest = (path: string): boolean => !/[\\/](dist|src|node_modules)$/.test(path);
      await cp(at(remote.folder), at(folder), { recursive: true, filter: rest });
      return stamp;
    },
  };
}

/** What stands in a pod for as long as the pod does, and what ends. */
async function sidecarStep(): Promise<Step> {
  const [folder, output] = ['packages/sidecar/src', 'packages/sidecar/dist'];
  const step = await nodeStep('sidecar', 'packages/sidecar', output, { 'publish-once': `${folder}/publish-once.ts` });
  return {
    ...step,
    run: async (sources) => {
      await step.run(sources);
      await bundleSmall(output, { main: `${folder}/main.ts`, 'serve-files': `${folder}/serve-files.ts` });
    },
  };
}

async function nodeStep(name: string, workspace: string, output: string, entries: Record<string, string>): Promise<Step> {
  return { name, output, inputs: [...EVERYWHERE, ...(await workspaceFolders(workspace))], run: () => bundleForNode(output, entries) };
}
