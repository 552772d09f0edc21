/** What a sidecar meets in a cluster, on this machine: the Kubernetes API and its token issuer over http, and a real registry-api process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ended, freePort } from '@datamesh/test-servers/process';
import { callAsSetUp } from '@datamesh/test-servers/registry/call';
import { type RegistryProcess, startRegistry } from '@datamesh/test-servers/registry/server';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

const ROOT = join(import.meta.dirname, '../../../..');
const NAMESPACE = 'markets';
export const WIDGET = 'notes';
const AUDIENCE = 'datamesh-registry';

export interface PodOptions {
  version: string;
  revision: number;
  namespace?: string;
  account?: string;
  /** Changes a file of the version. */
  tampered?: boolean;
}

export interface PodProcess {
  process: ChildProcess;
  name: string;
  /** JSON lines, parsed. */
  log: { level: string; msg: string }[];
  said(text: RegExp): boolean;
  /** Exit code of one of the sidecar's own commands in the pod. */
  command(...words: string[]): Promise<number>;
  end(signal?: NodeJS.Signals): Promise<void>;
}

export class Cluster {
  readonly deploymentUid = randomUUID();
  /** By name of the ReplicaSet: what its annotation says. */
  readonly revisions = new Map<string, number>();
  #registry: RegistryProcess | null = null;
  readonly #pods: PodProcess[] = [];

  private constructor(
    readonly folder: string,
    readonly api: Server,
    readonly apiUrl: string,
    readonly registryPort: number,
    private readonly privateKey: CryptoKey,
  ) {}

  static async start(): Promise<Cluster> {
    const folder = await mkdtemp(join(tmpdir(), 'datamesh-cluster-'));
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk: JWK = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256', use: 'sig' };
    let cluster: Cluster | undefined;
    const api = createServer((request, response) => {
      const answer = cluster?.answer(request.url ?? '', jwk);
      response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
    });
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
    const port = await freePort();
    cluster = new Cluster(folder, api, `http://127.0.0.1:${(api.address() as AddressInfo).port}`, port, privateKey as CryptoKey);
    await cluster.startRegistry();
    return cluster;
  }

  get registryUrl(): string {
    return `http://127.0.0.1:${this.registryPort}`;
  }

  async startRegistry(): Promise<void> {
    const issuers = [{ issuer: this.apiUrl, audience: AUDIENCE }];
    this.#registry = await startRegistry({
      folder: this.folder,
      port: this.registryPort,
      env: { WORKLOAD_ISSUERS: JSON.stringify(issuers) },
    });
  }

  async killRegistry(): Promise<void> {
    await this.#registry?.end('SIGKILL');
  }

  async stop(): Promise<void> {
    for (const pod of this.#pods) await pod.end('SIGKILL');
    await this.killRegistry();
    await new Promise((resolve) => this.api.close(resolve));
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A call as whoever set the instance up. */
  async call<T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> {
    if (!this.#registry) throw new Error('the registry was never started');
    const secret = await this.#registry.secret();
    return callAsSetUp<T>({ url: this.registryUrl, secret }, method, path, body);
  }

  /** What browsers get for the widget's stable channel; undefined: nothing. */
  async stable(): Promise<string | undefined> {
    const { body } = await this.call<{ items: { version?: string }[] }>('POST', '/resolve', { widgets: [`${WIDGET}@stable`] });
    return body.items[0]?.version;
  }

  trust(): Promise<{ status: number }> {
    return this.call('POST', '/trusts', {
      team: 'platform',
      widget: WIDGET,
      issuer: this.apiUrl,
      subject: `system:serviceaccount:${NAMESPACE}:${WIDGET}`,
      may: ['publish', 'register'],
    });
  }

  /** A pod's sidecar, with its widget in a mounted folder, as the built program. */
  async pod({ version, revision, namespace = NAMESPACE, account = WIDGET, tampered = false }: PodOptions): Promise<PodProcess> {
    const uid = randomUUID();
    const name = `${WIDGET}-${version}-${uid.slice(0, 4)}`;
    const home = join(this.folder, name);
    await mkdir(home);
    for (const file of ['package.json', 'widget.json', 'icon.svg', 'shots', 'dist'])
      await cp(join(ROOT, 'remotes', WIDGET, file), join(home, 'widget', file), { recursive: true, force: true }).catch(ignoreMissing);
    await writeFile(join(home, 'widget/dist/.build.json'), JSON.stringify({ version }));
    if (tampered) await writeFile(join(home, 'widget/dist/extra.mjs'), 'export {};');
    const replicaSet = `${WIDGET}-${version}`;
    if (!this.revisions.has(replicaSet)) this.revisions.set(replicaSet, revision);
    await writeFile(join(home, 'token'), await this.token({ uid, name, namespace, account }));
    const port = await freePort();
    const env = {
      PATH: process.env['PATH'],
      REGISTRY_URL: this.registryUrl,
      WIDGET_FOLDER: join(home, 'widget'),
      TOKEN_FILE: join(home, 'token'),
      POD_UID: uid,
      POD_NAME: name,
      POD_NAMESPACE: namespace,
      KUBERNETES_API: this.apiUrl,
      KUBERNETES_TOKEN_FILE: join(home, 'token'),
      HEALTH_PORT: String(port),
      HEALTH_HOST: '127.0.0.1',
    };
    const program = join(ROOT, 'packages/sidecar/dist/main.cjs');
    // As its image runs it (images/remote.Containerfile).
    const child = spawn(process.execPath, ['--jitless', program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const log: PodProcess['log'] = [];
    let rest = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const text of lines) log.push(JSON.parse(text) as PodProcess['log'][number]);
    });
    const pod: PodProcess = {
      process: child,
      name,
      log,
      said: (text) => log.some(({ msg }) => text.test(msg)),
      command: (...words) =>
        new Promise((resolve) =>
          spawn(process.execPath, [program, ...words], { env, stdio: 'ignore' }).once('close', (code) => resolve(code ?? 1)),
        ),
      end: (signal = 'SIGTERM') => ended(child, signal),
    };
    this.#pods.push(pod);
    return pod;
  }

  token({ uid, name, namespace, account }: { uid: string; name: string; namespace: string; account: string }): Promise<string> {
    return new SignJWT({ 'kubernetes.io': { namespace, pod: { name, uid }, serviceaccount: { name: account } } })
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .setIssuer(this.apiUrl)
      .setSubject(`system:serviceaccount:${namespace}:${account}`)
      .setAudience(AUDIENCE)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(this.privateKey);
  }

  answer(path: string, jwk: JWK): unknown {
    if (path === '/.well-known/openid-configuration') return { issuer: this.apiUrl, jwks_uri: `${this.apiUrl}/keys` };
    if (path === '/keys') return { keys: [jwk] };
    const pod = /\/pods\/(notes-[^/]+)-[0-9a-f]{4}$/.exec(path)?.[1];
    if (pod) return { metadata: { ownerReferences: [{ kind: 'ReplicaSet', name: pod, uid: `rs-${pod}`, controller: true }] } };
    const set = /\/replicasets\/([^/]+)$/.exec(path)?.[1];
    const revision = set === undefined ? undefined : this.revisions.get(set);
    if (revision === undefined) return undefined;
    return {
      metadata: {
        annotations: { 'deployment.kubernetes.io/revision': String(revision) },
        ownerReferences: [{ kind: 'Deployment', name: WIDGET, uid: this.deploymentUid, controller: true }],
      },
    };
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
