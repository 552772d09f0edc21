/** The cluster, Argo CD on a repository of manifests, and the product, with the first version of a remote deployed. */
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ArgoCd } from '../../../tools/test-cluster/argocd';
import { Cluster, ISSUER } from '../../../tools/test-cluster/cluster';
import { GitServer } from '../../../tools/test-cluster/git-server';
import { loadImages } from './images';
import { argoCdSettings, commitVersion, REMOTE, writeManifests } from './manifests';
import { Product } from './product';

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
  const [argo, git, product] = await Promise.all([
    ArgoCd.start(cluster, await argoCdSettings()),
    GitServer.start(cluster.state),
    Product.start(cluster),
  ]);
  const subject = `system:serviceaccount:${REMOTE.namespace}:${REMOTE.widget}`;
  const trust = { team: REMOTE.team, widget: REMOTE.widget, issuer: ISSUER, subject, may: ['publish', 'register'] };
  const { status, body } = await product.call('POST', '/trusts', trust);
  if (status !== 201) throw new Error(`the registry does not trust the pods: ${status} ${JSON.stringify(body)}`);
  git.webhook = argo.webhook;
  await makeVolumes(cluster);
  say('what Argo CD deploys');
  const bootstrap = await writeManifests(git, images);
  await commitVersion(git, images, '1.0.0', '1.0.0');
  await git.push();
  await cluster.api.apply(bootstrap);
  await cluster.programs.until('argocd-application-controller', async () => (await product.stable(REMOTE.widget)) === '1.0.0', 480);
  return { cluster, argo, git, product, images };
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
