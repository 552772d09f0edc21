/** Namespaces of their own for a cluster: network, mounts and processes. When what runs in them ends, nothing of it is left. */
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The words before a command that is to run in some of its own. They end with this process, however it ends. */
export const NAMESPACES = [
  'setpriv',
  '--pdeathsig',
  'KILL',
  'unshare',
  '--net',
  '--mount',
  '--pid',
  '--fork',
  '--kill-child',
  '--mount-proc',
];
/** The first process of a namespace has to bury others' children: a shell does. */
const INIT = ['bash', '-c', '"$@"; exit $?', 'init'];

/**
 * What `work` resolves to. It is given the words that come before a command which is to run in them, and what the command needs in its
 * environment. `tools`: the folder of clusterTools().
 */
export async function inNamespaces<T>(
  tools: string,
  work: (inside: { under: string[]; env: Record<string, string> }) => Promise<T>,
): Promise<T> {
  const state = await mkdtemp(join(tmpdir(), 'datamesh-cluster-'));
  const before = new Set(await containerCgroups());
  try {
    const env = { DATAMESH_TEST_CLUSTER_TOOLS: tools, DATAMESH_TEST_CLUSTER_STATE: state };
    return await work({ under: [...NAMESPACES, ...INIT], env });
  } finally {
    await rm(state, { recursive: true, force: true });
    // Control groups outlive what ran in them. Others' containers, if there are any, still run: their groups are not empty.
    for (const group of await containerCgroups()) if (!before.has(group)) await rmdir(group).catch(() => {});
  }
}

/** Where containerd puts those of a kubelet: in each hierarchy of the first version, in the only one of the second. Inner ones first. */
async function containerCgroups(): Promise<string[]> {
  const root = '/sys/fs/cgroup';
  const homes = ['.', ...(await readdir(root))].map((hierarchy) => join(root, hierarchy, 'k8s.io')).filter((home) => existsSync(home));
  const found: string[] = [];
  for (const home of homes) {
    const entries = await readdir(home, { recursive: true, withFileTypes: true });
    found.push(home, ...entries.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name)));
  }
  return found.sort((a, b) => b.length - a.length);
}
