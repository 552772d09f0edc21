/**
 * The programs that the cluster tests run: Kubernetes, etcd and Argo CD built from pinned Go modules, containerd as well, and what Debian has.
 * Built once for each state of tools/test-cluster/{go,containerd}, and kept outside of the checkout.
 */
import { type SpawnSyncOptions, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { NAMESPACES } from '../cluster/namespaces.ts';
import { Failure, Lacking, messageOf } from './failure.ts';
import { at } from './repository.ts';

const MODULES = at('tools/test-cluster/go');
const CONTAINERD = at('tools/test-cluster/containerd');
/** What names a build. Another Go or another flag makes the same programs. */
const SOURCES = [
  ...['go.mod', 'go.sum', 'kube/main.go', 'argocd/main.go', 'pause/main.go'].map((file) => join(MODULES, file)),
  ...['go.mod', 'go.sum'].map((file) => join(CONTAINERD, file)),
];
/** Program -> its package in Debian. */
const PACKAGES: Readonly<Record<string, string>> = {
  '/usr/sbin/runc': 'runc',
  '/usr/lib/cni/bridge': 'containernetworking-plugins',
  '/usr/bin/redis-check-rdb': 'redis-tools',
  '/usr/bin/git': 'git',
  '/usr/bin/unshare': 'util-linux',
  '/usr/sbin/ip': 'iproute2',
};
/** Minor version of Go 1 that the modules ask for. */
const GO = 26;

/** One line saying what keeps this machine from running a cluster; undefined when nothing does. */
export async function clusterObstacle(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'A cluster needs Linux.';
  if (process.getuid?.() !== 0) return 'A cluster needs root: it makes network namespaces and containers.';
  const missing = missingPackages();
  if (missing.length > 0 && !existsSync('/usr/bin/apt-get')) return `A cluster needs ${missing.join(', ')} (named as Debian does).`;
  const kernel = kernelObstacle();
  if (kernel || existsSync(await home())) return kernel;
  const minor = /go1\.(\d+)/.exec(spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).stdout ?? '')?.[1];
  if (Number(minor ?? 0) < GO) return `A cluster needs Go 1.${GO} or newer on the PATH (go.dev/dl), to build Kubernetes and Argo CD once.`;
  return undefined;
}

/** What root may do on a machine, root in a container often may not. */
function kernelObstacle(): string | undefined {
  const groups = '/sys/fs/cgroup';
  try {
    accessSync(groups, constants.W_OK);
  } catch {
    return `A cluster needs to make control groups, and ${groups} cannot be written to.`;
  }
  const layers = 'mount -t tmpfs none /tmp && cd /tmp && mkdir a b c d && mount -t overlay none -o lowerdir=a,upperdir=b,workdir=c d';
  const [program = '', ...words] = NAMESPACES;
  const made = spawnSync(program, [...words, 'sh', '-c', layers], { encoding: 'utf8' });
  if (made.status === 0) return undefined;
  return `A cluster needs namespaces with mounts of their own, and this machine makes none: ${made.stderr?.trim() || made.error?.message}`;
}

/**
 * -> the folder with the programs. The first time on a machine it takes ten minutes of two cores and 6 GB of disk, most of it Go's own caches;
 * the build takes what others leave of them. DATAMESH_TEST_CLUSTER_CACHE says where to keep it (default: datamesh/test-cluster in the user's cache folder).
 * Throws a Failure with the reason when it cannot be had: Lacking where this machine is the reason, or what it reaches. `signal` ends the build.
 */
export async function clusterTools(signal?: AbortSignal): Promise<string> {
  const obstacle = await clusterObstacle();
  if (obstacle) throw new Lacking(obstacle);
  installPackages();
  const folder = await home();
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    await buildInto(unfinished, signal);
    await rename(unfinished, folder).catch((error) => {
      // Somebody else built it at the same time.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/** Of the programs of this state of the sources. */
async function home(): Promise<string> {
  const cache =
    process.env.DATAMESH_TEST_CLUSTER_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'datamesh/test-cluster');
  return join(cache, await key());
}

async function key(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of SOURCES) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}

const missingPackages = (): string[] =>
  Object.entries(PACKAGES)
    .filter(([file]) => !existsSync(file))
    .map(([, name]) => name);

function installPackages(): void {
  const missing = missingPackages();
  if (missing.length === 0) return;
  console.log(`Installing Debian's ${missing.join(', ')}…`);
  const options: SpawnSyncOptions = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 'ignore', 'inherit'] };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], options);
  const left = missingPackages();
  if (left.length > 0) throw new Lacking(`These packages could not be installed: ${left.join(', ')}.`);
}

async function buildInto(folder: string, signal?: AbortSignal): Promise<void> {
  const began = performance.now();
  console.log('Building Kubernetes, Argo CD and containerd from Go modules; the first time this takes ten minutes or more…');
  for (const modules of [MODULES, CONTAINERD])
    await go(modules, ['mod', 'download'], signal).catch((error: unknown) => {
      throw new Lacking(`Go modules cannot be fetched: ${messageOf(error)}`);
    });
  const flags = ['-mod=readonly', '-trimpath', '-buildvcs=false', '-gcflags=all=-dwarf=false'];
  const kubernetes = await versionOf('k8s.io/kubernetes');
  const argocd = await versionOf('github.com/argoproj/argo-cd/v3');
  const [major, minor] = kubernetes.slice(1).split('.');
  const told = [
    `k8s.io/component-base/version.gitVersion=${kubernetes}`,
    `k8s.io/component-base/version.gitMajor=${major}`,
    `k8s.io/component-base/version.gitMinor=${minor}`,
    `github.com/argoproj/argo-cd/v3/common.version=${argocd.slice(1)}`,
  ];
  const linker = ['-s', '-w', ...told.flatMap((value) => ['-X', value])].join(' ');
  await go(MODULES, ['build', ...flags, '-ldflags', linker, '-o', `${folder}/`, './kube', './argocd', './pause'], signal);
  const tags = 'no_btrfs no_zfs no_devmapper no_aufs';
  await go(CONTAINERD, ['build', ...flags, '-tags', tags, '-ldflags', '-s -w', '-o', `${folder}/`, 'tool'], signal);
  // Argo CD's image carries these beside its program.
  const source = (await go(MODULES, ['list', '-m', '-f', '{{.Dir}}', 'github.com/argoproj/argo-cd/v3'])).trim();
  for (const file of ['manifests/crds', 'manifests/base/config', 'hack/git-verify-wrapper.sh', 'hack/gpg-wrapper.sh'])
    await cp(join(source, file), join(folder, 'argo-cd', file), { recursive: true });
  await writeFile(join(folder, 'versions.json'), JSON.stringify({ kubernetes, argocd }));
  console.log(`Built in ${((performance.now() - began) / 60_000).toFixed(1)} min.`);
}

const versionOf = async (module: string): Promise<string> => (await go(MODULES, ['list', '-m', '-f', '{{.Version}}', module])).trim();

/** What leaves a program the processors that nobody else wants: browsers lower the priority of their pages themselves, and would share with a niced one. */
const IDLE = ['chrt', '--idle', '0', 'nice', '-n', '19'];

/** Two packages at a time, while other suites run beside it. */
function go(cwd: string, args: readonly string[], signal?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    // Compilers end soon: collecting their garbage is a good part of their time.
    const env = { GOGC: '400', ...process.env, CGO_ENABLED: '0', GOFLAGS: args[0] === 'build' ? '-p=2' : '', GOWORK: 'off' };
    const [program = '', ...words] = IDLE;
    const child = spawn(program, [...words, 'go', ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], signal });
    const said: Buffer[] = [];
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += chunk;
    });
    child.stderr.on('data', (chunk) => said.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(printed);
      else reject(new Failure(`go ${args[0]} failed in ${cwd}:\n${Buffer.concat(said).toString().slice(-4000)}`));
    });
  });
}
