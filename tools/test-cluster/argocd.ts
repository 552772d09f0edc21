/** Argo CD beside a test cluster: its own programs against the cluster's API, and the REST calls that people and scripts make. */
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cluster } from './cluster';
import { NODE_ADDRESS } from './network';

export const ARGOCD = 'argocd';
const PORTS = { server: 8080, repoServer: 8081, redis: 6379 };

/** What its notifications may take values from. */
export const NOTIFICATIONS_SECRET = 'argocd-notifications-secret';

export interface Application {
  metadata: { name: string; annotations?: Record<string, string> };
  spec: { syncPolicy?: { automated?: object | null } };
  status?: {
    sync?: { status?: string; revision?: string };
    health?: { status?: string };
    operationState?: { phase?: string; message?: string; syncResult?: { revision?: string } };
    history?: { id: number; revision: string }[];
  };
}

export interface Answer<T> {
  status: number;
  body: T;
}

export class ArgoCd {
  private constructor(
    private readonly cluster: Cluster,
    readonly url: string,
    /** Of the administrator, and what they sign in with. */
    readonly token: string,
    readonly password: string,
  ) {}

  /** `settings`: the data of argocd-cm, of which its processes take some only when they start. */
  static async start(cluster: Cluster, settings: Record<string, string>): Promise<ArgoCd> {
    const { api, programs, state, tools } = cluster;
    const source = join(tools, 'argo-cd');
    await api.apply(JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: ARGOCD } }));
    const crds = ['application', 'appproject', 'applicationset'];
    for (const crd of crds) await api.apply(await readFile(join(source, `manifests/crds/${crd}-crd.yaml`), 'utf8'));
    await api.kubectl(['apply', '--server-side', '--force-conflicts', '-n', ARGOCD, '-k', join(source, 'manifests/base/config')]);
    for (const name of ['applications', 'appprojects', 'applicationsets'])
      await programs.until('kube-apiserver', () => api.get(`${resources(name)}?limit=1`));
    // As its installation has it: empty.
    await api.apply(JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: NOTIFICATIONS_SECRET, namespace: ARGOCD } }));
    const env = await environment(cluster, source, settings);
    const redis = join(state, 'bin/redis-server');
    // Debian's package with the server starts one of its own; the program is the same, and goes by the name that it is called.
    await symlink('/usr/bin/redis-check-rdb', redis);
    const quiet = ['--save', '', '--appendonly', 'no', '--dir', state];
    programs.start({ name: 'redis', program: redis, args: ['--port', String(PORTS.redis), '--bind', '127.0.0.1', ...quiet] });
    const start = (name: string, ...args: string[]) =>
      programs.start({ name, program: 'argocd', args: [...args, '--logformat', 'text'], env: { ...env, ARGOCD_BINARY_NAME: name } });
    const metrics = (port: number) => ['--metrics-port', String(port)];
    const upstreams = ['--redis', `127.0.0.1:${PORTS.redis}`, '--repo-server', `127.0.0.1:${PORTS.repoServer}`];
    const at = (port: number) => ['--address', '127.0.0.1', '--port', String(port)];
    start('argocd-repo-server', ...at(PORTS.repoServer), ...metrics(8084), '--redis', `127.0.0.1:${PORTS.redis}`);
    start('argocd-application-controller', ...upstreams, ...metrics(8082));
    // It calls itself at 127.0.0.1, and pods call it at the node's address.
    start('argocd-server', '--insecure', '--address', '0.0.0.0', '--port', String(PORTS.server), ...metrics(8083), ...upstreams);
    const sets = ['--metrics-addr', '127.0.0.1:8085', '--probe-addr', '127.0.0.1:8086', '--webhook-addr', '127.0.0.1:7000'];
    start('argocd-applicationset-controller', ...sets, '--argocd-repo-server', `127.0.0.1:${PORTS.repoServer}`);
    start('argocd-notifications', ...metrics(9001), '--argocd-repo-server', `127.0.0.1:${PORTS.repoServer}`);
    const url = `http://${NODE_ADDRESS}:${PORTS.server}`;
    await programs.until('argocd-server', async () => (await fetch(`${url}/healthz?full=true`)).ok);
    const secret = `/api/v1/namespaces/${ARGOCD}/secrets/argocd-initial-admin-secret`;
    await programs.until('argocd-server', () => api.get(secret));
    await programs.until('argocd-server', () => api.get(`${resources('appprojects')}/default`));
    const { data } = await api.get<{ data: { password: string } }>(secret);
    const password = Buffer.from(data.password, 'base64').toString();
    const response = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password }),
    });
    if (!response.ok) throw new Error(`Argo CD does not let its administrator in: ${response.status} ${await response.text()}`);
    return new ArgoCd(cluster, url, ((await response.json()) as { token: string }).token, password);
  }

  get webhook(): string {
    return `${this.url}/api/webhook`;
  }

  application(name: string): Promise<Application> {
    return this.cluster.api.get(`${resources('applications')}/${name}`);
  }

  /** Whatever the answer is. `token`: as whom, the administrator if not told. */
  async call<T>(method: string, path: string, body?: unknown, token = this.token): Promise<Answer<T>> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : undefined) as T };
  }

  /** Auto-sync on as our applications have it, or off. */
  setAutoSync(name: string, on: boolean, token?: string): Promise<Answer<{ code?: number; message?: string }>> {
    const patch = JSON.stringify({ spec: { syncPolicy: { automated: on ? { prune: true, selfHeal: true } : null } } });
    return this.call('PATCH', `/applications/${name}`, { name, patchType: 'merge', patch }, token);
  }

  /** To an entry of the application's history. */
  rollback(name: string, id: number, token?: string): Promise<Answer<{ code?: number; message?: string }>> {
    return this.call('POST', `/applications/${name}/rollback`, { name, id }, token);
  }

  /** A token of an account that argocd-cm names with `apiKey`. */
  async accountToken(account: string): Promise<string> {
    const { status, body } = await this.call<{ token: string }>('POST', `/account/${account}/token`, {});
    if (status !== 200) throw new Error(`no token for ${account}: ${status} ${JSON.stringify(body)}`);
    return body.token;
  }
}

const resources = (kind: string): string => `/apis/argoproj.io/v1alpha1/namespaces/${ARGOCD}/${kind}`;

/** Where it keeps what its image has folders for, and which cluster it is in. */
async function environment(cluster: Cluster, source: string, settings: Record<string, string>): Promise<Record<string, string>> {
  const home = join(cluster.state, 'argocd');
  const folder = async (name: string, mode = 0o755): Promise<string> => {
    const path = join(home, name);
    await mkdir(path, { recursive: true, mode });
    return path;
  };
  // The repo server calls these for every commit.
  for (const script of ['git-verify-wrapper.sh', 'gpg-wrapper.sh']) {
    const text = await readFile(join(source, 'hack', script));
    await writeFile(join(cluster.state, 'bin', script), text, { mode: 0o755 });
  }
  const ssh = await folder('ssh');
  await writeFile(join(ssh, 'ssh_known_hosts'), '');
  const kubeconfig = JSON.parse(await readFile(cluster.kubeconfig, 'utf8')) as { contexts: { context: { namespace?: string } }[] };
  for (const { context } of kubeconfig.contexts) context.namespace = ARGOCD;
  await writeFile(join(home, 'kubeconfig'), JSON.stringify(kubeconfig), { mode: 0o600 });
  return {
    KUBECONFIG: join(home, 'kubeconfig'),
    HOSTNAME: 'argocd-application-controller-0',
    HOME: await folder('home'),
    TMPDIR: await folder('tmp'),
    // What its Deployments take from argocd-cm.
    ARGOCD_RECONCILIATION_TIMEOUT: settings['timeout.reconciliation'] ?? '',
    ARGOCD_RECONCILIATION_JITTER: settings['timeout.reconciliation.jitter'] ?? '',
    ARGOCD_FAKE_IN_CLUSTER: 'true',
    ARGOCD_GPG_ENABLED: 'false',
    ARGOCD_GNUPGHOME: await folder('gpg/keys', 0o700),
    ARGOCD_GPG_DATA_PATH: await folder('gpg/source'),
    ARGOCD_PLUGINSOCKFILEPATH: await folder('plugins'),
    ARGOCD_TLS_DATA_PATH: await folder('tls'),
    ARGOCD_SSH_DATA_PATH: ssh,
  };
}
