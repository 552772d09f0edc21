/** The cluster suite in namespaces of its own. */
import { inNamespaces } from '../cluster/namespaces.ts';
import type { Counts } from './tally.ts';
import { runProject } from './vitest.ts';

/** `tools`: the folder of clusterTools(). */
export const runCluster = ({ tools, browser }: { tools: string; browser: string }): Promise<Counts> =>
  inNamespaces(tools, ({ under, env }) => runProject('cluster', { ...env, CHROMIUM_PATH: browser }, under));
