/** The cluster suite in namespaces of its own. */
import { inNamespaces } from '../cluster/namespaces.mjs';
import { runProject } from './vitest.mjs';

/** `tools`: the folder of clusterTools(). */
export const runCluster = ({ tools, browser }) =>
  inNamespaces(tools, ({ under, env }) => runProject('cluster', { ...env, CHROMIUM_PATH: browser }, under));
