/** The cluster's API as its administrator, without a client library: REST for reading and small changes, kubectl for manifests. */
import { request } from 'node:https';
import { run } from './run';

export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    ownerReferences?: { kind: string; name: string; uid: string }[];
    deletionTimestamp?: string;
  };
}

export interface Pod extends KubernetesObject {
  spec: { containers: { name: string; image: string }[] };
  status: {
    phase: string;
    podIP?: string;
    conditions?: { type: string; status: string }[];
    containerStatuses?: ContainerStatus[];
    initContainerStatuses?: ContainerStatus[];
  };
}

export interface ContainerStatus {
  name: string;
  ready: boolean;
  restartCount: number;
  containerID?: string;
}

export class KubernetesError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export interface ApiOptions {
  url: string;
  /** Certificates of its authority, PEM. */
  ca: Buffer;
  token: string;
  kubectl: string;
  kubeconfig: string;
}

export class KubernetesApi {
  constructor(private readonly options: ApiOptions) {}

  /** Throws KubernetesError where the answer is no 2xx. `token`: as somebody else. */
  call<T>(method: string, path: string, body?: unknown, { type = 'application/json', token = this.options.token } = {}): Promise<T> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(text === undefined ? {} : { 'content-type': type }),
      };
      const asked = request(
        new URL(path, this.options.url),
        { method, headers, ca: this.options.ca, signal: AbortSignal.timeout(120_000) },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.once('error', reject);
          answer.once('end', () => {
            const said = Buffer.concat(chunks).toString();
            const status = answer.statusCode ?? 0;
            if (status >= 300) reject(new KubernetesError(status, `${method} ${path}: ${status} ${said.slice(0, 500)}`));
            else resolve((/json/.test(answer.headers['content-type'] ?? '') ? JSON.parse(said) : said) as T);
          });
        },
      );
      asked.once('error', reject);
      asked.end(text);
    });
  }

  get<T>(path: string): Promise<T> {
    return this.call<T>('GET', path);
  }

  patch<T>(path: string, change: unknown): Promise<T> {
    return this.call<T>('PATCH', path, change, { type: 'application/merge-patch+json' });
  }

  async pods(namespace: string, labels: string): Promise<Pod[]> {
    const path = `/api/v1/namespaces/${namespace}/pods?labelSelector=${encodeURIComponent(labels)}`;
    return (await this.get<{ items: Pod[] }>(path)).items;
  }

  logs(namespace: string, pod: string, container: string): Promise<string> {
    return this.get<string>(`/api/v1/namespaces/${namespace}/pods/${pod}/log?container=${container}`);
  }

  /** Server-side apply of YAML; `args` come after `kubectl apply`. */
  apply(yaml: string, ...args: string[]): Promise<string> {
    return this.kubectl(['apply', '--server-side', '--force-conflicts', ...args, '-f', '-'], yaml);
  }

  /** What it printed; rejects with its errors. */
  kubectl(args: readonly string[], input = ''): Promise<string> {
    const env = { PATH: process.env['PATH'], KUBECONFIG: this.options.kubeconfig, HOME: '/nonexistent' };
    return run(this.options.kubectl, args, { env, input });
  }
}
