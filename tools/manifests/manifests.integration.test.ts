import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { sha256, sourcesHash } from '../kustomize/record';
import { readProgram } from '../kustomize/render';
import { allows, closed, type Endpoint, endpointsOf } from './network';
import { type KubernetesObject, workloadsOf } from './objects';
import { claimsWrittenOut, imagesByDigest, limited, probed, restricted, spread } from './pods';
import { environments, foldersOf, kustomizationsIn, objectsOf, type Rendered, renderAll, repository } from './rendered';
import { mistakesOf } from './schemas';
import { secretsInClear, settingsOf, wrongSettings } from './settings';
import { dangling, unrouted } from './wiring';

const folders = kustomizationsIn(repository, ['k8s', 'argocd']);
let rendered: Rendered;
let objects: Record<(typeof environments)[number], KubernetesObject[]>;

beforeAll(async () => {
  rendered = await renderAll(repository, folders);
  const all = (environment: (typeof environments)[number]) =>
    foldersOf(rendered.keys(), environment).flatMap((folder) => objectsOf(rendered, folder));
  objects = { local: all('local'), staging: all('staging'), production: all('production') };
});

describe('kustomize', () => {
  it('is the program that its sources make', () => {
    const record = JSON.parse(readFileSync(join(repository, 'tools/kustomize/kustomize.json'), 'utf8')) as Record<string, string>;
    expect({ sources: sourcesHash(), wasm: sha256(readProgram()) }).toEqual({ sources: record['sources'], wasm: record['wasm'] });
  });

  it('renders every kustomization', () => {
    expect(folders.length).toBeGreaterThan(40);
    expect([...rendered].flatMap(([folder, one]) => ('error' in one ? [`${folder}: ${one.error}`] : []))).toEqual([]);
  });
});

it('every object is valid by the schema of its version', () => {
  const mistakes = [...rendered.keys()].flatMap((folder) =>
    objectsOf(rendered, folder).flatMap((one) => mistakesOf(one).map((text) => `${folder}: ${text}`)),
  );
  expect(mistakes).toEqual([]);
});

describe.each(environments)('the environment %s', (environment) => {
  it.each([
    ['pods are restricted, with a root file system that cannot be written to', restricted],
    ['images are named by digest', imagesByDigest],
    ['containers have requests and limits', limited],
    ['containers have startup, readiness and liveness probes at ports they have', probed],
    ['pods of one kind are spread', spread],
    ['claims of StatefulSets are written out', claimsWrittenOut],
    ['namespaces deny by default, and every pod has a policy of its own', closed],
    ['no secret is in clear', secretsInClear],
    ['every setting is one that its service reads, and can be used', wrongSettings],
    ['what is named is there', dangling],
    ['every Service has a route or is internal', unrouted],
  ])('%s', (_rule, violations) => {
    expect(workloadsOf(objects[environment]).length).toBeGreaterThan(5);
    expect(violations(objects[environment])).toEqual([]);
  });

  it('is all in one kustomization, for a look', () => {
    const text = (all: readonly KubernetesObject[]) => all.map((one) => JSON.stringify(one)).sort();
    expect(text(objectsOf(rendered, `k8s/envs/${environment}`))).toEqual(text(objects[environment]));
  });

  it('has no object twice, and none outside of a namespace of ours', () => {
    const ids = objects[environment].map(({ kind, metadata: { namespace, name } }) => `${kind} ${namespace ?? ''}/${name}`);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const namespaces = objects[environment].filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
    const outside = objects[environment].filter(
      ({ kind, metadata }) => kind !== 'Namespace' && !namespaces.includes(metadata.namespace ?? ''),
    );
    expect(outside.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([]);
  });

  it('has namespaces that take restricted pods only', () => {
    for (const { kind, metadata } of objects[environment])
      if (kind === 'Namespace') expect(metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
  });

  it('lets through what has to be, and nothing else', () => {
    const endpoints = endpointsOf(objects[environment]);
    const called = (name: string): Endpoint | undefined => endpoints.find((one) => one.name.endsWith(`/${name}`));
    const wanted: [string, string, number][] = [
      ['host', 'registry-api', 4100],
      ['host', 'tracker', 4200],
      ['registry-api', 'tracker', 4200],
      ['tracker', 'registry-api', 4100],
      ['series-chart', 'registry-api', 4100],
      ['usage', 'registry-api', 4100],
      ['registry-api', 'datamesh-mongodb', 27_017],
      ['datamesh-mongodb', 'datamesh-mongodb', 27_017],
      ['tracker', 'pinot-broker', 8099],
      ['tracker-pinot-apply', 'pinot-controller', 9000],
      ['pinot-server', 'pinot-zookeeper', 2181],
      ['pinot-server', 'pinot-controller', 9000],
      ['pinot-broker', 'pinot-server', 8098],
      ['pinot-zookeeper', 'pinot-zookeeper', 2888],
    ];
    const there = wanted.filter(([from, to]) => called(from) && called(to));
    expect(there.length).toBeGreaterThan(environment === 'local' ? 5 : 13);
    for (const from of endpoints)
      for (const to of endpoints)
        for (const port of [2181, 2888, 4000, 4100, 4200, 8080, 8098, 8099, 9000, 9464, 27_017]) {
          // Members of one cluster talk at ports of their own.
          const isCluster = ['app.kubernetes.io/name', 'strimzi.io/cluster'].some(
            (label) => ['pinot', 'datamesh'].includes(from.labels[label] ?? '') && from.labels[label] === to.labels[label],
          );
          const isWanted = wanted.some(([a, b, c]) => from === called(a) && to === called(b) && port === c);
          const isRemote = from.labels['app.kubernetes.io/component'] === 'remote' && to === called('registry-api') && port === 4100;
          if (!isCluster || isWanted)
            expect(`${from.name} -> ${to.name}:${port} ${allows(objects[environment], from, to, port)}`).toBe(
              `${from.name} -> ${to.name}:${port} ${isWanted || isRemote}`,
            );
        }
  });

  it('has sidecars that find the registry, and a registry that knows them', () => {
    const sidecar = settingsOf(objects[environment], 'datamesh-sidecar');
    const registry = settingsOf(objects[environment], 'registry-api');
    const { hostname, port } = new URL(sidecar['REGISTRY_URL'] ?? '');
    expect(registry['ALLOWED_HOSTS']?.split(',')).toContain(hostname);
    expect(port).toBe(registry['PORT']);
    const [name, namespace] = hostname.split('.');
    const service = objects[environment].find(
      ({ kind, metadata }) => kind === 'Service' && metadata.name === name && metadata.namespace === namespace,
    );
    expect(service?.spec?.ports?.map((one) => one.port)).toContain(Number(port));
    const issuers = JSON.parse(registry['WORKLOAD_ISSUERS'] ?? '[]') as { audience: string }[];
    const tokens = workloadsOf(objects[environment])
      .filter(({ labels }) => labels['app.kubernetes.io/component'] === 'remote')
      .flatMap(({ pod }) => pod.volumes ?? [])
      .flatMap(({ projected }) => projected?.sources ?? [])
      .flatMap(({ serviceAccountToken }) => serviceAccountToken?.audience ?? []);
    expect(new Set(tokens)).toEqual(new Set(issuers.map(({ audience }) => audience)));
  });

  it('has one public address', () => {
    const urls = ['host', 'registry-api', 'tracker'].map((name) => settingsOf(objects[environment], name)['PUBLIC_URL'] ?? '');
    expect(new Set(urls).size).toBe(1);
    const hosts = objects[environment].flatMap(({ kind, spec }) => (kind === 'HTTPRoute' ? (spec?.hostnames ?? []) : []));
    expect(hosts).toEqual(environment === 'local' ? [] : [new URL(urls[0] ?? '').hostname]);
  });
});

describe('remotes', () => {
  const names = readdirSync(join(repository, 'remotes'));
  const manifest = (name: string) =>
    JSON.parse(readFileSync(join(repository, 'remotes', name, 'widget.json'), 'utf8')) as Record<string, string>;

  it('have a folder each, and no others have', () => {
    expect(readdirSync(join(repository, 'k8s/remotes')).sort()).toEqual(names.sort());
  });

  it.each(names.flatMap((name) => environments.map((environment) => [name, environment] as const)))(
    '%s belongs to its team in %s, with a native sidecar',
    (name, environment) => {
      const { name: widget, publisher } = manifest(name);
      const own = objectsOf(rendered, `k8s/remotes/${name}/envs/${environment}`);
      for (const { metadata } of own) {
        expect(metadata.namespace).toBe(`team-${publisher}`);
        expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/name': widget, 'datamesh/team': publisher });
      }
      const workloads = workloadsOf(own);
      expect(workloads.map(({ object }) => `${object.kind} ${object.metadata.name}`)).toEqual([`Deployment ${widget}`]);
      expect(workloads[0]?.pod.serviceAccountName).toBe(widget);
      expect(workloads[0]?.pod.initContainers?.map((one) => [one.name, one.restartPolicy])).toEqual([['datamesh-sidecar', 'Always']]);
    },
  );

  it('are rolled back by one file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'manifests-'));
    try {
      cpSync(join(repository, 'k8s'), join(folder, 'k8s'), { recursive: true });
      const environment = 'k8s/remotes/series-chart/envs/production';
      const file = join(folder, environment, 'version.yaml');
      const text = readFileSync(file, 'utf8');
      const digest = `sha256:${'f'.repeat(64)}`;
      writeFileSync(file, text.replace(/sha256:[0-9a-f]{64}/, digest).replace(/(version: )\S+/, '$19.9.9'));
      const after = objectsOf(await renderAll(folder, [environment]), environment);
      const before = objectsOf(rendered, environment);
      const changed = after.filter((one, index) => JSON.stringify(one) !== JSON.stringify(before[index]));
      expect(changed.map(({ kind }) => kind)).toEqual(['Deployment']);
      const pod = workloadsOf(changed)[0];
      expect(pod?.pod.containers.map(({ image }) => image)).toEqual([expect.stringContaining(digest)]);
      expect(pod?.labels['app.kubernetes.io/version']).toBe('9.9.9');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
