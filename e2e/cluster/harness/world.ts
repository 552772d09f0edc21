/** Everything a scenario plays in: the cluster, Argo CD on a team's repository, the product, and a page that somebody has open all the time. */
import { expect } from 'vitest';
import type { ArgoCd } from '../../../tools/test-cluster/argocd';
import type { Cluster } from '../../../tools/test-cluster/cluster';
import type { GitServer } from '../../../tools/test-cluster/git-server';
import type { KubernetesObject, Pod } from '../../../tools/test-cluster/kubernetes-api';
import { Visitors } from '../../harness/browser';
import { imageName, variants } from './images';
import { commitVersion, REMOTE } from './manifests';
import { OpenPage } from './open-page';
import { type Platform, startPlatform } from './platform';
import type { Product } from './product';
import { SIDECAR } from './sidecars';

/** As our ApplicationSet names it. */
export const APPLICATION = `remote-${REMOTE.widget}`;
const DEPLOYMENT = `/apis/apps/v1/namespaces/${REMOTE.namespace}/deployments/${REMOTE.widget}`;

export interface Deployment extends KubernetesObject {
  metadata: KubernetesObject['metadata'] & { generation: number };
  spec: { replicas: number; template: { spec: { containers: { name: string; image: string }[] } } };
  status: {
    observedGeneration?: number;
    replicas?: number;
    updatedReplicas?: number;
    readyReplicas?: number;
    unavailableReplicas?: number;
  };
}

export class World {
  readonly cluster: Cluster;
  readonly argo: ArgoCd;
  readonly git: GitServer;
  readonly product: Product;
  /** Image names with their references by digest. */
  readonly images: Map<string, string>;

  private constructor(
    { cluster, argo, git, product, images }: Platform,
    private readonly visitors: Visitors,
    readonly page: OpenPage,
  ) {
    this.cluster = cluster;
    this.argo = argo;
    this.git = git;
    this.product = product;
    this.images = images;
  }

  /** With the first version deployed by Argo CD, and a page that shows it. */
  static async start(): Promise<World> {
    const platform = await startPlatform();
    const visitors = await Visitors.open(platform.product);
    return new World(platform, visitors, await OpenPage.open(visitors, REMOTE.widget));
  }

  /** What a person would look at when something is not as it should be. */
  async describe(): Promise<string> {
    const { api, programs } = this.cluster;
    const text = (value: unknown) => JSON.stringify(value, null, 1);
    const pods = ['-n', REMOTE.namespace, '-l', `app.kubernetes.io/name=${REMOTE.widget}`];
    const parts = await Promise.allSettled([
      api.kubectl(['get', 'replicasets,pods', ...pods, '-o', 'wide']),
      api.kubectl(['logs', ...pods, '-c', SIDECAR, '--prefix', '--tail=20']),
      api
        .kubectl(['get', 'events', '-n', REMOTE.namespace, '--sort-by=.lastTimestamp'])
        .then((said) => said.split('\n').slice(-25).join('\n')),
      this.argo.application(APPLICATION).then(({ spec, status }) => text({ syncPolicy: spec.syncPolicy, status })),
      this.product.call('GET', `/deployments?widget=${REMOTE.widget}`).then(({ body }) => text(body)),
      this.page.history().then(text),
      programs.logOf('argocd-application-controller', 15),
      programs.logOf('registry-api', 10),
    ]);
    return parts.map((part) => (part.status === 'fulfilled' ? part.value : String(part.reason))).join('\n---\n');
  }

  async stop(): Promise<void> {
    await this.visitors.close();
  }

  /** Changes version.yaml and pushes it. -> when, in milliseconds since the epoch */
  async deploy(tag: string): Promise<number> {
    await commitVersion(this.git, this.images, tag, variants[tag]?.version ?? tag);
    return this.#push();
  }

  /** Undoes the last commit. -> when it was pushed */
  async revert(): Promise<number> {
    await this.git.git('revert', '--no-edit', 'HEAD');
    return this.#push();
  }

  async #push(): Promise<number> {
    const at = Date.now();
    await this.git.push();
    return at;
  }

  pods(): Promise<Pod[]> {
    return this.cluster.api.pods(REMOTE.namespace, `app.kubernetes.io/name=${REMOTE.widget}`);
  }

  readonly deploymentPath = DEPLOYMENT;

  /** Which of our images a pod's widget runs, whatever its labels say. */
  versionOf({ spec }: Pick<Pod, 'spec'>): string | undefined {
    const image = spec.containers.find(({ name }) => name === 'widget')?.image;
    const name = [...this.images].find(([, reference]) => reference === image)?.[0];
    return name?.slice(imageName(REMOTE.widget, '').length);
  }

  /** By digest. */
  reference(version: string): string {
    return this.images.get(imageName(REMOTE.widget, version)) ?? '';
  }

  deployment(): Promise<Deployment> {
    return this.cluster.api.get(DEPLOYMENT);
  }

  async revision(): Promise<number> {
    return Number((await this.deployment()).metadata.annotations?.['deployment.kubernetes.io/revision']);
  }

  /** Until the rollout has ended and nothing but this version runs. Argo CD calls an application healthy a moment before. */
  async runsOnly(version: string): Promise<void> {
    await expect
      .poll(async () => {
        const { spec, status, metadata } = await this.deployment();
        const whole = status.observedGeneration === metadata.generation && status.readyReplicas === spec.replicas;
        return whole && status.updatedReplicas === spec.replicas && (await this.pods()).map((pod) => this.versionOf(pod));
      })
      .toEqual([version, version]);
  }
}
