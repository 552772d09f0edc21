/** The repository that Argo CD follows: our own k8s/ and argocd/, with an environment more, "test", which says what differs here. */
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { pinned } from '../../../tools/images/pin';
import type { GitServer } from '../../../tools/test-cluster/git-server';
import { API_ADDRESS, NODE_ADDRESS } from '../../../tools/test-cluster/network';
import { imageName, SERVICES } from './images';
import { REGISTRY_NAME, SERVICE_NAMES } from './product';

const ROOT = join(import.meta.dirname, '../../..');
const PLACEHOLDER = 'https://git.example.com/datamesh/datamesh.git';
export const REMOTE = { widget: 'notes', team: 'platform', namespace: 'team-platform' };
/** What Argo CD deploys of the remote, in the repository. */
export const FOLDER = `k8s/remotes/${REMOTE.widget}/envs/test`;
/** Whose token Argo CD’s notifications show the registry: an account, and the CronJob that renews it. */
export const NOTIFIER = 'datamesh-notifier';
/** Whom Argo CD knows here by a token of their own: by the name of the group that the sign-in would say. */
export const ACCOUNTS = { team: 'datamesh-team-platform', stranger: 'datamesh-team-markets-data' };

/** `references`: image names with their references by digest. -> the one object that is applied by hand */
export async function writeManifests(git: GitServer, references: Map<string, string>): Promise<string> {
  for (const folder of ['k8s', 'argocd']) await cp(join(ROOT, folder), join(git.clone, folder), { recursive: true });
  await makeTheirs(git, references);
  const digest = (name: string) => references.get(name)?.split('@')[1];
  const sidecar = imageName('sidecar', '1');
  await cp(join(git.clone, FOLDER, '../production/version.yaml'), join(git.clone, FOLDER, 'version.yaml'));
  await git.write({
    [`${FOLDER}/kustomization.yaml`]: JSON.stringify({
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: ['../../base'],
      patches: [{ path: 'version.yaml' }, { path: 'test.yaml' }],
      images: [{ name: 'registry.example.com/datamesh/sidecar', newName: sidecar.replace(/:.*/, ''), digest: digest(sidecar) }],
    }),
    [`${FOLDER}/test.yaml`]: JSON.stringify(
      workload('Deployment', REMOTE.widget, { initContainers: [never('datamesh-sidecar')], containers: [never('widget')] }),
    ),
  });
  await writeServices(git, references);
  return readFile(join(git.clone, 'argocd/bootstrap/test.yaml'), 'utf8');
}

/** The data of our argocd-cm. */
export async function argoCdSettings(): Promise<Record<string, string>> {
  return (parse(await readFile(join(ROOT, 'argocd/base/config/argocd-cm.yaml'), 'utf8')) as { data: Record<string, string> }).data;
}

/** What docs/deployments.md says under "Make it yours", and the environment. */
async function makeTheirs(git: GitServer, references: Map<string, string>): Promise<void> {
  const at = (path: string) => join(git.clone, 'argocd', path);
  await cp(at('envs/local'), at('envs/test'), { recursive: true });
  await cp(at('bootstrap/local.yaml'), at('bootstrap/test.yaml'));
  const sets = ['platform', 'remotes', 'services', 'team-repositories', 'teams'].map((name) => `base/applicationsets/${name}.yaml`);
  const projects = ['platform', 'services', 'team-markets-data', 'team-platform'].map((name) => `base/projects/${name}.yaml`);
  for (const file of [...sets, ...projects, 'bootstrap/test.yaml', 'envs/test/environment.yaml']) {
    const text = (await readFile(at(file), 'utf8')).replaceAll(PLACEHOLDER, git.url);
    await writeFile(at(file), text.replace('argocd/envs/local', 'argocd/envs/test').replace('name: local', 'name: test'));
  }
  const accounts = Object.fromEntries(Object.values(ACCOUNTS).map((name) => [`accounts.${name}`, 'apiKey']));
  await git.write({
    'argocd/envs/test/accounts.yaml': JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'argocd-cm' },
      data: accounts,
    }),
  });
  const kustomization = await readFile(at('envs/test/kustomization.yaml'), 'utf8');
  const notifier = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: NOTIFIER },
    spec: { jobTemplate: { spec: { template: { spec: { containers: [never('kubectl')] } } } } },
  };
  const kubectl = imageName('kubectl', '1');
  const image = { name: 'registry.k8s.io/kubectl', newName: kubectl.replace(/:.*/, ''), digest: references.get(kubectl)?.split('@')[1] };
  await git.write({ 'argocd/envs/test/notifier.yaml': JSON.stringify(notifier) });
  await writeFile(
    at('envs/test/kustomization.yaml'),
    `${kustomization}patches:\n  - path: accounts.yaml\n  - path: notifier.yaml\nimages: ${JSON.stringify([image])}\n`,
  );
  // One team and its remote are enough here.
  await rm(join(git.clone, 'k8s/teams/markets-data'), { recursive: true });
}

/** The services, as the environment "local" has them: with SQLite and DuckDB in volumes. */
async function writeServices(git: GitServer, references: Map<string, string>): Promise<void> {
  const envs = join(git.clone, 'k8s/envs');
  await cp(join(envs, 'local'), join(envs, 'test'), { recursive: true });
  // It names all of an environment, teams and remotes too; Argo CD takes the folders one by one.
  await rm(join(envs, 'test/kustomization.yaml'));
  for (const name of SERVICES) {
    const folder = join(envs, 'test/services', name);
    const version = join(folder, 'version.yaml');
    await writeFile(version, pinned(await readFile(version, 'utf8'), references.get(imageName(name, '1')) ?? '', '0.1.0'));
    const kustomization = parse(await readFile(join(folder, 'kustomization.yaml'), 'utf8')) as { patches: object[] };
    kustomization.patches.push({ path: 'test.yaml' });
    await writeFile(join(folder, 'kustomization.yaml'), JSON.stringify(kustomization));
    const kind = name === 'tracker' ? 'StatefulSet' : 'Deployment';
    await writeFile(join(folder, 'test.yaml'), JSON.stringify(workload(kind, name, { containers: [never(name)] })));
  }
}

const never = (name: string) => ({ name, imagePullPolicy: 'Never' });

/** A patch of its pods: no DNS runs here, and nothing is pulled. */
function workload(kind: string, name: string, pods: object): object {
  const hostAliases = [
    { ip: NODE_ADDRESS, hostnames: [REGISTRY_NAME, ...SERVICE_NAMES] },
    { ip: API_ADDRESS, hostnames: ['kubernetes.default.svc'] },
  ];
  return { apiVersion: 'apps/v1', kind, metadata: { name }, spec: { template: { spec: { hostAliases, ...pods } } } };
}

/** Changes the one file that says which version runs, as CI does, and commits it. `tag`: of the image. */
export async function commitVersion(git: GitServer, references: Map<string, string>, tag: string, version: string): Promise<void> {
  const image = references.get(imageName(REMOTE.widget, tag));
  if (!image) throw new Error(`there is no image of ${tag}`);
  const file = join(git.clone, FOLDER, 'version.yaml');
  await writeFile(file, pinned(await readFile(file, 'utf8'), image, version));
  await git.commit(`${REMOTE.widget} ${tag}`);
}

/** -> the folder of a kustomization that deploys the same remote to a namespace of somebody else. */
export async function foreignRemote(git: GitServer, namespace: string): Promise<string> {
  const folder = `${FOLDER}-${namespace}`;
  const kustomization = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', namespace, resources: ['../test'] };
  await git.write({ [`${folder}/kustomization.yaml`]: JSON.stringify(kustomization) });
  return join(git.clone, folder);
}
