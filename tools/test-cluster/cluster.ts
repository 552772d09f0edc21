/**
 * A Kubernetes of one node: etcd, the control plane, containerd and a kubelet, as processes of this run, in namespaces of their own that
 * `npm run test:cluster` makes: when these end, so does everything that runs in them, and all that they mounted.
 */
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KubernetesApi } from './kubernetes-api';
import { API_ADDRESS, BRIDGE, NODE_ADDRESS, POD_RANGE, SERVICE_RANGE, setUpNetwork } from './network';
import { Programs } from './programs';

export const NODE = 'node';
export const ISSUER = 'https://kubernetes.default.svc';
const ETCD = 'http://127.0.0.1:2379';

/** Programs inside the one that kube/main.go makes. */
const KUBE = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet', 'kubectl', 'kustomize'];

export class Cluster {
  private constructor(
    /** A folder for everything this cluster keeps. */
    readonly state: string,
    readonly programs: Programs,
    readonly api: KubernetesApi,
    /** Folder with the programs that were built. */
    readonly tools: string,
    readonly kubeconfig: string,
    /** PEM file of the API's authority. */
    readonly caFile: string,
  ) {}

  /** Until the node is ready. */
  static async start(): Promise<Cluster> {
    const { DATAMESH_TEST_CLUSTER_TOOLS: tools, DATAMESH_TEST_CLUSTER_STATE: state } = process.env;
    if (!tools || !state) throw new Error('The cluster tests are run by "npm run test:cluster", which gives them a network of their own.');
    setUpNetwork();
    // Data that lasts for minutes: in memory, so that a busy disk makes nobody wait.
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'mode=700', 'datamesh-cluster', state]);
    for (const folder of ['bin', 'logs', 'pki', 'cni']) await mkdir(join(state, folder));
    const bin = join(state, 'bin');
    for (const program of KUBE) await symlink(join(tools, 'kube'), join(bin, program));
    const programs = new Programs(join(state, 'logs'), `${bin}:${tools}:${process.env['PATH']}`);
    const token = await writeSecrets(state);
    await startControlPlane(programs, state);
    const caFile = join(state, 'pki/apiserver.crt');
    await programs.until('kube-apiserver', () => readFile(caFile));
    const kubeconfig = join(state, 'admin.kubeconfig');
    await writeFile(kubeconfig, kubeconfigOf(token, caFile), { mode: 0o600 });
    const api = new KubernetesApi({
      url: `https://${API_ADDRESS}`,
      ca: await readFile(caFile),
      token,
      kubectl: join(bin, 'kubectl'),
      kubeconfig,
    });
    const cluster = new Cluster(state, programs, api, tools, kubeconfig, caFile);
    await cluster.#startNode();
    return cluster;
  }

  ctr(...args: string[]): string {
    return execFileSync(join(this.tools, 'ctr'), ['-a', join(this.state, 'containerd.sock'), '-n', 'k8s.io', ...args], {
      encoding: 'utf8',
      // What it complains of is in the error that is thrown.
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  async #startNode(): Promise<void> {
    const { programs, state, api } = this;
    for (const file of ['containerd.toml', 'kubelet.yaml']) {
      const text = await readFile(join(import.meta.dirname, 'config', file), 'utf8');
      await writeFile(join(state, file), text.replaceAll('@STATE@', state));
    }
    const plugin = {
      type: 'bridge',
      bridge: BRIDGE,
      isGateway: true,
      ipam: {
        type: 'host-local',
        dataDir: join(state, 'addresses'),
        ranges: [[{ subnet: POD_RANGE, gateway: NODE_ADDRESS }]],
        routes: [{ dst: '0.0.0.0/0' }],
      },
    };
    await writeFile(join(state, 'cni/10-pods.conflist'), JSON.stringify({ cniVersion: '1.0.0', name: BRIDGE, plugins: [plugin] }));
    programs.start({ name: 'containerd', program: 'containerd', args: ['-c', join(state, 'containerd.toml')] });
    await programs.until('containerd', async () => this.ctr('version'));
    await programs.until('kube-apiserver', () => api.get('/readyz'));
    const common = ['--kubeconfig', this.kubeconfig, '--leader-elect=false', '--profiling=false'];
    programs.start({
      name: 'kube-controller-manager',
      program: 'kube-controller-manager',
      args: [
        ...common,
        ...['--secure-port', '10257', '--bind-address', '127.0.0.1', '--cert-dir', join(state, 'pki/controllers')],
        ...['--service-account-private-key-file', join(state, 'pki/accounts.key'), '--root-ca-file', this.caFile],
        '--use-service-account-credentials=false',
      ],
    });
    const scheduler = ['--secure-port', '10259', '--bind-address', '127.0.0.1', '--cert-dir', join(state, 'pki/scheduler')];
    programs.start({ name: 'kube-scheduler', program: 'kube-scheduler', args: [...common, ...scheduler] });
    programs.start({
      name: 'kubelet',
      program: 'kubelet',
      args: [
        ...['--config', join(state, 'kubelet.yaml'), '--kubeconfig', this.kubeconfig, '--root-dir', join(state, 'kubelet')],
        ...['--cert-dir', join(state, 'pki/kubelet'), '--hostname-override', NODE, '--node-ip', NODE_ADDRESS],
      ],
    });
    await programs.until('kubelet', async () => {
      const { status } = await api.get<{ status: { conditions?: { type: string; status: string }[] } }>(`/api/v1/nodes/${NODE}`);
      return status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True');
    });
    // Pods need it, and it comes a moment after its namespace.
    await programs.until('kube-controller-manager', () => api.get('/api/v1/namespaces/default/serviceaccounts/default'));
  }
}

/** The administrator's token, and the key that signs tokens of ServiceAccounts. */
async function writeSecrets(state: string): Promise<string> {
  const token = randomBytes(16).toString('hex');
  await writeFile(join(state, 'pki/tokens.csv'), `${token},admin,admin,"system:masters"\n`, { mode: 0o600 });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await writeFile(join(state, 'pki/accounts.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
  return token;
}

async function startControlPlane(programs: Programs, state: string): Promise<void> {
  const key = join(state, 'pki/accounts.key');
  programs.start({
    name: 'etcd',
    program: 'etcd',
    args: [
      ...['--name', 'one', '--data-dir', join(state, 'etcd'), '--unsafe-no-fsync', '--log-level', 'warn'],
      ...['--listen-client-urls', ETCD, '--advertise-client-urls', ETCD],
      ...['--listen-peer-urls', 'http://127.0.0.1:2380', '--initial-advertise-peer-urls', 'http://127.0.0.1:2380'],
      ...['--initial-cluster', 'one=http://127.0.0.1:2380'],
    ],
  });
  programs.start({
    name: 'kube-apiserver',
    program: 'kube-apiserver',
    args: [
      ...['--etcd-servers', ETCD, '--bind-address', '0.0.0.0', '--advertise-address', NODE_ADDRESS, '--secure-port', '443'],
      // It makes its own certificate there, with its authority beside it.
      ...['--cert-dir', join(state, 'pki'), '--endpoint-reconciler-type', 'none', '--service-cluster-ip-range', SERVICE_RANGE],
      ...['--service-account-issuer', ISSUER, '--service-account-key-file', key, '--service-account-signing-key-file', key],
      ...['--authorization-mode', 'Node,RBAC', '--token-auth-file', join(state, 'pki/tokens.csv')],
      ...['--allow-privileged=true', '--profiling=false', '--kubelet-preferred-address-types', 'InternalIP'],
    ],
  });
}

const kubeconfigOf = (token: string, ca: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server: `https://${API_ADDRESS}`, 'certificate-authority': ca } }],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
    'current-context': 'test',
  });
