/** The product's own services beside the cluster, as processes that can be killed: registry-api, the tracker and the edge, on SQLite. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChannelMove, ChannelState, WidgetDetail } from '@datamesh/contracts';
import { callAsSetUp } from '@datamesh/test-servers/registry/call';
import type { Cluster } from '../../../tools/test-cluster/cluster';
import { ISSUER } from '../../../tools/test-cluster/cluster';
import { API_ADDRESS } from '../../../tools/test-cluster/network';

const ROOT = join(import.meta.dirname, '../../..');
const PORTS = { host: 4000, registry: 4100, tracker: 4200 };
export const AUDIENCE = 'datamesh-registry';
/** As pods call it: every pod's hosts file has the name, as no DNS runs here. */
export const REGISTRY_NAME = 'registry-api.datamesh';
/** And as services in pods call each other. */
export const SERVICE_NAMES = ['registry-api', 'tracker'];
// Pods come by the bridge.
const forPods = { HOST: '0.0.0.0', ALLOWED_HOSTS: [REGISTRY_NAME, ...SERVICE_NAMES].join() };

export class Product {
  readonly url = `http://localhost:${PORTS.host}`;
  readonly registryUrl = `http://127.0.0.1:${PORTS.registry}`;
  readonly trackerUrl = `http://127.0.0.1:${PORTS.tracker}`;

  private constructor(
    private readonly cluster: Cluster,
    private readonly data: string,
  ) {}

  static async start(cluster: Cluster): Promise<Product> {
    const data = join(cluster.state, 'product');
    await mkdir(data);
    await writeFile(join(data, 'issuer-token'), await issuerToken(cluster), { mode: 0o600 });
    const product = new Product(cluster, data);
    await product.startRegistry();
    const upstreams = { REGISTRY_URL: product.registryUrl, TRACKER_URL: product.trackerUrl };
    await product.#service('tracker', 'tracker/dist/main.mjs', PORTS.tracker, {
      ...upstreams,
      ...forPods,
      DATA_DIR: join(data, 'tracker'),
    });
    await product.#service('host', 'host/dist-server/main.mjs', PORTS.host, upstreams);
    return product;
  }

  /** Again on the same data, where it was killed. */
  startRegistry(): Promise<void> {
    const { cluster, data } = this;
    const keys = { jwks: `https://${API_ADDRESS}/openid/v1/jwks`, ca: cluster.caFile, token: join(data, 'issuer-token') };
    return this.#service('registry-api', 'registry-api/dist/main.mjs', PORTS.registry, {
      ...forPods,
      DATA_DIR: join(data, 'registry'),
      TRACKER_URL: this.trackerUrl,
      DATAMESH_DEV_ISSUER: '1',
      WORKLOAD_ISSUERS: JSON.stringify([{ issuer: ISSUER, audience: AUDIENCE, algorithms: ['RS256'], ...keys }]),
    });
  }

  killRegistry(): Promise<void> {
    return this.cluster.programs.end('registry-api', 'SIGKILL');
  }

  /** A call to the registry as whoever set the instance up. */
  async call<T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> {
    const { secret } = JSON.parse(await readFile(join(this.data, 'bootstrap.json'), 'utf8')) as { secret: string };
    return callAsSetUp<T>({ url: this.registryUrl, secret }, method, path, body);
  }

  /** A publish token of a team. */
  async publishToken(team: string): Promise<string> {
    return (await this.call<{ secret: string }>('POST', '/tokens', { team, name: 'cluster tests' })).body.secret;
  }

  /** How a widget's stable channel is moved. */
  async channel(widget: string): Promise<ChannelState> {
    const { body } = await this.call<WidgetDetail>('GET', `/widgets/${widget}`);
    const state = body.channelStates['stable'];
    if (!state) throw new Error(`${widget} has no stable channel`);
    return state;
  }

  /** What moved a widget's channels, the oldest first of the last hundred. */
  async moves(widget: string): Promise<ChannelMove[]> {
    return (await this.call<{ items: ChannelMove[] }>('GET', `/widgets/${widget}/history?limit=100`)).body.items.toReversed();
  }

  /** What browsers get for a widget's stable channel; undefined: nothing. */
  async stable(widget: string): Promise<string | undefined> {
    const { body } = await this.call<{ items: { version?: string }[] }>('POST', '/resolve', { widgets: [`${widget}@stable`] });
    return body.items[0]?.version;
  }

  async #service(name: string, script: string, port: number, env: Record<string, string>): Promise<void> {
    const { programs } = this.cluster;
    programs.start({
      name,
      program: process.execPath,
      args: ['--enable-source-maps', join(ROOT, script)],
      env: { HOST: '127.0.0.1', PORT: String(port), PUBLIC_URL: this.url, ...env },
    });
    await programs.until(name, async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).ok);
  }
}

/** With which the registry asks the cluster for its keys; any ServiceAccount may. */
async function issuerToken({ api }: Cluster): Promise<string> {
  const namespace = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'datamesh' } });
  const account = JSON.stringify({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'registry-api', namespace: 'datamesh' } });
  for (const object of [namespace, account]) await api.apply(object);
  const path = '/api/v1/namespaces/datamesh/serviceaccounts/registry-api/token';
  const asked = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3600 * 4 } };
  return (await api.call<{ status: { token: string } }>('POST', path, asked)).status.token;
}
