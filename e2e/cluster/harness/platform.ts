/** The cluster, Argo CD on a repository of manifests, and the product, with the first version of a remote deployed. */
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ARGOCD, ArgoCd, NOTIFICATIONS_SECRET } from '../../../tools/test-cluster/argocd';
import { Cluster, ISSUER } from '../../../tools/test-cluster/cluster';
import { GitServer } from '../../../tools/test-cluster/git-server';
import { giveNames } from '../../../tools/test-cluster/network';
import { loadImages } from './images';
import { argoCdSettings, commitVersion, NOTIFIER, REMOTE, writeManifests } from './manifests';
import { Product, REGISTRY_NAME } from './product';

export interface Platform {
  cluster: Cluster;
  argo: ArgoCd;
  git: GitServer;
  product: Product;
  /** Image names with their references by digest. */
  images: Map<string, string>;
}

/** Until browsers get the version that Argo CD has deployed. `say`: what comes next. */
export async function startPlatform(say: (what: string) => void = () => {}): Promise<Platform> {
  say('Kubernetes');
  const cluster = await Cluster.start();
  say('images');
  const images = await loadImages(cluster, REMOTE.widget);
  say('Argo CD, registry-api, tracker and edge');
  giveNames(join(cluster.state, 'hosts'), { [REGISTRY_NAME]: '127.0.0.1' });
  const [argo, git, product] = await Promise.all([
    ArgoCd.start(cluster, await argoCdSettings()),
    GitServer.start(cluster.state),
    Product.start(cluster),
  ]);
  const pods = { subject: `system:serviceaccount:${REMOTE.namespace}:${REMOTE.widget}`, may: ['publish', 'register'] };
  const notifier = { subject: `system:serviceaccount:${ARGOCD}:${NOTIFIER}`, may: ['annotate'] };
  for (const trusted of [pods, notifier]) {
    const { status, body } = await product.call('POST', '/trusts', {
      team: REMOTE.team,
      widget: REMOTE.widget,
      issuer: ISSUER,
      ...trusted,
    });
    if (status !== 201) throw new Error(`the registry does not trust ${trusted.subject}: ${status} ${JSON.stringify(body)}`);
  }
  git.webhook = argo.webhook;
  await makeVolumes(cluster);
  say('what Argo CD deploys');
  const bootstrap = await writeManifests(git, images);
  await commitVersion(git, images, '1.0.0', '1.0.0');
  await git.push();
  await cluster.api.apply(bootstrap);
  await firstToken(cluster);
  await cluster.programs.until('argocd-application-controller', async () => (await product.stable(REMOTE.widget)) === '1.0.0', 480);
  return { cluster, argo, git, product, images };
}

/** As docs/deployments.md says: a new cluster does not wait for the hour at which the token is renewed. */
async function firstToken({ api, programs }: Cluster): Promise<void> {
  await programs.until('argocd-application-controller', () => api.get(`/apis/batch/v1/namespaces/${ARGOCD}/cronjobs/${NOTIFIER}`));
  await api.kubectl(['create', 'job', '-n', ARGOCD, `--from=cronjob/${NOTIFIER}`, 'first-token']);
  await programs.until('kubelet', async () => {
    const { data = {} } = await api.get<{ data?: Record<string, string> }>(`/api/v1/namespaces/${ARGOCD}/secrets/${NOTIFICATIONS_SECRET}`);
    return data['datamesh-registry-token'];
  });
}

/** No storage class makes volumes here. */
async function makeVolumes(cluster: Cluster): Promise<void> {
  const claims = { 'registry-data': 'ReadWriteOnce', 'data-tracker-0': 'ReadWriteOncePod' };
  for (const [claim, mode] of Object.entries(claims)) {
    const path = join(cluster.state, 'volumes', claim);
    await mkdir(path, { recursive: true });
    // A folder of the node is nobody's to chown, as a volume of a storage class would be.
    await chmod(path, 0o777);
    const claimRef = { namespace: 'datamesh', name: claim };
    const spec = { capacity: { storage: '20Gi' }, accessModes: [mode], claimRef, hostPath: { path } };
    await cluster.api.apply(JSON.stringify({ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: claim }, spec }));
  }
}
